// One TypeScript run per layer: each tsconfig lists the globals that layer may see, so a wrong one is a compile error.
import { inProject, root, runCommand, say } from "./project.mjs";
import { capture } from "./run.mjs";

const layers = [
  "app",
  "main/host",
  "main/web",
  "main/cli",
  "main/desktop",
  "main/desktop/preload",
  "renderer",
  "tests",
];

await runCommand(async () => {
  const waiting = [...layers];
  let failed = 0;
  async function worker() {
    for (let layer = waiting.shift(); layer !== undefined; layer = waiting.shift()) {
      const { code, output } = await capture(
        process.execPath,
        [inProject("node_modules/typescript/bin/tsc"), "-p", layer],
        {
          cwd: root,
        },
      );
      if (code === 0) continue;
      failed += 1;
      say(`${output.trimEnd()}\ntypes: ${layer} failed`);
    }
  }
  await Promise.all([worker(), worker()]);
  return failed === 0 ? 0 : 1;
});
