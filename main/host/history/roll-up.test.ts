import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bucketsOf, mergeBuckets } from "../../../app/history/buckets.ts";
import { gapLimit } from "../../../app/history/gap.ts";
import { pointsOfBuckets } from "../../../app/history/points.ts";
import { RESOLUTION_MS } from "../../../app/history/resolution.ts";
import { nextSpan, type Span } from "../../../app/history/span.ts";
import type { HistoryStore } from "../../../app/ports.ts";
import { sampleFor, seriesFor } from "../../../tests/support/history-samples.ts";
import { createHistoryStore, HISTORY_NAME } from "./history-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 6, 1);

let root: string;
let now: number;
let logged: string[];
let store: HistoryStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-rollup-"));
  now = START;
  logged = [];
  store = open();
});
afterEach(async () => {
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

function open(mostBytes?: number): HistoryStore {
  const logger = { log: (_: string, event: string) => void logged.push(event) };
  const options = { directory: root, logger, now: () => now };
  return createHistoryStore(mostBytes === undefined ? options : { ...options, mostBytes });
}

const series = seriesFor("a", { intervalMs: 20 * MINUTE });
const GAP = gapLimit(series.intervalMs);

/** What must be known of the series, without any database. */
class Model {
  spans: Span[] = [];
  say(at: number, remaining: number | null): void {
    const step = nextSpan(this.spans.at(-1) ?? null, sampleFor(series, at, remaining), GAP);
    if (step.type === "same") this.spans.pop();
    this.spans.push(step.span);
  }
  points(from: number, to: number, resolution: "hour" | "four-hours" | "day") {
    const hours = bucketsOf(this.spans, series.unit, { from: START, to: to + 1, sizeMs: HOUR });
    const sizeMs = RESOLUTION_MS[resolution];
    const begin = Math.floor(from / sizeMs) * sizeMs;
    const buckets = mergeBuckets(
      hours.filter(({ at }) => at >= begin),
      sizeMs,
    );
    return pointsOfBuckets(
      buckets.filter(({ lastAt }) => lastAt >= from),
      GAP,
    );
  }
}

/** Says something each 20 minutes, written as it would be in time. */
async function live(model: Model, untilAt: number, remaining: (at: number) => number | null | "silent"): Promise<void> {
  for (; now < untilAt; now += 20 * MINUTE) {
    const value = remaining(now);
    if (value === "silent") continue;
    store.record(series, sampleFor(series, now, value));
    model.say(now, value);
    // What gathers is written: asking is what a view does.
    await store.alertLog({ limit: 0, before: null });
  }
}

async function shown(from: number, resolution: "raw" | "hour" | "four-hours" | "day") {
  const [found] = await store.query({ sourceIds: null, from, to: now, resolution });
  return found?.points ?? [];
}

const rows = async () => {
  const status = await store.status();
  if (status.kind !== "on") throw new Error(`history is off: ${status.reason}`);
  return status.rows;
};

describe("views by hour, four hours and day", () => {
  test("say what was read, whenever they are asked for and whenever the host starts anew", async () => {
    const model = new Model();
    const figures = (at: number) => {
      const minute = Math.floor((at - START) / MINUTE);
      if (minute % 4000 > 3000 && minute % 4000 < 3400) return "silent";
      if (minute % 1500 === 0) return null;
      return minute % 900 > 500 ? 1000 : Math.max(0, 1000 - (minute % 1237));
    };
    for (const stop of [5.4 * HOUR, 6 * HOUR, 23.9 * HOUR, 24.1 * HOUR, 3.5 * DAY, 7 * DAY + 20 * MINUTE]) {
      await live(model, START + stop, figures);
      for (const resolution of ["hour", "four-hours", "day"] as const) {
        for (const from of [START, now - 30 * HOUR - 7]) {
          expect(await shown(from, resolution)).toEqual(model.points(from, now, resolution));
        }
      }
      await store.close();
      store = open();
    }
    expect(await rows()).toMatchObject({ days: 7 });
  });

  test.each([
    ["the only meter", ["a"]],
    ["whichever meter", ["a", "b"]],
  ])("know what is still so when a reading of %s ends the hour", { timeout: 60_000 }, async (_, ids) => {
    const meters = ids.map((id) => ({ one: seriesFor(id), model: new Model() }));
    const compare = async () => {
      for (const { one, model } of meters) {
        for (const resolution of ["hour", "day"] as const) {
          const [found] = await store.query({ sourceIds: [one.sourceId], from: START, to: now, resolution });
          expect(found?.points ?? []).toEqual(model.points(START, now, resolution));
        }
      }
    };
    await store.status();
    // Each is read every 220 s, in turns, so that hours end at any moment between two writes; what it says changes every three hours.
    for (let turn = 0; now < START + 29 * HOUR; turn += 1, now += 110_000) {
      const meter = meters[turn % 2];
      if (meter === undefined) continue;
      const remaining = 1000 - Math.floor((now - START) / (3 * HOUR));
      store.record(meter.one, sampleFor(meter.one, now, remaining));
      meter.model.say(now, remaining);
      // Writes what waits, as in time; to look at something would write more.
      await store.keepOnly(new Set(ids));
      if (turn % 193 === 0) await compare();
    }
    await compare();
  });

  test("are made good when the host was off as an hour ended", async () => {
    const model = new Model();
    await live(model, START + 90 * MINUTE, (at) => 1000 - (at - START) / MINUTE);
    await store.close();
    now = START + 50 * HOUR;
    store = open();
    await live(model, START + 52 * HOUR, () => 400);
    expect(await shown(START, "hour")).toEqual(model.points(START, now, "hour"));
    expect((await shown(START, "day")).map(({ remaining, gapBefore }) => [remaining, gapBefore])).toEqual([
      [920, false],
      [400, true],
    ]);
  });

  test("are made anew where a clock was set back", async () => {
    const model = new Model();
    await live(model, START + 10 * HOUR, () => 900);
    now = START + 5 * HOUR;
    await live(model, START + 12 * HOUR, () => 300);
    const hours = await shown(START, "hour");
    expect(hours.map(({ remaining }) => remaining)).toEqual([...Array(5).fill(900), ...Array(7).fill(300)]);
  });
});

describe("what is too old", () => {
  test("goes, by the kind of row; a year is still drawn by days", { timeout: 60_000 }, async () => {
    const model = new Model();
    const figures = (at: number) => (Math.floor(at / HOUR) % 3 === 0 ? "silent" : 500 + ((at / MINUTE) % 400));
    await live(model, START + 120 * DAY, figures);
    const { samples, hours, days } = await rows();
    expect(samples).toBeLessThan(9 * 72);
    expect(samples).toBeGreaterThan(8 * 40);
    expect(hours).toBeLessThan(101 * 16);
    expect(hours).toBeGreaterThan(99 * 16);
    expect(days).toBe(120);
    expect(await shown(START, "day")).toEqual(model.points(START, now, "day"));
    expect(await shown(now - 90 * DAY, "hour")).toEqual(model.points(now - 90 * DAY, now, "hour"));
    expect((await shown(START, "raw"))[0]?.at).toBeLessThan(now - 8 * DAY + HOUR);
    expect(logged).toEqual([]);
  });

  test("does not go because a clock stood wrong for an hour", async () => {
    const model = new Model();
    await live(model, START + 2 * DAY, (at) => (at / MINUTE) % 1000);
    const before = await rows();
    const right = now;
    now = START + 900 * DAY;
    await live(new Model(), now + 2 * HOUR, (at) => (at / MINUTE) % 1000);
    now = right;
    await live(model, right + 5 * HOUR, (at) => (at / MINUTE) % 1000);
    const after = await rows();
    expect(after.samples).toBeGreaterThan(before.samples);
    expect(after.hours).toBeGreaterThan(before.hours);
    expect(await shown(START, "hour")).toEqual(model.points(START, now, "hour"));
  });

  test("is not rolled up again from what is left of it, when a clock is set back that far", async () => {
    const model = new Model();
    const figures = (at: number) => (at / MINUTE) % 1000;
    await live(model, START + 12 * DAY, figures);
    const before = await shown(START, "hour");
    const right = now;
    now = START + 2 * DAY;
    await live(new Model(), now + 3 * HOUR, () => 5);
    now = right;
    await live(model, right + 2 * HOUR, figures);
    expect((await shown(START, "hour")).slice(0, before.length)).toEqual(before);
  });

  test("never is what still holds true", async () => {
    const model = new Model();
    await live(model, START + 30 * DAY, () => 700);
    const points = await shown(START, "raw");
    expect(points.map(({ at, remaining }) => [at, remaining])).toEqual([
      [START, 700],
      [now - 20 * MINUTE, 700],
    ]);
  });
});

describe("what is too much", () => {
  test("goes oldest first, and the file gets smaller", { timeout: 60_000 }, async () => {
    await store.close();
    const bound = 400_000;
    store = open(bound);
    const many = Array.from({ length: 60 }, (_, index) => seriesFor(`s${String(index).padStart(2, "0")}`));
    for (let poll = 0; poll < 400; poll += 1, now += 5 * MINUTE) {
      for (const one of many) store.record(one, sampleFor(one, now, (poll * 7) % 1000));
      await store.alertLog({ limit: 0, before: null });
    }
    expect(logged).toContain("history-trimmed");
    const raw = await shown(START, "raw");
    expect(raw.at(-1)?.at).toBe(now - 5 * MINUTE);
    expect(raw[0]?.at).toBeGreaterThan(START);
    // Rolled up before they went.
    expect((await shown(START, "hour"))[0]?.from).toBe(START);
    const all = await store.query({ sourceIds: null, from: START, to: now, resolution: "hour" });
    expect(all).toHaveLength(60);
    await store.close();
    expect(statSync(join(root, HISTORY_NAME)).size).toBeLessThanOrEqual(bound);
  });

  test("hours go when there are no other rows to spare, and the newest figures stay", async () => {
    await store.close();
    store = open(60_000);
    for (let hour = 0; hour < 24 * 60; hour += 1, now += HOUR) {
      store.record(series, sampleFor(series, now, hour % 1000));
      await store.alertLog({ limit: 0, before: null });
    }
    const hours = await shown(START, "hour");
    expect(hours[0]?.from).toBeGreaterThan(START);
    expect(hours.at(-1)?.at).toBe(now - HOUR);
    expect((await rows()).days).toBe(60);
  });
});
