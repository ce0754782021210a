// One TypeScript run per layer: each tsconfig lists the globals that layer may see, so a wrong one is a compile error.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

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

let failed = 0;
for (const layer of layers) {
  if (!existsSync(`${layer}/tsconfig.json`)) {
    console.error(`${layer}: no tsconfig.json`);
    failed += 1;
    continue;
  }
  const run = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", layer], { stdio: "inherit" });
  if (run.status !== 0) {
    console.error(`types: ${layer} failed`);
    failed += 1;
  }
}
process.exit(failed === 0 ? 0 : 1);
