import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HistoryStore } from "../../../app/ports.ts";
import { sampleFor, seriesFor } from "../../../tests/support/history-samples.ts";
import { createHistoryStore, HISTORY_NAME } from "./history-store.ts";
import { readHistory } from "./read-history.ts";
import { SCHEMA_VERSION } from "./schema.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T = Date.UTC(2026, 10, 20, 12);
const FIXTURES = join(import.meta.dirname, "fixtures");

let root: string;
let path: string;
let now: number;
let logged: string[];
let stores: HistoryStore[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-history-open-"));
  path = join(root, HISTORY_NAME);
  now = T;
  logged = [];
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  rmSync(root, { recursive: true, force: true });
});

function open(directory = root): HistoryStore {
  const logger = { log: (_: string, event: string) => void logged.push(event) };
  const store = createHistoryStore({ directory, logger, now: () => now });
  stores.push(store);
  return store;
}

const series = seriesFor("a");

/** Three thousand readings, closed: some pages of every table. */
async function fill(directory = root): Promise<void> {
  const store = open(directory);
  now = T - 30 * HOUR;
  for (let poll = 0; poll < 360; poll += 1, now += 5 * MINUTE) {
    for (let n = 0; n < 8; n += 1) {
      const one = seriesFor(`s${n}`);
      store.record(one, sampleFor(one, now, poll));
    }
    if (poll % 12 === 0) await store.alertLog({ limit: 0, before: null });
  }
  await store.close();
}

/** That history works on: what is recorded now is read. */
async function goesOn(store: HistoryStore): Promise<void> {
  store.record(series, sampleFor(series, now, 123));
  const found = await store.query({ sourceIds: ["a"], from: now, to: now, resolution: "raw" });
  expect(found.map(({ points }) => points.map(({ remaining }) => remaining))).toEqual([[123]]);
  expect(await store.status()).toMatchObject({ kind: "on", problem: null });
}

const raw = (sql: string) => {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
};

describe("a file that cannot be used is kept aside, whole, and a new one begun", () => {
  test.each<[string, () => Promise<void> | void]>([
    ["no database at all", () => writeFileSync(path, "figures, as text")],
    ["a database of something else", () => raw("CREATE TABLE notes (text)")],
    ["one of something else with a version like ours", () => raw(`CREATE TABLE notes (text); PRAGMA user_version = 1`)],
    [
      "one without a table",
      async () => {
        await fill();
        raw("DROP TABLE hours");
      },
    ],
    [
      "one that was cut short",
      async () => {
        await fill();
        writeFileSync(path, readFileSync(path).subarray(0, 4096 * 5));
      },
    ],
    [
      "one with pages full of something else",
      async () => {
        await fill();
        const bytes = readFileSync(path);
        bytes.fill(0xa5, 4096 * 2, 4096 * 12);
        writeFileSync(path, bytes);
      },
    ],
  ])("%s", async (_, spoil) => {
    await spoil();
    // Something that was not yet folded into it belongs to it.
    writeFileSync(`${path}-wal`, "left behind");
    const spoilt = readFileSync(path);
    logged = [];
    const store = open();
    const status = await store.status();
    await goesOn(store);
    const kept = readdirSync(root).filter((name) => name.includes(".corrupt-"));
    const [name = ""] = kept.filter((one) => one.endsWith(".db"));
    expect(name).toMatch(/^history\.corrupt-20261120T120000Z\.db$/);
    expect(status).toMatchObject({ kind: "on", keptAside: join(root, name), rows: { samples: 0 } });
    expect(readFileSync(join(root, name)).equals(spoilt)).toBe(true);
    expect(kept.toSorted()).toEqual([name, `${name}-shm`, `${name}-wal`]);
    expect(logged).toEqual(["history-damaged"]);
    // And from then on it is as good as any.
    await store.close();
    expect(await open().status()).toMatchObject({ kind: "on", keptAside: null, rows: { samples: 1 } });
  });

  test("one that breaks while it is open is found out, and figures go on", async () => {
    await fill();
    const store = open();
    await goesOn(store);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096);
    writeFileSync(path, bytes);
    for (const resolution of ["raw", "day"] as const) {
      await store.query({ sourceIds: null, from: 0, to: now, resolution });
    }
    now += HOUR;
    store.record(series, sampleFor(series, now, 1));
    await store.query({ sourceIds: null, from: 0, to: now, resolution: "hour" });
    // Whatever had to touch a broken page has done so.
    now += HOUR;
    await goesOn(store);
    await store.close();
    expect(logged).toContain("history-damaged");
    expect(readdirSync(root).some((name) => name.startsWith("history.corrupt-"))).toBe(true);
    expect((await open().status()).kind).toBe("on");
  });
});

