import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { parseSettings, serializeSettings } from "./parse.ts";
import { DEFAULT_PREFERENCES, DEFAULT_SETTINGS } from "./schema.ts";

const text = (value: unknown) =>
  ({ kind: "text", text: typeof value === "string" ? value : JSON.stringify(value) }) as const;
const good = {
  id: "one",
  kind: "neutral",
  label: "Gateway",
  baseUrl: "https://llm.example.org",
  credential: { type: "env", name: "KEY" },
};

describe("lists of the settings file", () => {
  it.each(["sources", "budgets", "sinks"])("%s that are none lose nothing", (field) => {
    const odd = { later: ["form"] };
    const { settings, problems } = parseSettings(text({ version: 1, [field]: odd }));
    expect(problems).toEqual([{ type: "field", field, detail: "expected a list" }]);
    const written = serializeSettings(settings);
    expect(written).toHaveProperty(field, [odd]);
    expect(serializeSettings(parseSettings(text(written)).settings)).toEqual(written);
  });

  it.each(["budgets", "sinks"])("%s name entries that are kept and not in use", (field) => {
    const odd = { type: "pigeon", id: "p" };
    const { settings, problems } = parseSettings(text({ version: 1, [field]: [odd] }));
    expect(problems).toEqual([{ type: "entry", entry: `${field}[0]`, detail: expect.any(String) }]);
    expect(serializeSettings(settings)).toHaveProperty(field, [odd]);
  });
});

describe("parseSettings", () => {
  it("gives defaults for a file that is not there", () => {
    expect(parseSettings({ kind: "absent" })).toEqual({
      settings: DEFAULT_SETTINGS,
      problems: [],
      readOnly: false,
      keepAside: false,
    });
  });

  it.each([
    ["cut short", '{"version":1,"sources":[{"id":"one"'],
    ["empty", ""],
    ["a list", "[]"],
    ["a number", "7"],
    ["null", "null"],
    ["zero bytes of a crash", "\0\0\0"],
  ])("keeps a file aside that is %s", (_name, content) => {
    const parsed = parseSettings(text(content));
    expect(parsed.keepAside).toBe(true);
    expect(parsed.settings).toBe(DEFAULT_SETTINGS);
    expect(parsed.problems.map(({ type }) => type)).toEqual(["corrupt"]);
  });

  it("opens a newer file read-only, and reads what it can of it", () => {
    const parsed = parseSettings(text({ version: 99, sources: [good, { shape: "new" }], shiny: true }));
    expect(parsed.readOnly).toBe(true);
    expect(parsed.settings.sources.map(({ id }) => id)).toEqual(["one"]);
    expect(parsed.problems[0]).toEqual({ type: "newer", version: 99 });
  });

  it("does not write over a file that could not be read", () => {
    const parsed = parseSettings({ kind: "unreadable", detail: "EACCES" });
    expect(parsed.readOnly).toBe(true);
    expect(parsed.keepAside).toBe(false);
  });

  it("lets a bad field cost its own default only", () => {
    const parsed = parseSettings(
      text({ version: 1, preferences: { intervalSeconds: "soon", theme: "dark", thresholds: [5, 30, 5] } }),
    );
    expect(parsed.settings.preferences).toEqual({ ...DEFAULT_PREFERENCES, theme: "dark", thresholds: [30, 5] });
    expect(parsed.problems).toHaveLength(1);
    expect(parsed.problems[0]).toMatchObject({ type: "field", field: "preferences.intervalSeconds" });
  });

  it("carries along what it does not understand", () => {
    const odd = { id: "two", kind: 7 };
    const twin = { ...good, label: "twin" };
    const file = { version: 1, sources: [good, odd, twin], later: { field: [1] } };
    const parsed = parseSettings(text(file));
    expect(parsed.settings.sources.map(({ label }) => label)).toEqual(["Gateway"]);
    expect(parsed.problems.map(({ type }) => type)).toEqual(["source", "source"]);
    const written = serializeSettings(parsed.settings);
    expect(written["sources"]).toEqual([expect.objectContaining(good), odd, twin]);
    expect(written["later"]).toEqual({ field: [1] });
  });

  it("loses no field of preferences or sources that it could not read, and lets the user's choice win", () => {
    const file = {
      version: 1,
      preferences: { theme: "plaid", lang: "de", intervalSeconds: 120 },
      sources: [{ ...good, colour: "red" }],
    };
    const { settings } = parseSettings(text(file));
    expect(settings.preferences).toEqual({ ...DEFAULT_PREFERENCES, intervalSeconds: 120 });
    const kept = serializeSettings(settings);
    expect(kept["preferences"]).toMatchObject({ theme: "plaid", lang: "de", intervalSeconds: 120 });
    expect(kept["sources"]).toEqual([expect.objectContaining({ colour: "red" })]);
    const chosen = serializeSettings({ ...settings, preferences: { ...settings.preferences, theme: "dark" } });
    expect(chosen["preferences"]).toMatchObject({ theme: "dark", lang: "de" });
  });

  it("keeps a source of a kind it does not know", () => {
    const parsed = parseSettings(text({ version: 1, sources: [{ ...good, kind: "from-the-future" }] }));
    expect(parsed.problems).toEqual([]);
    expect(parsed.settings.sources[0]?.kind).toBe("from-the-future");
  });

  it("reads what it wrote, whatever the file held before", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (content) => {
        const first = parseSettings(text(content));
        const again = parseSettings(text(serializeSettings(first.settings)));
        expect(again.settings.preferences).toEqual(first.settings.preferences);
        expect(again.settings.sources).toEqual(first.settings.sources);
        expect(again.keepAside).toBe(false);
      }),
    );
  });

  it("still reads the first version's file as it was written", () => {
    const file = readFileSync(new URL("./fixtures/settings-v1.json", import.meta.url), "utf8");
    const parsed = parseSettings(text(file));
    expect(parsed.problems).toEqual([]);
    expect(parsed.settings.sources.map(({ kind, credential }) => [kind, credential.type])).toEqual([
      ["neutral", "vault"],
      ["openrouter", "env"],
    ]);
    expect(parsed.settings.preferences.intervalSeconds).toBe(120);
    expect(parsed.settings.removed).toHaveLength(1);
  });
});

describe("migrate", () => {
  const steps = {
    1: (old: Readonly<Record<string, unknown>>) => ({ ...old, second: true }),
    2: ({ second, ...old }: Readonly<Record<string, unknown>>) => ({ ...old, third: second }),
  };
  it("goes one version at a time", () => {
    expect(migrate({ keep: 1 }, steps, 3)).toEqual({
      kind: "current",
      value: { keep: 1, third: true, version: 3 },
      from: 1,
    });
    expect(migrate({ version: 2, second: "x" }, steps, 3)).toMatchObject({ value: { third: "x" }, from: 2 });
  });
  it("leaves a newer file alone", () => {
    expect(migrate({ version: 4 }, steps, 3)).toEqual({ kind: "newer", version: 4 });
  });
  it.each([0, -1, 1.5, "3", null])("takes a version of %j for the first", (version) => {
    expect(migrate({ version }, {}, 1)).toMatchObject({ from: 1 });
  });
  it("says so when a step is missing", () => {
    expect(() => migrate({}, { 2: steps[2] }, 3)).toThrow("from version 1");
  });
});
