import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

/** Each layer's tsconfig must refuse what that layer may not see. Checked by compiling a probe with it. */
const root = join(import.meta.dirname, "../..");
mkdirSync(join(root, "dist"), { recursive: true });
// Below the project, so that type packages resolve, and ignored by everything that scans it.
const folder = mkdtempSync(join(root, "dist", "layer-probe-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The error codes that the layer's configuration gives for a file with this code. */
async function compile(layer: string, code: string): Promise<string[]> {
  const here = mkdtempSync(join(folder, "probe-"));
  writeFileSync(join(here, "probe.ts"), `${code}\nexport {};\n`);
  const files = ["probe.ts", ...(layer === "app" ? [relative(here, join(root, "app/globals.d.ts"))] : [])];
  const config = {
    extends: relative(here, join(root, layer, "tsconfig.json")).replaceAll("\\", "/"),
    files,
    include: [],
  };
  writeFileSync(join(here, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", here, "--pretty", "false"]).catch(
    (failure: { stdout: string }) => failure,
  );
  return [...stdout.matchAll(/error (TS\d+)/g)].map((match) => match[1] ?? "");
}

/** TypeScript's codes for a name or a module that it does not know. */
const UNKNOWN = /^TS(2304|2307|2503|2552|2580|2581|2584|2591|2592|2593|2867|2868|2882)$/;

const NAMES = {
  process: "console.log(process.pid);",
  Buffer: "export const bytes = Buffer.alloc(1);",
  node: `import { readFileSync } from "node:fs"; readFileSync("x");`,
  document: "document.title = '';",
  window: "window.close();",
  localStorage: "localStorage.clear();",
};

describe("the layers' TypeScript configurations", () => {
  it.concurrent.each([
    ["app", ["process", "Buffer", "node", "document", "window", "localStorage"]],
    ["renderer", ["process", "Buffer", "node"]],
    ["main/host", ["document", "window"]],
    ["main/web", ["document", "window"]],
    ["main/cli", ["document", "window"]],
    ["main/desktop", ["document", "window"]],
    ["main/desktop/preload", ["process", "Buffer", "node"]],
  ] as const)("%s refuses %j", async (layer, refused) => {
    for (const name of refused) {
      const errors = await compile(layer, NAMES[name]);
      expect(errors, `${layer}: ${name}`).toContainEqual(expect.stringMatching(UNKNOWN));
    }
  });

  it.concurrent.each([
    ["app", "export const origin = new URL('https://example.org').origin;"],
    ["renderer", "document.title = '';"],
    ["main/host", "export const pid = process.pid;"],
    ["main/desktop/preload", "window.close();"],
  ])("%s accepts what it should", async (layer, code) => {
    expect(await compile(layer, code)).toEqual([]);
  });

  it("all inherit the shared strictness", () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    expect(compilerOptions).toMatchObject({
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      erasableSyntaxOnly: true,
      types: [],
    });
  });
});
