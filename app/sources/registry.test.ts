import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { en } from "../locales/en.ts";
import { findSource, sources } from "./registry.ts";

const here = new URL("./", import.meta.url);
const groups = ["gateways", "providers"].filter((group) => existsSync(new URL(group, here)));
const folders = groups.flatMap((group) =>
  readdirSync(new URL(group, here), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ group: group.slice(0, -1), id: entry.name, url: new URL(`${group}/${entry.name}/`, here) })),
);

/** What a gateway may answer, at the least: each has to be a fixture of each source. */
const FIXTURES = ["typical", "fresh", "unlimited", "used-up", "partly-missing", "error-in-200", "malformed"];

describe("the registry", () => {
  it("scans the folders that there are", () => {
    expect(folders.length).toBeGreaterThanOrEqual(2);
  });

  it("names every folder once, under its own id and group", () => {
    expect(sources.map(({ id, group }) => `${group}/${id}`).sort()).toEqual(
      folders.map(({ id, group }) => `${group}/${id}`).sort(),
    );
    expect(new Set(sources.map((source) => source.id)).size).toBe(sources.length);
  });

  it.each(folders)("finds the four parts and the fixtures of $id", ({ url }) => {
    for (const file of ["descriptor.ts", "schema.ts", "read.ts", "read.test.ts"]) {
      expect(existsSync(new URL(file, url)), `${file} in ${url.pathname}`).toBe(true);
    }
    const fixtures = readdirSync(new URL("fixtures/", url));
    expect(fixtures).toEqual(expect.arrayContaining(FIXTURES.map((name) => `${name}.json`)));
  });

  it.each(sources.map((source) => [source.id, source] as const))("words every option of %s", (_, source) => {
    for (const field of source.optionFields) {
      expect(Object.keys(en)).toEqual(expect.arrayContaining([field.labelKey, field.hintKey]));
    }
    expect(source.minIntervalSeconds).toBeGreaterThanOrEqual(60);
  });

  it("finds a source by its id and nothing by another", () => {
    expect(findSource("openrouter")?.name).toBe("OpenRouter");
    expect(findSource("toString")).toBeUndefined();
  });

  it.each(sources.map((source) => [source.id, source] as const))("loads the reader of %s", async (_, source) => {
    const required = source.optionFields.find((field) => field.required === true);
    if (required === undefined) await expect(source.prepare({})).resolves.toBeTypeOf("function");
    else {
      await expect(source.prepare({})).rejects.toMatchObject({
        failure: { cause: "invalid-options", detail: expect.stringContaining(required.name) },
      });
    }
  });
});
