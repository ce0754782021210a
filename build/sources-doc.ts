// `npm run sources-doc`: writes docs/sources.md from the registry, so that it cannot drift from the
// code. With --check it writes nothing and fails when the file is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sources } from "../app/sources/registry.ts";
import { servicesWithoutEndpoint } from "../app/sources/without-endpoint.ts";
import { sourcesText } from "./sources-text.ts";

const FILE = join(import.meta.dirname, "..", "docs", "sources.md");
const args = process.argv.slice(2);
const text = sourcesText(sources, servicesWithoutEndpoint);

if (args.some((argument) => argument !== "--check")) {
  console.error("Usage: npm run sources-doc [--check]");
  process.exitCode = 2;
} else if (existsSync(FILE) && readFileSync(FILE, "utf8") === text) {
  console.log("docs/sources.md is up to date.");
} else if (args.includes("--check")) {
  console.error("docs/sources.md is out of date. Run `npm run sources-doc`.");
  process.exitCode = 1;
} else {
  writeFileSync(FILE, text);
  console.log(`docs/sources.md: ${sources.length} sources.`);
}
