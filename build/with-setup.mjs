// `node build/with-setup.mjs script.ts …`: runs a script under the pinned Node after set-up, whatever Node started this.
import { Explained, runCommand } from "./project.mjs";
import { standIn } from "./run.mjs";
import { ensureSetup } from "./setup.mjs";

await runCommand(async () => {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) throw new Explained("Usage: node build/with-setup.mjs SCRIPT [ARGUMENTS]");
  const { node } = await ensureSetup();
  return standIn(node, [script, ...args]);
});
