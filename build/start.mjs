// `npm start`: the desktop face where Electron can run, else one line saying why not, and the browser face.
import { chooseFace, readStartArguments } from "./choose-face.mjs";
import { compile } from "./compile.mjs";
import { askDownload, fetchElectron, findElectron } from "./electron-runtime.mjs";
import { inProject, root, runCommand } from "./project.mjs";
import { standIn } from "./run.mjs";
import { ensureSetup } from "./setup.mjs";

await runCommand(async () => {
  const { webAsked, rest } = readStartArguments(process.argv.slice(2));
  const { node } = await ensureSetup();
  // Paths among the arguments are meant from where npm was called, which is not always the project's folder.
  const cwd = process.env["INIT_CWD"] ?? process.cwd();
  const { program, why } = await findFace(node, webAsked);
  if (program !== null) {
    await compile(node, ["desktop"]);
    return standIn(program, [root, ...rest], { cwd, env: withoutNodeMode() });
  }
  if (why !== null) process.stdout.write(`Opening Plimsoll in the browser instead of on the desktop: ${why}.\n`);
  await compile(node, ["cli", "desktop"]);
  return standIn(node, [inProject("dist", "cli", "plimsoll.cjs"), "serve", ...rest], { cwd });
});

/**
 * @param {string} node
 * @param {boolean} webAsked
 * @returns {Promise<{ program: string, why: null } | { program: null, why: string | null }>} the Electron to run, or why none
 */
async function findFace(node, webAsked) {
  const present = findElectron();
  const facts = {
    webAsked,
    platform: process.platform,
    isRoot: process.geteuid?.() === 0,
    hasDisplay: Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]),
    runtimePresent: present !== null,
  };
  let choice = chooseFace({ ...facts, download: { state: "unasked" } });
  if (choice.face === "undecided") choice = chooseFace({ ...facts, download: await askDownload(node) });
  if (choice.face === "web") return { program: null, why: choice.why };
  if (present !== null) return { program: present, why: null };
  const fetched = await fetchElectron(node);
  return "program" in fetched
    ? { program: fetched.program, why: null }
    : { program: null, why: `Electron's runtime could not be fetched: ${fetched.why}` };
}

/** An inherited ELECTRON_RUN_AS_NODE (editors' terminals set it) would turn Electron into a bare Node. */
function withoutNodeMode() {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return env;
}
