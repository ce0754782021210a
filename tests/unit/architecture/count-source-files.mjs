// Counts source files folder by folder: a second opinion on how many the architecture test should have read.
import { readdirSync } from "node:fs";

const [root = ".", ...layers] = process.argv.slice(2);
const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** @param {string} folder @returns {number} */
function count(folder) {
  let total = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) total += count(`${folder}/${entry.name}`);
    else if (ENDINGS.some((ending) => entry.name.endsWith(ending))) total += 1;
  }
  return total;
}

process.stdout.write(String(layers.reduce((total, layer) => total + count(`${root}/${layer}`), 0)));