test("whatever bytes are spoilt, nothing is thrown, and history goes on", { timeout: 120_000 }, async () => {
  const good = join(root, "good");
  await fill(good);
  const bytes = readFileSync(join(good, HISTORY_NAME));
  const spoilt = fc.record({
    at: fc.integer({ min: 0, max: bytes.length - 1 }),
    garbage: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    cut: fc.option(fc.integer({ min: 0, max: bytes.length })),
  });
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ at, garbage, cut }) => {
      const directory = mkdtempSync(join(root, "run-"));
      const copy = Buffer.from(bytes);
      copy.set(garbage.subarray(0, copy.length - at), at);
      writeFileSync(join(directory, HISTORY_NAME), cut === null ? copy : copy.subarray(0, cut));
      const store = open(directory);
      for (const resolution of ["raw", "hour", "four-hours", "day"] as const) {
        await store.query({ sourceIds: null, from: 0, to: now, resolution });
      }
      now += HOUR;
      store.record(series, sampleFor(series, now, 1));
      await store.query({ sourceIds: null, from: 0, to: now, resolution: "raw" });
      // A second try finds a good file, should the damage have shown only in the first.
      store.record(series, sampleFor(series, now, 1));
      expect(await store.query({ sourceIds: ["a"], from: now, to: now, resolution: "raw" })).toHaveLength(1);
      await store.close();
      rmSync(directory, { recursive: true });
    }),
    { numRuns: 60 },
  );
});

describe("a file of a newer version", () => {
  beforeEach(async () => {
    await fill();
    raw(`PRAGMA user_version = ${SCHEMA_VERSION + 1}; ALTER TABLE samples RENAME TO observations`);
    logged = [];
  });

  test("is never written, and the app goes on without history", async () => {
    const before = readFileSync(path);
    const store = open();
    expect(await store.status()).toEqual({
      kind: "off",
      reason: "newer-version",
      detail: `version ${SCHEMA_VERSION + 1}, known is ${SCHEMA_VERSION}`,
    });
    store.record(series, sampleFor(series, now, 1));
    expect(await store.query({ sourceIds: null, from: 0, to: now, resolution: "raw" })).toEqual([]);
    expect(await store.recent("a", "tokens", 0)).toEqual([]);
    expect(await store.alertLog({ limit: 10, before: null })).toEqual([]);
    await store.keepOnly(new Set());
    await store.close();
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(logged).toEqual(["history-off"]);
  });

  test("is not read either, and says why", async () => {
    expect(await readHistory(root)).toMatchObject({ ok: false, reason: "newer-version" });
  });
});

describe("a file of an older version", () => {
  const LAST = Date.UTC(2026, 9, 1, 12);
  beforeEach(() => {
    cpSync(join(FIXTURES, "history-v1.db"), path);
    now = LAST;
  });

  test("of version 1 is brought up to date and loses nothing", async () => {
    const db = new DatabaseSync(path, { readOnly: true });
    const old = db
      .prepare(`SELECT at, remaining, used, "limit", resets_at FROM samples WHERE series = ? ORDER BY at`)
      .all(1);
    db.close();
    expect(old.length).toBeGreaterThan(90);
    const store = open();
    const week = { sourceIds: null, from: LAST - 7 * DAY, to: LAST };
    const found = await store.query({ ...week, resolution: "raw" });
    expect(found.map(({ meterId, unit, windowKind }) => [meterId, unit, windowKind])).toEqual([
      ["cost", { kind: "money", currency: "USD" }, "calendar"],
      ["session", { kind: "percent" }, "rolling"],
      ["balance", { kind: "money", currency: "EUR" }, "balance"],
    ]);
    const [cost, session, balance] = found;
    for (const row of old) {
      const { at, remaining, used, limit } = row;
      expect(cost?.points.find((point) => point.at === at)).toMatchObject({ remaining, used, limit });
    }
    // The night in which the computer was off, and no other.
    for (const { points } of found) {
      const gaps = points.filter(({ gapBefore }) => gapBefore).map(({ at }) => new Date(at).toISOString());
      expect(gaps).toEqual(["2026-09-30T06:00:00.000Z"]);
    }
    expect(cost?.marks).toEqual([{ at: Date.UTC(2026, 9, 1), type: "reset", gained: 19_000_000 }]);
    expect(balance?.marks).toEqual([{ at: Date.UTC(2026, 8, 29, 6), type: "top-up", gained: 20_000_000 }]);
    expect(session?.marks.filter(({ gained }) => gained === 28)).toHaveLength(3);
    const days = await store.query({ ...week, resolution: "day" });
    expect(days.map(({ points }) => points.length)).toEqual([4, 4, 4]);
    expect(logged).toEqual([]);
  });

  test("is rolled up with the first write, and reads the same as before", async () => {
    const store = open();
    const request = { sourceIds: null, from: LAST - 7 * DAY, to: LAST, resolution: "hour" } as const;
    const before = await store.query(request);
    store.record(series, sampleFor(series, now, 1));
    await store.close();
    const again = open();
    expect((await again.query({ ...request, sourceIds: null })).filter(({ sourceId }) => sourceId !== "a")).toEqual(
      before,
    );
    expect(await again.status()).toMatchObject({ rows: { days: 12 } });
  });

  test("is not read before a host has brought it up to date, nor changed by that", async () => {
    const before = readFileSync(path);
    expect(await readHistory(root)).toEqual({ ok: false, reason: "older-version", detail: "version 1" });
    expect(readFileSync(path).equals(before)).toBe(true);
    await open().status();
    expect(await readHistory(root)).toMatchObject({ ok: true });
  });
});

