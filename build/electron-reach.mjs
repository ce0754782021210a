// Whether Electron's runtime could be had from here: in the download cache, or from its host (or the mirror that the
// environment or .npmrc names). Prints one JSON line. A process of its own under Node 24, with NODE_USE_ENV_PROXY set,
// so that it takes the proxy the download would take, and so that the caller can end it.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { inProject } from "./project.mjs";

class Asked extends Error {
  /** @param {{ reachable: boolean, why?: string }} answer */
  constructor(answer) {
    super("asked");
    this.answer = answer;
  }
}

const electron = createRequire(inProject("node_modules", "electron", "package.json"));
const { downloadArtifact } = await import(pathToFileURL(electron.resolve("@electron/get")).href);

/** @type {{ reachable: boolean, why?: string }} */
let answer = { reachable: true };
try {
  // Electron's own downloader works out cache, mirror and address; only the transfer is replaced, by a question.
  await downloadArtifact({
    version: electron("./package.json").version,
    artifactName: "electron",
    platform: process.platform,
    arch: process.env["npm_config_arch"] ?? process.arch,
    cacheRoot: process.env["electron_config_cache"],
    checksums: electron("./checksums.json"),
    downloader: { download: ask },
  });
} catch (error) {
  answer = error instanceof Asked ? error.answer : { reachable: false, why: `${error}` };
}
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));

/** @param {string} url */
async function ask(url) {
  const { host } = new URL(url);
  try {
    const response = await fetch(url, { method: "HEAD" });
    if (response.ok) throw new Asked({ reachable: true });
    throw new Asked({ reachable: false, why: `${host} answers HTTP ${response.status}` });
  } catch (error) {
    if (error instanceof Asked) throw error;
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && "code" in cause ? ` (${cause.code})` : "";
    throw new Asked({ reachable: false, why: `${host} cannot be reached${code}` });
  }
}
