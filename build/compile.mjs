// Builds what is stale: `cli` (terminal and browser host) and `desktop` (Electron's three bundles, whose renderer both
// faces show). As a command: `node build/compile.mjs [cli] [desktop] [--force]`.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { fingerprint, isFresh, markFresh } from "./fresh.mjs";
import { oneAtATime } from "./one-at-a-time.mjs";
import { Explained, inProject, root, runCommand, say, seconds } from "./project.mjs";
import { capture } from "./run.mjs";
import { ensureSetup } from "./setup.mjs";

const SHARED_INPUTS = ["app", "main/host", "package.json", "package-lock.json", "tsconfig.json"];

const BUILD_LIMIT_MS = 5 * 60_000;

/** @typedef {"cli" | "desktop"} TargetName */

const targets = {
  cli: {
    name: "cli",
    says: "the terminal and browser hosts",
    inputs: [...SHARED_INPUTS, "main/cli", "main/web", "vite.node.config.ts"],
    outputs: ["dist/cli/plimsoll.cjs"],
    command: ["node_modules/vite/bin/vite.js", "build", "--config", "vite.node.config.ts"],
  },
  desktop: {
    name: "desktop",
    says: "the desktop host and the user interface",
    inputs: [...SHARED_INPUTS, "main/desktop", "renderer", "assets", "electron.vite.config.ts"],
    outputs: ["dist/desktop/main/index.js", "dist/desktop/preload/index.cjs", "dist/renderer"],
    command: ["node_modules/electron-vite/bin/electron-vite.js", "build", "--logLevel", "warn"],
  },
};

/**
 * Builds those of the named targets that are stale, with a progress line each on stderr.
 * Throws Explained with the builder's own output when one fails.
 * @param {string} node the Node 24 that set-up returned
 * @param {readonly TargetName[]} names
 * @param {{ force?: boolean }} [options]
 */
export async function compile(node, names, options = {}) {
  const force = options.force ?? false;
  const failures = [];
  for (const name of names) {
    const target = targets[name];
    if (!force && isFresh(target, fingerprint(target))) continue;
    const failure = await oneAtATime(
      inProject("dist", `.build-${name}.lock`),
      (pid) => say(`Build: waiting for another command that is building (process ${pid}) …`),
      () => build(node, target, force),
    );
    if (failure !== null) failures.push(failure);
  }
  if (failures.length > 0) throw new Explained(failures.join("\n\n"));
}

/**
 * @param {string} node
 * @param {typeof targets[TargetName]} target
 * @param {boolean} force
 * @returns {Promise<string | null>} why it failed, in the builder's own words
 */
async function build(node, target, force) {
  const print = fingerprint(target);
  if (!force && isFresh(target, print)) return null;
  const started = performance.now();
  say(`Build: compiling ${target.says} …`);
  const built = await capture(node, target.command, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    timeoutMs: BUILD_LIMIT_MS,
  });
  // The bundler colours its errors even where nobody asked for it.
  const output = stripVTControlCharacters(built.output).trimEnd();
  if (built.timedOut) return `${output}\nBuild: compiling ${target.says} was stopped after 5 minutes.`;
  if (built.code !== 0) return `${output}\nBuild: compiling ${target.says} failed.`;
  const absent = target.outputs.filter((path) => !existsSync(inProject(path)));
  if (absent.length > 0) return `${output}\nBuild: ${absent.join(", ")} was not produced.`;
  markFresh(target, print);
  say(`Build: compiled in ${seconds(started)}.`);
  return null;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runCommand(async () => {
    const asked = process.argv.slice(2);
    const names = /** @type {TargetName[]} */ (Object.keys(targets)).filter((name) => asked.includes(name));
    const { node } = await ensureSetup();
    await compile(node, names.length > 0 ? names : ["cli", "desktop"], { force: asked.includes("--force") });
  });
}
