import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en as engine } from "../../app/locales/en.ts";
import { en } from "./en.ts";

const root = join(import.meta.dirname, "..");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith("locales"),
);
const sources = files.map((name) => readFileSync(join(root, name), "utf8"));

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const base = (key: string) => key.replace(/_(one|other)$/, "");
const keys = new Set(Object.keys(en).map(base));
const known = new Set([...keys, ...Object.keys(engine).map(base)]);

/** Everything in quotes that looks like a key ("group.name"), and the fixed parts around ${…} of template keys. */
const literals = new Set(
  sources.flatMap((text) => [...text.matchAll(/"([\w-]+(?:\.[\w-]+)+)"/g)].map(([, key]) => key)),
);
const templates = sources.flatMap((text) =>
  [...text.matchAll(/t\(\s*`([^`]+)`/g)].map(
    ([, template = ""]) =>
      new RegExp(
        `^${template
          .split(/\$\{[^}]+\}/)
          .map(literally)
          .join("[\\w-]+")}$`,
      ),
  ),
);
const asked = sources.flatMap((text) => [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key = ""]) => key));

describe("the UI's words", () => {
  it("scans the renderer's files", () => {
    expect(files.length).toBeGreaterThan(60);
    expect(asked.length).toBeGreaterThan(100);
    expect(templates.length).toBeGreaterThan(5);
  });

  it("has every key that is asked for", () => {
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });

  it("has no key that nothing asks for", () => {
    const unused = [...keys].filter((key) => !literals.has(key) && !templates.some((template) => template.test(key)));
    expect(unused).toEqual([]);
  });

  it("does not say otherwise what the engine says already", () => {
    expect(Object.keys(en).filter((key) => Object.hasOwn(engine, key))).toEqual([]);
  });

  it("has both plural forms wherever it has one", () => {
    const lonely = Object.keys(en).filter(
      (key) =>
        /_(one|other)$/.test(key) &&
        !(Object.hasOwn(en, `${base(key)}_one`) && Object.hasOwn(en, `${base(key)}_other`)),
    );
    expect(lonely).toEqual([]);
  });

  it("leaves no words in the components themselves", () => {
    // Text between tags, and the attributes that are read out or shown.
    const bare = files
      .filter((name) => name.endsWith(".tsx"))
      .flatMap((name) => {
        const text = readFileSync(join(root, name), "utf8");
        const between = [...text.matchAll(/<\/?[A-Za-z][^<>{}]*>\s*([A-Za-z][^<>{}]*?)\s*<\//g)].map(
          ([, words]) => words,
        );
        const attributes = [...text.matchAll(/\b(?:aria-label|title|label|hint|alt)="([^"]+)"/g)].map(
          ([, words]) => words,
        );
        return [...between, ...attributes].map((words) => `${name}: ${words}`);
      });
    expect(bare).toEqual([]);
  });
});
