// Electron's program on this machine: where it is, whether it could be fetched, and fetching it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inProject, root, say, seconds } from "./project.mjs";
import { capture } from "./run.mjs";

const REACH_LIMIT_MS = 4_000;
const FETCH_LIMIT_MS = 10 * 60_000;

/**
 * Electron's program, looked for as its launcher (node_modules/electron/index.js) does, but without downloading.
 * @returns {string | null}
 */
export function findElectron() {
  const home = inProject("node_modules", "electron");
  const pathFile = join(home, "path.txt");
  const relative = existsSync(pathFile) ? readFileSync(pathFile, "utf8").trim() : "";
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override) {
    const program = join(override, relative || defaultProgram());
    return existsSync(program) ? program : null;
  }
  if (relative === "") return null;
  const program = join(home, "dist", relative);
  return existsSync(program) && versionsMatch(home) ? program : null;
}

function defaultProgram() {
  return (
    { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" }[String(process.platform)] ?? "electron"
  );
}

/** After an update of the package, the program of the version before may still lie there. @param {string} home */
function versionsMatch(home) {
  try {
    const wanted = JSON.parse(readFileSync(join(home, "package.json"), "utf8")).version;
    return (
      readFileSync(join(home, "dist", "version"), "utf8")
        .trim()
        .replace(/^v/, "") === wanted
    );
  } catch {
    return false;
  }
}

/**
 * Asks, for four seconds at most, whether Electron's runtime could be fetched.
 * @param {string} node
 * @returns {Promise<{ state: "reachable" } | { state: "unreachable", why: string }>}
 */
export async function askDownload(node) {
  const { output, timedOut } = await capture(node, [inProject("build", "electron-reach.mjs")], {
    cwd: root,
    env: { ...process.env, NODE_USE_ENV_PROXY: "1" },
    timeoutMs: REACH_LIMIT_MS,
  });
  if (timedOut)
    return { state: "unreachable", why: `its download host did not answer within ${REACH_LIMIT_MS / 1000} s` };
  try {
    const answer = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    return answer.reachable ? { state: "reachable" } : { state: "unreachable", why: String(answer.why) };
  } catch {
    return { state: "unreachable", why: "its download host could not be asked" };
  }
}

/**
 * Downloads Electron's runtime with its own installer.
 * @param {string} node
 * @returns {Promise<{ program: string } | { why: string }>}
 */
export async function fetchElectron(node) {
  const started = performance.now();
  say("Set-up: downloading Electron's runtime (about 120 MB, once) …");
  const { code, output, timedOut } = await capture(node, [inProject("node_modules", "electron", "install.js")], {
    cwd: root,
    env: { ...process.env, NODE_USE_ENV_PROXY: "1", ELECTRON_GET_USE_PROXY: "true" },
    timeoutMs: FETCH_LIMIT_MS,
  });
  const program = code === 0 ? findElectron() : null;
  if (program !== null) {
    say(`Set-up: Electron downloaded in ${seconds(started)}.`);
    return { program };
  }
  const reason = output
    .split("\n")
    .find((line) => /error/i.test(line))
    ?.trim();
  return {
    why: timedOut
      ? "the download did not finish within 10 minutes"
      : `the download failed${reason ? `: ${reason.replace(/\.+$/, "")}` : ""}`,
  };
}
