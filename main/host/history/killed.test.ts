import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bucketsOf } from "../../../app/history/buckets.ts";
import { bucketsBetween } from "./bucket-rows.ts";
import { readFact } from "./facts.ts";
import { HISTORY_NAME } from "./history-store.ts";
import { readHistory } from "./read-history.ts";
import { readSeries } from "./series-rows.ts";
import { spansBetween } from "./span-rows.ts";
import { numberOf } from "./sqlite.ts";

const ROUNDS = 5;
const HOUR = 3_600_000;
const WRITER = join(import.meta.dirname, "../../../tests/support/record-until-killed.ts");

let root: string;
let child: ChildProcess | null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-killed-"));
  child = null;
});
afterEach(() => {
  child?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

/** Lets a host record from `first` on and kills it in the middle; returns the numbers that had to be on the disk by then. */
async function recordAndKill(first: number, afterMs: number): Promise<number[]> {
  child = spawn(process.execPath, [WRITER, root, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  const ready = new Promise<void>((resolve) => {
    child?.stdout?.on("data", (chunk) => {
      printed += String(chunk);
      // The first that is due has been through one write at least.
      if (printed.includes("due ")) resolve();
    });
  });
  await Promise.race([ready, once(child, "exit")]);
  await wait(afterMs);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(printed).not.toMatch(/^log /m);
  return [...printed.matchAll(/^due (\d+)$/gm)].map(([, number]) => Number(number));
}

test("a host that is killed at any moment loses at most its last second, and leaves no broken file", {
  timeout: 120_000,
}, async () => {
  const due = new Set<number>();
  const pauses: number[] = [];
  let rolledUp = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const pause = Math.floor(Math.random() * 700);
    pauses.push(pause);
    // Each round's clock begins after all of the rounds before it.
    const numbers = await recordAndKill(round * 100_000, pause);
    const told = `killed ${pauses.join(", ")} ms after the first was due`;
    expect(numbers.length, told).toBeGreaterThan(0);
    for (const number of numbers) due.add(number);

    const read = await readHistory(root);
    if (!read.ok) throw new Error(`${read.reason} (${read.detail}); ${told}`);
    const found = read.reader.query({ sourceIds: null, from: 0, to: Date.UTC(2100, 0, 1), resolution: "raw" });
    read.reader.close();
    expect(found.map(({ sourceId }) => sourceId)).toEqual(["s0", "s1", "s2", "s3", "s4"]);
    for (const { points } of found) {
      const kept = new Set(points.map(({ remaining }) => remaining));
      expect(
        [...due].filter((number) => !kept.has(number)),
        told,
      ).toEqual([]);
    }
    rolledUp = Math.max(rolledUp, checkWhole(told));
  }
  // Or else nothing was tried but plain writing.
  expect(rolledUp).toBeGreaterThan(0);
  expect(readdirSync(root).filter((name) => name.includes("corrupt"))).toEqual([]);
});

/** SQLite finds nothing wrong, every meter has the same rows, and what was rolled up is what the rows say. Returns how many hours. */
function checkWhole(told: string): number {
  const db = new DatabaseSync(join(root, HISTORY_NAME), { readOnly: true });
  try {
    expect(db.prepare("PRAGMA integrity_check").get(), told).toEqual({ integrity_check: "ok" });
    const counts = db.prepare("SELECT count(*) AS n FROM samples GROUP BY series").all();
    expect(new Set(counts.map(({ n }) => n)).size, told).toBe(1);
    const rolledUntil = readFact(db, "rolled-until") ?? 0;
    const from = numberOf(db, "SELECT min(at) FROM samples") ?? 0;
    const all = readSeries(db);
    const ids = all.map(({ id }) => id);
    const hours = bucketsBetween(db, "hours", ids, 0, rolledUntil);
    const spans = spansBetween(db, ids, from, rolledUntil);
    for (const { id, series } of all) {
      const expected = bucketsOf(spans.get(id) ?? [], series.unit, { from, to: rolledUntil, sizeMs: HOUR });
      expect(hours.get(id) ?? [], told).toEqual(expected);
    }
    return hours.size;
  } finally {
    db.close();
  }
}
