// Set-up as part of every command: installs what the lock file asks for when it is not there yet, and makes sure of
// Node 24. Plain JavaScript without dependencies, because it runs before there are any.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, sep } from "node:path";
import { oneAtATime } from "./one-at-a-time.mjs";
import { Explained, inProject, root, say, seconds } from "./project.mjs";
import { capture } from "./run.mjs";
import { ensureTestMachine } from "./test-machine.mjs";

const OLDEST_NODE = [20, 19];
const PINNED_MAJOR = 24;
const INSTALL_LIMIT_MS = 15 * 60_000;
const STAMP = inProject("node_modules", ".plimsoll-setup.json");
const LOCK = inProject("dist", ".setup.lock");

/**
 * Brings the clone into a state in which everything runs, and returns the Node 24 to run it with.
 * Silent and quick when there is nothing to do; otherwise one progress line per step, on stderr.
 * @param {{ browser?: boolean }} [options] browser: also what the tests need of the machine (a Chromium, a keyring)
 * @returns {Promise<{ node: string }>}
 */
export async function ensureSetup(options = {}) {
  requireNode();
  const wanted = wantedState();
  const node =
    readyNode(wanted) ??
    (await oneAtATime(
      LOCK,
      (pid) => say(`Set-up: waiting for another command that is installing (process ${pid}) …`),
      async () => readyNode(wanted) ?? (await install(wanted)),
    ));
  if (options.browser) await ensureTestMachine();
  return { node };
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Explained(
    `Plimsoll needs Node ${OLDEST_NODE.join(".")} or newer to set itself up; this is Node ${process.versions.node} (${process.execPath}). ` +
      "Install a newer one from https://nodejs.org and run the command again.",
  );
}

/** What an installation depends on, as one hash. */
function wantedState() {
  const { dependencies, devDependencies, allowScripts } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  return createHash("sha256")
    .update(readFileSync(inProject("package-lock.json")))
    .update(JSON.stringify([dependencies, devDependencies, allowScripts, process.platform, process.arch]))
    .digest("hex");
}

/** @param {string} wanted */
function readyNode(wanted) {
  try {
    const stamp = JSON.parse(readFileSync(STAMP, "utf8"));
    const { size, mtimeMs } = statSync(stamp.node);
    return stamp.wanted === wanted && stamp.size === size && stamp.mtimeMs === mtimeMs ? String(stamp.node) : null;
  } catch {
    return null;
  }
}

/** @param {string} wanted */
async function install(wanted) {
  if (!installedByHand()) await installPackages();
  const node = await workingNode();
  const { size, mtimeMs } = statSync(node);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, `${JSON.stringify({ wanted, node, size, mtimeMs })}\n`);
  return node;
}

/** Whether npm's own record of what is installed already fits the lock file, because somebody ran `npm ci` or `npm install`. */
function installedByHand() {
  try {
    const locked = JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")).packages;
    const present = JSON.parse(readFileSync(inProject("node_modules", ".package-lock.json"), "utf8")).packages;
    const sameDependencies =
      JSON.stringify(JSON.parse(readFileSync(inProject("package.json"), "utf8")).devDependencies) ===
      JSON.stringify(locked[""].devDependencies);
    return (
      sameDependencies &&
      Object.entries(locked).every(
        ([path, entry]) =>
          path === "" ||
          (present[path] === undefined
            ? entry.optional === true && !runsHere(entry)
            : present[path].version === entry.version && existsSync(inProject(path, "package.json"))),
      )
    );
  } catch {
    return false;
  }
}

/** @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry */
function runsHere(entry) {
  return (
    (entry.os?.includes(process.platform) ?? false) &&
    (entry.cpu?.includes(process.arch) ?? false) &&
    (entry.libc?.includes("glibc") ?? true)
  );
}

