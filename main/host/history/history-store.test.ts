import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AlertLogEntry } from "../../../app/alerts/alert-log.ts";
import { gapLimit } from "../../../app/history/gap.ts";
import { pointsOfSpans } from "../../../app/history/points.ts";
import type { SeriesDescription } from "../../../app/history/sample.ts";
import { nextSpan, type Span } from "../../../app/history/span.ts";
import type { HistoryStore } from "../../../app/ports.ts";
import { sampleFor, seriesFor } from "../../../tests/support/history-samples.ts";
import { createHistoryStore, HISTORY_NAME } from "./history-store.ts";
import { readHistory } from "./read-history.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T = Date.UTC(2026, 10, 20, 12);

let root: string;
let now: number;
let logged: string[];
let stores: HistoryStore[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-history-"));
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

const a = seriesFor("a");
const b = seriesFor("b");

function say(store: HistoryStore, series: SeriesDescription, at: number, remaining: number | null, resetsAt?: number) {
  now = Math.max(now, at);
  store.record(series, sampleFor(series, at, remaining, resetsAt));
}

async function points(store: HistoryStore, sourceIds: string[] | null = null, from = T - DAY) {
  const found = await store.query({ sourceIds, from, to: now, resolution: "raw" });
  return found.map(({ sourceId, points: list }) => [sourceId, list.map(({ at, remaining }) => [at - T, remaining])]);
}

describe("what is recorded", () => {
  test("is read by the next process: what did not change is one row", async () => {
    const profile = join(root, "not-there-yet");
    const first = open(profile);
    for (let poll = 0; poll < 12; poll += 1) say(first, a, T + poll * 5 * MINUTE, poll < 10 ? 900 : 850);
    say(first, b, T, null);
    await first.close();
    const second = open(profile);
    expect(await points(second)).toEqual([
      [
        "a",
        [
          [0, 900],
          [45 * MINUTE, 900],
          [50 * MINUTE, 850],
          [55 * MINUTE, 850],
        ],
      ],
      ["b", [[0, null]]],
    ]);
    expect(await second.status()).toMatchObject({
      kind: "on",
      path: join(profile, HISTORY_NAME),
      rows: { samples: 3 },
      problem: null,
      keptAside: null,
    });
    expect(logged).toEqual([]);
  });

  test("is its owner's alone, with all that belongs to it", async () => {
    const store = open();
    say(store, a, T, 900);
    await store.status();
    await points(store);
    expect(readdirSync(root).toSorted()).toEqual(["history.db", "history.db-shm", "history.db-wal"]);
    for (const name of readdirSync(root)) expect(statSync(join(root, name)).mode & 0o777).toBe(0o600);
  });

  test("is on the disk soon without anybody asking, and another process reads it there", async () => {
    const store = open();
    say(store, a, T, 900);
    for (;;) {
      const read = await readHistory(root);
      const found = read.ok ? read.reader.query({ sourceIds: null, from: T, to: T, resolution: "raw" }) : [];
      if (read.ok) read.reader.close();
      if (found.length > 0) break;
      await wait(20);
    }
  });

  test("is not written again while nothing changes", async () => {
    const store = open();
    say(store, a, T, 900);
    await points(store);
    const before = statSync(join(root, "history.db-wal")).size;
    say(store, a, T + 60_000, 900);
    await store.alertLog({ limit: 1, before: null });
    await store.keepOnly(new Set(["a"]));
    const idle = open();
    await idle.close();
    // Reading is what writes "still so": without it nothing was written at all.
    expect(statSync(join(root, "history.db-wal")).size).toBeLessThanOrEqual(before + 3 * 4200);
    expect(await points(store)).toEqual([
      [
        "a",
        [
          [0, 900],
          [MINUTE, 900],
        ],
      ],
    ]);
  });

  test("makes no file when nothing came", async () => {
    const store = open(join(root, "never"));
    await store.keepOnly(new Set());
    await store.close();
    expect(readdirSync(root)).toEqual([]);
  });

  test("is taken until the end, and dropped after it", async () => {
    const store = open();
    say(store, a, T, 900);
    const closing = store.close();
    say(store, a, T + MINUTE, 800);
    await closing;
    say(store, a, T + 2 * MINUTE, 700);
    await store.close();
    expect(await points(store)).toEqual([]);
    const found = await points(open());
    expect(JSON.stringify(found)).toContain("900");
    expect(JSON.stringify(found)).not.toContain("700");
  });

  test("keeps figures of another unit apart, and goes on in the one of now", async () => {
    const store = open();
    const dollars = seriesFor("a", { unit: { kind: "money", currency: "USD" } });
    const euros = seriesFor("a", { unit: { kind: "money", currency: "EUR" } });
    say(store, dollars, T, 5_000_000);
    say(store, euros, T + 5 * MINUTE, 4_000_000);
    const found = await store.query({ sourceIds: null, from: T, to: now, resolution: "raw" });
    expect(found.map(({ unit, points: list, marks }) => [unit, list.map(({ remaining }) => remaining), marks])).toEqual(
      [
        [dollars.unit, [5_000_000], []],
        [euros.unit, [4_000_000], []],
      ],
    );
    expect((await store.recent("a", "tokens", T - DAY)).map(({ remaining }) => remaining)).toEqual([4_000_000]);
  });

  test("is called what it was called last", async () => {
    const store = open();
    say(store, a, T, 900);
    await points(store);
    say(store, { ...a, sourceLabel: "Renamed", intervalMs: 60_000 }, T + MINUTE, 900);
    await store.close();
    const [found] = await open().query({ sourceIds: ["a"], from: T, to: now, resolution: "raw" });
    expect(found).toMatchObject({ sourceLabel: "Renamed", intervalMs: 60_000 });
  });

  test("bears odd times and figures", async () => {
    const store = open();
    say(store, a, T + 0.4, 0.1 + 0.2, T + HOUR + 0.6);
    store.record(b, sampleFor(b, Number.NaN, 1));
    say(store, b, T, Number.MAX_SAFE_INTEGER);
    expect(await points(store)).toEqual([
      ["a", [[0, 0.1 + 0.2]]],
      ["b", [[0, Number.MAX_SAFE_INTEGER]]],
    ]);
    expect(await store.recent("a", "tokens", T)).toMatchObject([{ resetsAt: T + HOUR + 1 }]);
    expect(logged).toEqual([]);
  });
});

describe("what is asked", () => {
  test("marks resets and top-ups, and leaves gaps open", async () => {
    const store = open();
    say(store, a, T, 100, T + 10 * MINUTE);
    say(store, a, T + 15 * MINUTE, 1000, T + 5 * HOUR);
    say(store, a, T + 3 * HOUR, 990, T + 5 * HOUR);
    const balance = seriesFor("b", { windowKind: "balance" });
    say(store, balance, T, 5);
    // Not to be told for once is no end of what was known.
    say(store, balance, T + 2 * HOUR, null);
    say(store, balance, T + 3 * HOUR, 25);
    const found = await store.query({ sourceIds: null, from: T, to: now, resolution: "raw" });
    expect(found.map(({ marks }) => marks)).toEqual([
      [{ at: T + 10 * MINUTE, type: "reset", gained: 900 }],
      [{ at: T + 3 * HOUR, type: "top-up", gained: 20 }],
    ]);
    expect(found[0]?.points.map(({ gapBefore }) => gapBefore)).toEqual([false, false, true]);
  });

  test("recent samples seed a forecast: both ends of what did not change, no older than asked", async () => {
    const store = open();
    for (const [minute, remaining] of [
      [0, 900],
      [5, 900],
      [10, 800],
      [15, 700],
    ] as const) {
      say(store, a, T + minute * MINUTE, remaining, T + HOUR);
    }
    await store.close();
    const found = await open().recent("a", "tokens", T + 2 * MINUTE);
    expect(found.map(({ at, remaining, resetsAt }) => [(at - T) / MINUTE, remaining, resetsAt])).toEqual([
      [2, 900, T + HOUR],
      [5, 900, T + HOUR],
      [10, 800, T + HOUR],
      [15, 700, T + HOUR],
    ]);
    expect(await open().recent("a", "other", T)).toEqual([]);
  });

  test("only of the sources that were named", async () => {
    const store = open();
    say(store, a, T, 1);
    say(store, b, T, 2);
    expect(await points(store, ["b", "c"])).toEqual([["b", [[0, 2]]]]);
    expect(await points(store, [])).toEqual([]);
  });

  test("sources that left are forgotten, also those that wait and those of an earlier run", async () => {
    const first = open();
    say(first, a, T, 1);
    say(first, b, T, 2);
    await first.close();
    const second = open();
    await second.keepOnly(new Set(["b"]));
    say(second, a, T + MINUTE, 1);
    expect(await points(second)).toEqual([
      ["a", [[MINUTE, 1]]],
      ["b", [[0, 2]]],
    ]);
    say(second, a, T + 2 * MINUTE, 5);
    await second.keepOnly(new Set(["b"]));
    expect(await points(second)).toEqual([["b", [[0, 2]]]]);
    say(second, b, T + 3 * MINUTE, 2);
    say(second, a, T + 3 * MINUTE, 7);
    expect(await points(second)).toEqual([
      ["a", [[3 * MINUTE, 7]]],
      [
        "b",
        [
          [0, 2],
          [3 * MINUTE, 2],
        ],
      ],
    ]);
  });
});

describe("the alert log", () => {
  const entry = (id: string, at: number): AlertLogEntry => ({
    id,
    at,
    alert: {
      id: `alert-${id}`,
      sourceId: "a",
      sourceLabel: "Team gateway",
      meterId: "tokens",
      meterLabel: { text: "Tokens" },
      resetsAt: null,
      firedAt: at,
      demo: false,
      what: {
        type: "percent-left",
        threshold: 20,
        percentRemaining: 18,
        remaining: 180,
        unit: { kind: "tokens" },
      },
    },
    outcome: { type: "held-back", reason: "quiet-hours" },
  });

  test("is read by pages, newest first, and misses none of one moment", async () => {
    const store = open();
    for (let n = 0; n < 10; n += 1) store.logAlert(entry(`e${n}`, T + Math.floor(n / 2)));
    const first = await store.alertLog({ limit: 3, before: null });
    expect(first.map(({ id }) => id)).toEqual(["e8", "e9", "e6", "e7"]);
    const second = await store.alertLog({ limit: 100, before: first.at(-1)?.at ?? 0 });
    expect(second.map(({ id }) => id)).toEqual(["e4", "e5", "e2", "e3", "e0", "e1"]);
    expect(first[0]).toEqual(entry("e8", T + 4));
    expect(await store.alertLog({ limit: 0, before: null })).toEqual([]);
    expect(await store.alertLog({ limit: 5, before: T })).toEqual([]);
  });

  test("holds a later word on the same entry, and at most a thousand", async () => {
    const store = open();
    for (let n = 0; n < 1100; n += 1) store.logAlert(entry(`e${n}`, T + n));
    store.logAlert({ ...entry("e1099", T + 1099), outcome: { type: "told", sinks: [] } });
    say(store, a, T, 1);
    await points(store);
    now = T + HOUR;
    say(store, a, now, 1);
    const all = await store.alertLog({ limit: 5000, before: null });
    expect(all.length).toBe(1000);
    expect(all[0]).toMatchObject({ id: "e1099", outcome: { type: "told" } });
  });
});

test("whatever comes, and whenever the host starts anew, what is drawn is what was said", {
  timeout: 60_000,
}, async () => {
  const step = fc.record({
    wait: fc.constantFrom(1, 5 * MINUTE, 20 * MINUTE, HOUR, 3 * HOUR),
    remaining: fc.constantFrom(null, 0, 500, 1000),
    series: fc.constantFrom(a, b),
    after: fc.constantFrom("nothing", "nothing", "read", "restart"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const directory = mkdtempSync(join(root, "run-"));
      now = T;
      let store = open(directory);
      const model = new Map<string, Span[]>();
      for (const { wait: pause, remaining, series, after } of steps) {
        now += pause;
        store.record(series, sampleFor(series, now, remaining));
        const spans = model.get(series.sourceId) ?? [];
        const next = nextSpan(spans.at(-1) ?? null, sampleFor(series, now, remaining), gapLimit(series.intervalMs));
        model.set(series.sourceId, [...(next.type === "same" ? spans.slice(0, -1) : spans), next.span]);
        if (after === "read") await store.query({ sourceIds: null, from: T, to: now, resolution: "hour" });
        if (after !== "restart") continue;
        await store.close();
        store = open(directory);
      }
      const time = { from: T, to: now, gapMs: gapLimit(a.intervalMs) };
      for (const series of [a, b]) {
        const [found] = await store.query({ sourceIds: [series.sourceId], from: T, to: now, resolution: "raw" });
        const spans = model.get(series.sourceId) ?? [];
        expect(found?.points ?? []).toEqual(pointsOfSpans(spans, series.unit, time));
      }
      await store.close();
      rmSync(directory, { recursive: true });
    }),
    { numRuns: 40 },
  );
  expect(logged).toEqual([]);
});