test("version 2 has not changed since it was first written: whoever changes the tables adds a version", async () => {
  cpSync(join(FIXTURES, "history-v2.db"), path);
  now = Date.UTC(2026, 9, 1, 16, 20);
  const tables = (file: string): unknown => {
    const db = new DatabaseSync(file, { readOnly: true });
    const found = db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name").all();
    db.close();
    return found;
  };
  const fresh = join(root, "fresh");
  await goesOn(open(fresh));
  expect(tables(join(fresh, HISTORY_NAME))).toEqual(tables(path));

  const store = open();
  const week = { sourceIds: null, from: now - 7 * DAY, to: now } as const;
  const found = await store.query({ ...week, resolution: "raw" });
  expect(found.map(({ meterId, points, marks }) => [meterId, points.length, marks.length])).toEqual([
    ["cost", 215, 1],
    ["session", 283, 15],
    ["balance", 149, 1],
    ["requests", 21, 0],
  ]);
  expect(await store.status()).toMatchObject({ kind: "on", rows: { days: 13 } });
  expect(await store.alertLog({ limit: 5, before: null })).toMatchObject([{ id: "e1" }]);
});

describe("while it is open", () => {
  test("another program that holds it: figures wait, and are written once it lets go", async () => {
    const store = open();
    await goesOn(store);
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    now += MINUTE;
    store.record(series, sampleFor(series, now, 77));
    const between = { sourceIds: null, from: now, to: now, resolution: "raw" } as const;
    const kept = async () =>
      (await store.query(between)).flatMap(({ points }) => points.map(({ remaining }) => remaining));
    expect(await kept()).toEqual([]);
    expect(await store.status()).toMatchObject({ kind: "on", problem: "locked" });
    other.exec("ROLLBACK");
    other.close();
    expect(await kept()).toEqual([77]);
    expect(await store.status()).toMatchObject({ kind: "on", problem: null });
    expect(logged).toEqual(["history-not-written"]);
  });

  test("somebody removes it: a new one is begun", async () => {
    const store = open();
    await goesOn(store);
    rmSync(path);
    now += MINUTE;
    await goesOn(store);
    expect(logged).toEqual(["history-lost"]);
    await store.close();
    expect(await open().status()).toMatchObject({ kind: "on", rows: { samples: 1 } });
  });
});

describe("where no file can be", () => {
  test("a folder in its place: history is off, and nothing is thrown", async () => {
    mkdirSync(path);
    const store = open();
    store.record(series, sampleFor(series, now, 1));
    expect(await store.query({ sourceIds: null, from: 0, to: now, resolution: "raw" })).toEqual([]);
    expect(await store.status()).toMatchObject({ kind: "off", reason: "cannot-open" });
    await store.close();
    expect(logged).toEqual(["history-off"]);
  });

  test("a Node without SQLite: off for good, with its reason", async () => {
    const store = createHistoryStore({
      directory: root,
      logger: { log: (_, event) => void logged.push(event) },
      sqlite: async () => null,
    });
    store.record(series, sampleFor(series, now, 1));
    expect(await store.query({ sourceIds: null, from: 0, to: now, resolution: "raw" })).toEqual([]);
    expect(await store.status()).toMatchObject({ kind: "off", reason: "no-sqlite" });
    await store.close();
    expect(readdirSync(root)).toEqual([]);
    expect(await readHistory(root, { sqlite: async () => null })).toMatchObject({ ok: false, reason: "absent" });
    writeFileSync(path, "");
    expect(await readHistory(root, { sqlite: async () => null })).toMatchObject({ ok: false, reason: "no-sqlite" });
  });

  test("nothing yet, or a file that a host has just made", async () => {
    expect(await readHistory(join(root, "never"))).toMatchObject({ ok: false, reason: "absent" });
    writeFileSync(path, "");
    expect(await readHistory(root)).toMatchObject({ ok: false, reason: "absent" });
    expect(statSync(path).size).toBe(0);
  });
});
