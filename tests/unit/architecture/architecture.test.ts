import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { breaches, MAY_NAME_SOURCES, sourceIds, sourceNamesOutOfPlace } from "./rules.ts";
import { listSourceFiles, scan } from "./scan.ts";

const root = join(import.meta.dirname, "../../..");
const LAYERS = ["app", "main", "renderer"];
const files = scan(root, LAYERS);

/** Longer than 400 lines, each for a reason that outweighs the rule. */
const LONG_FILES: readonly { readonly path: string; readonly why: string }[] = [];

const SHAPELESS_NAME = /(^|[/\-.])(utils?|helpers?|common|managers?|misc)(?=[/\-.])/i;

describe("the rule of dependence", () => {
  it("is kept by every import", () => {
    expect(breaches(files)).toEqual([]);
  });

  it("leaves the naming of sources to the registry", () => {
    expect(sourceNamesOutOfPlace(files)).toEqual([]);
    expect(sourceIds(files).size).toBeGreaterThanOrEqual(2);
    for (const { path } of MAY_NAME_SOURCES) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it("was checked in every source file there is", () => {
    // Counted by another means than the scanner's own walk, so that a walk that misses a folder shows.
    const counted = execFileSync(
      process.execPath,
      [join(import.meta.dirname, "count-source-files.mjs"), root, ...LAYERS],
      {
        encoding: "utf8",
      },
    );
    expect(files.length).toBe(Number(counted));
    expect(new Set(files.map((file) => file.path.split("/")[0]))).toEqual(new Set(LAYERS));
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(files.length);
  });
});

describe("files", () => {
  const everywhere = listSourceFiles(root, [...LAYERS, "build", "tests"]);

  it("stay within 400 lines", () => {
    const long = everywhere.filter((path) => readFileSync(join(root, path), "utf8").trimEnd().split("\n").length > 400);
    expect(long.toSorted()).toEqual(LONG_FILES.map(({ path }) => path).toSorted());
  });

  it("are named for what they do", () => {
    expect(everywhere.filter((path) => SHAPELESS_NAME.test(path))).toEqual([]);
  });
});