async function installPackages() {
  const started = performance.now();
  say("Set-up: installing packages with npm (about a minute the first time) …");
  const flags = ["--no-audit", "--no-fund", "--include=dev", "--include=optional", "--loglevel=error"];
  // A program that is running cannot be deleted on Windows, and under `npm run` that program may be ours.
  const replaceable = process.platform !== "win32" || !process.execPath.startsWith(inProject("node_modules") + sep);
  let done = replaceable ? await npm(["ci", ...flags]) : { code: 1, output: "code EUSAGE", timedOut: false };
  if (done.code !== 0 && !done.timedOut && done.output.includes("EUSAGE")) {
    // A registry mirror without the packages for other systems makes `npm ci` call a good lock file incomplete.
    // Installing without saving keeps to the lock file for all that is in it, and does not change it.
    if (replaceable)
      say("Set-up: npm ci finds the lock file incomplete for this registry; installing what it does list …");
    done = await npm(["install", "--no-save", ...flags]);
  }
  if (done.code !== 0) {
    say(done.output.trimEnd());
    throw new Explained(
      done.timedOut
        ? "Set-up: npm did not finish within 15 minutes. Check the network and the registry (npm ping), then run the command again."
        : "Set-up: npm could not install the packages; its reasons are above. Check the network and the registry (npm ping), then run the command again.",
    );
  }
  say(`Set-up: packages installed in ${seconds(started)}.`);
}

/** The pinned Node from the package `node`; repaired once if its install script did not run; else our own if it is new enough. */
async function workingNode() {
  const pinned = pinnedNode();
  if (await isPinnedMajor(pinned)) return pinned;
  say(`Set-up: the packaged Node ${PINNED_MAJOR} is not usable yet; running its install script (npm rebuild node) …`);
  const rebuilt = await npm(["rebuild", "node", "--foreground-scripts", "--loglevel=error"]);
  if (await isPinnedMajor(pinnedNode())) return pinnedNode();
  const own = Number(process.versions.node.split(".")[0]);
  if (own >= PINNED_MAJOR && !process.execPath.startsWith(inProject("node_modules") + sep)) {
    say(`Set-up: going on with the Node ${process.versions.node} that started this command.`);
    return process.execPath;
  }
  if (rebuilt.output.trim() !== "") say(rebuilt.output.trimEnd());
  throw new Explained(
    `Set-up: the npm package \`node\`, which brings Node ${PINNED_MAJOR}, has no working program at ${pinned}. ` +
      "Its install script was skipped (npm config get ignore-scripts) or failed. " +
      `Either run \`npm rebuild node --ignore-scripts=false\`, or install Node ${PINNED_MAJOR} yourself and run the command again with it.`,
  );
}

function pinnedNode() {
  return inProject("node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
}

/** @param {string} node */
async function isPinnedMajor(node) {
  if (!existsSync(node)) return false;
  const { code, output } = await capture(node, ["--version"], { timeoutMs: 20_000 });
  return code === 0 && output.startsWith(`v${PINNED_MAJOR}.`);
}

/**
 * Runs npm with the Node it was installed for, never with the one inside node_modules that it may be about to replace.
 * @param {readonly string[]} args
 */
function npm(args) {
  const bin = inProject("node_modules", ".bin");
  // Windows spells it Path, and a copy of the environment would otherwise hold both.
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const env = {
    ...process.env,
    [pathName]: (process.env[pathName] ?? "")
      .split(delimiter)
      .filter((folder) => folder !== bin)
      .join(delimiter),
    // `npm run -s` hands its silence down, and a failure has to be explained.
    npm_config_loglevel: "error",
  };
  const options = { cwd: root, env, timeoutMs: INSTALL_LIMIT_MS };
  const cli = process.env["npm_execpath"] ?? "";
  const runner = process.env["npm_node_execpath"] ?? process.execPath;
  if (basename(cli) === "npm-cli.js" && existsSync(cli) && existsSync(runner)) {
    return capture(runner, [cli, ...args], options);
  }
  return process.platform === "win32"
    ? capture("npm.cmd", args, { ...options, shell: true })
    : capture("npm", args, options);
}
