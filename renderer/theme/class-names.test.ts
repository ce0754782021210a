import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { classNames } from "./class-names.ts";

const root = join(import.meta.dirname, "..");
const components = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".tsx") && !name.includes(".test."))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }))
  .filter(({ text }) => text.includes("classNames("));

function modulesOf(name: string, text: string): string[] {
  return [...text.matchAll(/from "(\.[^"]+\.module\.css)"/g)].map(([, path = ""]) => join(dirname(name), path));
}

const classesOf = (module: string) =>
  new Set([...readFileSync(join(root, module), "utf8").matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = ""]) => name));

/** The literal names in c(…) calls. */
const used = (text: string) =>
  [...text.matchAll(/\bc\(([^)]*)\)/g)].flatMap(([, inner = ""]) =>
    [...inner.matchAll(/"([\w-]+)"/g)].map(([, name = ""]) => name),
  );

describe("the class names of CSS modules", () => {
  it("scans the components", () => {
    expect(components.length).toBeGreaterThan(25);
  });

  it.each(components)("exist where $name uses them", ({ name, text }) => {
    const there = new Set(modulesOf(name, text).flatMap((module) => [...classesOf(module)]));
    // Values compared inside the call ("error", "danger", …) may be no classes; a class asked for by name must be one.
    const compared = new Set([...text.matchAll(/(?:===|!==) "([\w-]+)"/g)].map(([, value]) => value));
    expect(used(text).filter((wanted) => !there.has(wanted) && !compared.has(wanted))).toEqual([]);
  });

  it("maps names, keeps what the module does not know and leaves out what is not there", () => {
    const c = classNames({ card: "card_1" });
    expect(c("card", false, null, undefined, "shared")).toBe("card_1 shared");
  });
});
