import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { breaches, sourceNamesOutOfPlace } from "./rules.ts";
import { scan } from "./scan.ts";

/** Tests of the architecture test: each feeds it a small tree that breaks one rule, and sees it fail. */
const trees: string[] = [];

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "plimsoll-architecture-"));
  trees.push(root);
  for (const [path, code] of Object.entries({ "app/x.ts": "", "main/x.ts": "", "renderer/x.ts": "", ...files })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), code);
  }
  return root;
}

const check = (files: Record<string, string>) => breaches(scan(plant(files), ["app", "main", "renderer"]));

describe("app/ reaching for Node", () => {
  it.each([
    ["a static import", `import { readFileSync } from "node:fs"; readFileSync("x");`],
    ["an import for effect", `import "node:fs";`],
    ["a name without prefix", `import fs from "fs"; fs.readFileSync("x");`],
    ["a type import", `import type { Stats } from "node:fs"; export type S = Stats;`],
    ["a type expression", `export type S = import("node:fs").Stats;`],
    ["a re-export", `export { readFileSync } from "node:fs";`],
    ["a re-export of all", `export * from "node:fs";`],
    ["a dynamic import", `export const fs = await import("node:fs");`],
    ["a dynamic import in a template", "export const fs = await import(`node:fs`);"],
    ["require", `export const fs = require("node:fs");`],
    ["import = require", `import fs = require("node:fs"); export default fs;`],
    ["getBuiltinModule", `export const fs = process.getBuiltinModule("node:fs");`],
  ])("is seen through %s", (_, code) => {
    expect(check({ "app/deep/er/file.ts": code })).toEqual([
      expect.stringMatching(/^app\/deep\/er\/file\.ts:1 app must not import (node:)?fs \(/),
    ]);
  });

  it("is seen behind a computed name and a reference directive", () => {
    expect(check({ "app/a.ts": `const name = "node:" + "fs"; export const fs = await import(name);` })).toEqual([
      "app/a.ts:1 loads a module by a computed name (dynamic)",
    ]);
    expect(check({ "app/a.ts": `/// <reference types="node" />` })).toEqual([
      "app/a.ts:1 app must not import the package node (reference)",
    ]);
  });

  it("is allowed in a test and not seen in a comment or a string", () => {
    expect(check({ "app/a.test.ts": `import "node:fs";` })).toEqual([]);
    expect(check({ "app/a.ts": `// import "node:fs"\nexport const text = 'import "node:fs"';` })).toEqual([]);
  });
});

describe("other breaches", () => {
  it.each([
    ["app → renderer", "app/a.ts", "../renderer/x.ts", true],
    ["app → react", "app/a.ts", "react", true],
    ["app → zod", "app/a.ts", "zod", false],
    ["renderer → main", "renderer/a.tsx", "../main/x.ts", true],
    ["renderer → node:", "renderer/a.tsx", "node:path", true],
    ["renderer → electron", "renderer/a.tsx", "electron", true],
    ["renderer → app", "renderer/a.tsx", "../app/x.ts", false],
    ["web → renderer", "main/web/a.ts", "../../renderer/x.ts", true],
    ["web → cli", "main/web/a.ts", "../cli/x.ts", true],
    ["web → electron", "main/web/a.ts", "electron", true],
    ["desktop → web", "main/desktop/a.ts", "../web/x.ts", true],
    ["host → web", "main/host/a.ts", "../web/x.ts", true],
    ["host → app", "main/host/a.ts", "../../app/x.ts", false],
    ["cli → desktop", "main/cli/a.ts", "../desktop/x.ts", true],
    ["preload → contract", "main/desktop/preload/a.ts", "../../../app/contract/names.ts", false],
    ["preload → the rest of app", "main/desktop/preload/a.ts", "../../../app/x.ts", true],
    ["preload → host", "main/desktop/preload/a.ts", "../../host/x.ts", true],
    ["preload → zod", "main/desktop/preload/a.ts", "zod", true],
    ["cli → package.json", "main/cli/a.ts", "../../package.json", false],
    ["app → package.json", "app/a.ts", "../package.json", true],
    ["a file in no part", "main/a.ts", "node:fs", true],
  ])("%s", (_, path, specifier, isBreach) => {
    expect(check({ [path]: `import "${specifier}";` })).toHaveLength(isBreach ? 1 : 0);
  });

  it("lets the terminal face load the browser host when it is asked for, and not before", () => {
    const serve = { "main/cli/serve.ts": `import "../web/x.ts";` };
    const entry = (code: string) => check({ ...serve, "main/cli/plimsoll.ts": code });
    expect(entry(`export const serve = () => import("./serve.ts");`)).toEqual([]);
    expect(entry(`export const web = () => import("../web/x.ts");`)).toEqual([]);
    expect(entry(`import type { X } from "../web/x.ts"; export type Y = X;`)).toEqual([]);
    expect(entry(`import "./serve.ts";`)).toEqual([
      "main/cli/serve.ts:1 main/cli must not import main/web/x.ts (static)",
    ]);
    expect(entry(`export * from "../web/x.ts";`)).toEqual([
      "main/cli/plimsoll.ts:1 main/cli must not import main/web/x.ts (re-export)",
    ]);
  });

  it("keeps sources apart from each other and from the rest", () => {
    const sources = {
      "app/sources/gateways/alpha/read.ts": `import "../beta/read.ts";`,
      "app/sources/gateways/beta/read.ts": `import "./schema.ts"; export const id = "beta";`,
      "app/sources/registry.ts": `import "./gateways/alpha/read.ts"; export const ids = ["alpha", "beta"];`,
      "app/polling/poll.ts": `export { read } from "../sources/gateways/alpha/read.ts";`,
    };
    expect(check(sources).toSorted()).toEqual([
      "app/polling/poll.ts:1 imports the source alpha; only app/sources/registry.ts may",
      "app/sources/gateways/alpha/read.ts:1 imports the source beta; only app/sources/registry.ts may",
    ]);
  });

  it.each([
    ["a string", `export const isAlpha = (kind: string) => kind === "alpha";`],
    ["a template", "export const isAlpha = (kind: string) => kind === `alpha`;"],
    ["a key", `export const icons = { alpha: 1 };`],
    ["a member", `export const icon = (icons: Record<string, number>) => icons.alpha;`],
  ])("sees a source named by %s", (_, code) => {
    const root = plant({ "app/sources/gateways/alpha/read.ts": "", "renderer/icon.ts": code });
    expect(sourceNamesOutOfPlace(scan(root, ["app", "renderer"]))).toEqual([
      "renderer/icon.ts:1 names the source alpha",
    ]);
  });
});

describe("the scanner", () => {
  it("refuses what it cannot read instead of passing over it", () => {
    expect(() => check({ "app/broken.ts": "export const = ;" })).toThrow(/app\/broken\.ts does not parse/);
    expect(() => scan(plant({}), ["app", "gone"])).toThrow(/gone\/ does not exist/);
  });
});
