// `npm run -s plimsoll -- …`: the terminal face from a clone. Nothing but its own output reaches stdout.
import { pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";
import { inProject, runCommand } from "./project.mjs";
import { standIn, whenNpmDies } from "./run.mjs";
import { ensureSetup } from "./setup.mjs";

await runCommand(async () => {
  const args = process.argv.slice(2);
  const { node } = await ensureSetup();
  // The browser face shows the renderer, which only the desktop build makes.
  await compile(node, args[0] === "serve" ? ["cli", "desktop"] : ["cli"]);
  const program = inProject("dist", "cli", "plimsoll.cjs");
  // Paths among the arguments are meant from where npm was called, which is not always the project's folder.
  process.chdir(process.env["INIT_CWD"] ?? process.cwd());
  if (Number(process.versions.node.split(".")[0]) < 24) return standIn(node, [program, ...args]);
  whenNpmDies(() => process.kill(process.pid, "SIGTERM"));
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
  return undefined;
});
