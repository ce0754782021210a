import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type ElectronStore from "electron-store";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { type ConfLike, createSettingsFile, openConf, SETTINGS_FILE_OPTIONS } from "./settings-file.ts";

let root: string;
let directory: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-settings-"));
  directory = join(root, "profile");
  path = join(directory, "settings.json");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const open = () => createSettingsFile({ directory, openStore: openConf(directory) });
const onDisk = (): unknown => JSON.parse(readFileSync(path, "utf8"));
const put = (text: string) => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path, text);
};

describe("reading", () => {
  test("a profile that is not there is absent, and reading makes nothing", () => {
    expect(open().read()).toEqual({ kind: "absent" });
    expect(existsSync(directory)).toBe(false);
  });

  test.each(['{"version":1}', "", "[]", '{"version":1,"sour', "\ufeff{}"])("%j comes back as it is", (text) => {
    put(text);
    expect(open().read()).toEqual({ kind: "text", text });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a folder in its place is unreadable, with the reason", () => {
    mkdirSync(path, { recursive: true });
    expect(open().read()).toEqual({ kind: "unreadable", detail: "it is a folder, not a file" });
  });

  test.skipIf(process.getuid?.() === 0)("a file without permission is unreadable", () => {
    put("{}");
    chmodSync(path, 0o000);
    expect(open().read()).toEqual({ kind: "unreadable", detail: "no permission to read the file" });
  });
});

describe("writing", () => {
  test("makes the folder and the file for their owner alone", async () => {
    await open().write({ version: 1 });
    expect(onDisk()).toEqual({ version: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readdirSync(directory)).toEqual(["settings.json"]);
  });

  test("a file that others could read is closed to them", async () => {
    put("{}");
    chmodSync(path, 0o644);
    await open().write({ version: 1 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("replaces the whole: what left the settings leaves the file, also what another program had put there", async () => {
    const settings = open();
    await settings.write({ version: 1, sources: [{ id: "a" }], extra: true });
    put('{"version":1,"sources":[],"foreign":1}');
    await settings.write({ version: 1, sources: [] });
    expect(onDisk()).toEqual({ version: 1, sources: [] });
  });

  test("keys with dots, odd names and undefined values are kept as JSON keeps them", async () => {
    await open().write({
      "a.b": 1,
      "": 2,
      nested: { "c.d": null, gone: undefined },
      gone: undefined,
      __internal__: {},
    });
    expect(onDisk()).toEqual({ "a.b": 1, "": 2, nested: { "c.d": null } });
  });

  test("many writes at once end with the last one", async () => {
    const settings = open();
    await Promise.all(Array.from({ length: 200 }, (_, n) => settings.write({ n })));
    expect(onDisk()).toEqual({ n: 199 });
  });

  test.each(["", "[]", '{"version":1,"sour', "null", "\0\0\0"])(
    "a file that was broken meanwhile (%j) is kept aside, not lost and not in the way",
    async (text) => {
      const settings = open();
      await settings.write({ n: 1 });
      put(text);
      await settings.write({ n: 2 });
      expect(onDisk()).toEqual({ n: 2 });
      const kept = readdirSync(directory).filter((name) => name.includes("corrupt"));
      expect(kept.map((name) => readFileSync(join(directory, name), "utf8"))).toEqual([text]);
    },
  );

  test("a store that fails rejects with its code, and the next write is tried anew", async () => {
    let full = true;
    const settings = createSettingsFile({
      directory,
      openStore: async () => {
        const store = await openConf(directory)();
        return {
          get store() {
            return store.store;
          },
          set store(value) {
            if (full) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
            store.store = value;
          },
        };
      },
    });
    await expect(settings.write({ n: 1 })).rejects.toMatchObject({ code: "ENOSPC" });
    full = false;
    await settings.write({ n: 2 });
    expect(onDisk()).toEqual({ n: 2 });
  });
});

describe("keeping aside", () => {
  test("renames to a name with the time in UTC, and never overwrites what was kept before", async () => {
    const settings = open();
    const kept = [];
    for (const text of ["one", "two", "three"]) {
      put(text);
      kept.push(await settings.keepAside());
    }
    expect(new Set(kept).size).toBe(3);
    for (const name of kept) expect(name).toMatch(/settings\.corrupt-\d{8}T\d{6}Z(-\d)?\.json$/);
    expect(kept.map((name) => readFileSync(name, "utf8"))).toEqual(["one", "two", "three"]);
    expect(settings.read()).toEqual({ kind: "absent" });
  });

  test("rejects and leaves nothing behind when there is no file", async () => {
    mkdirSync(directory);
    await expect(open().keepAside()).rejects.toMatchObject({ code: "ENOENT" });
    expect(readdirSync(directory)).toEqual([]);
  });
});

test("electron-store fits in the same place, with the same options", () => {
  expectTypeOf<ElectronStore<Record<string, unknown>>>().toExtend<ConfLike>();
  expectTypeOf(SETTINGS_FILE_OPTIONS).toExtend<
    ConstructorParameters<typeof ElectronStore<Record<string, unknown>>>[0]
  >();
});
