// Ninety days of fifty meters, read each five minutes: `node history-cycle.ts busy|usual|floor DIR`. `busy`: every meter changes each
// time; `usual`: in working hours, and a third of them. `floor`: all of it as plain rows of one table, without thought. Prints JSON.
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { RANGES } from "../../app/history/range.ts";
import type { MeterSample, SeriesDescription } from "../../app/history/sample.ts";
import type { HistoryRange } from "../../app/history/series.ts";
import type { HistoryStore } from "../../app/ports.ts";
import { createHistoryStore, HISTORY_NAME } from "../../main/host/history/history-store.ts";

const METERS = 50;
const DAYS = 90;
const POLL_MS = 300_000;
const HOUR = 3_600_000;
const WINDOW_MS = 5 * HOUR;
const START = Date.UTC(2026, 0, 5);
const LIMIT = 40_000_000;
/** Of single writes, and of each view. */
const TURNS = 9;

const [kind = "busy", directory = ""] = process.argv.slice(2);
const remaining = Array.from({ length: METERS }, () => LIMIT);
let now = START;

const series = Array.from({ length: METERS }, (_, index): SeriesDescription => {
  return {
    sourceId: `0b9f1c0e-2a61-4f0f-9f0e-6f1f6f6c3d${index}`,
    sourceLabel: `Gateway ${index}`,
    meterId: "cost",
    label: { key: "meter.cost" },
    unit: { kind: "money", currency: "USD" },
    windowKind: "rolling",
    intervalMs: POLL_MS,
  };
});

/** The next reading of a meter; a simple generator of its own, so that each run is the same. */
let state = 1;
function chance(): number {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}

function read(index: number): MeterSample {
  const hour = Math.floor(now / HOUR) % 24;
  const isUsed = kind !== "usual" || (hour >= 8 && hour < 18 && index % 3 === 0);
  const begun = now % WINDOW_MS < POLL_MS;
  const before = begun ? LIMIT : (remaining[index] ?? 0);
  const left = isUsed ? Math.max(0, before - 1 - Math.floor(chance() * 400_000)) : before;
  remaining[index] = left;
  return {
    sourceId: series[index]?.sourceId ?? "",
    meterId: "cost",
    at: now,
    remaining: left,
    used: LIMIT - left,
    limit: LIMIT,
    resetsAt: (Math.floor(now / WINDOW_MS) + 1) * WINDOW_MS,
  };
}

process.stdout.write(`${JSON.stringify(kind === "floor" ? floor() : await plimsoll())}\n`);

/** The whole of it into one table, a transaction for each round of polls. */
function floor() {
  const path = join(directory, "floor.db");
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE samples (
    at INTEGER, source TEXT, meter TEXT, remaining REAL, used REAL, "limit" REAL, resets_at INTEGER) STRICT`);
  const insert = db.prepare("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?)");
  const begun = process.cpuUsage();
  let samples = 0;
  for (; now < START + DAYS * 24 * HOUR; now += POLL_MS) {
    db.exec("BEGIN");
    for (let index = 0; index < METERS; index += 1, samples += 1) {
      const one = read(index);
      insert.run(one.at, one.sourceId, one.meterId, one.remaining, one.used, one.limit, one.resetsAt);
    }
    db.exec("COMMIT");
  }
  const writeMs = cpuMs(begun);
  db.close();
  return { samples, writeMs, bytes: statSync(path).size };
}

async function plimsoll() {
  const store = createHistoryStore({ directory, logger: { log: () => undefined }, now: () => now });
  const begun = process.cpuUsage();
  let samples = 0;
  for (; now < START + DAYS * 24 * HOUR; now += POLL_MS) {
    for (const [index, one] of series.entries()) store.record(one, read(index));
    samples += METERS;
    // Writes what has gathered, without the wait.
    await store.alertLog({ limit: 0, before: null });
  }
  const writeMs = cpuMs(begun);
  const singleMs = await singles(store);
  const views = await viewsOf(store);
  await store.close();
  const path = join(directory, HISTORY_NAME);
  const opening = performance.now();
  const again = createHistoryStore({ directory, logger: { log: () => undefined }, now: () => now });
  await view(again, "day");
  const firstViewMs = performance.now() - opening;
  const status = await again.status();
  await again.close();
  return { samples, writeMs, singleMs, views, firstViewMs, bytes: statSync(path).size, rows: rowsOf(status) };
}

/** Milliseconds to write one sample alone, as when polls are spread over the five minutes: the median. */
async function singles(store: HistoryStore): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS * METERS; turn += 1) {
    now += POLL_MS / METERS;
    const index = turn % METERS;
    const one = series[index];
    if (one === undefined) continue;
    const begun = performance.now();
    store.record(one, { ...read(index), remaining: turn });
    await store.keepOnly(new Set(series.map(({ sourceId }) => sourceId)));
    times.push(performance.now() - begun);
  }
  return median(times);
}

async function viewsOf(store: HistoryStore) {
  const views: Record<string, { ms: number; points: number }> = {};
  for (const range of ["day", "week", "month", "quarter"] as const) {
    const times: number[] = [];
    let points = 0;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const begun = performance.now();
      points = await view(store, range);
      times.push(performance.now() - begun);
    }
    views[range] = { ms: median(times), points };
  }
  return views;
}

/** What the history page asks for: all meters. Returns how many points there are to draw. */
async function view(store: HistoryStore, range: HistoryRange): Promise<number> {
  const { lengthMs, resolution } = RANGES[range];
  const found = await store.query({ sourceIds: null, from: now - lengthMs, to: now, resolution });
  return found.reduce((sum, one) => sum + one.points.length, 0);
}

function rowsOf(status: Awaited<ReturnType<HistoryStore["status"]>>) {
  if (status.kind === "off") throw new Error(`history is off: ${status.reason}`);
  return status.rows;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
