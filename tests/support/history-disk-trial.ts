// What history does on a disk that refuses: `node history-disk-trial.ts full|read-only DIR`, DIR being a small file system of its
// own. Prints one JSON object.
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createHistoryStore } from "../../main/host/history/history-store.ts";
import { readHistory } from "../../main/host/history/read-history.ts";
import { sampleFor, seriesFor } from "./history-samples.ts";

const [trial = "", disk = ""] = process.argv.slice(2);
const profile = join(disk, "profile");
const logged: string[] = [];
let now = Date.UTC(2026, 10, 20);
const open = () =>
  createHistoryStore({ directory: profile, logger: { log: (_, event) => void logged.push(event) }, now: () => now });
const series = Array.from({ length: 20 }, (_, index) => seriesFor(`s${index}`));
const everything = { sourceIds: ["s7"], from: 0, resolution: "raw" } as const;
let polls = 0;

function poll(store: ReturnType<typeof open>): void {
  now += 60_000;
  polls += 1;
  for (const one of series) store.record(one, sampleFor(one, now, polls));
}

async function kept(store: ReturnType<typeof open>): Promise<number> {
  const [found] = await store.query({ ...everything, to: now });
  return new Set(found?.points.map(({ remaining }) => remaining)).size;
}

async function problem(store: ReturnType<typeof open>): Promise<string | null> {
  const status = await store.status();
  return status.kind === "on" ? status.problem : `off: ${status.reason}`;
}

async function onFullDisk() {
  const store = open();
  poll(store);
  const before = await kept(store);
  fillDisk();
  let tries = 0;
  // What SQLite has room for in its files comes first.
  while ((await problem(store)) === null && tries < 2_000) {
    poll(store);
    await store.alertLog({ limit: 0, before: null });
    tries += 1;
  }
  const full = await problem(store);
  const whileFull = await kept(store);
  for (let count = 0; count < 10; count += 1) poll(store);
  rmSync(join(disk, "filler"));
  const afterwards = await kept(store);
  const end = await problem(store);
  await store.close();
  const again = open();
  const restarted = await kept(again);
  await again.close();
  return { before, full, whileFull, polls, afterwards, end, restarted, logged };
}

function fillDisk(): void {
  const file = openSync(join(disk, "filler"), "w");
  for (const size of [65_536, 4_096, 512]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch {
      // No room for a piece of this size.
    }
  }
  closeSync(file);
}

async function onReadOnlyDisk() {
  mkdirSync(profile);
  const first = open();
  poll(first);
  await first.close();
  spawnSync("mount", ["-o", "remount,ro", disk]);
  const store = open();
  poll(store);
  const status = await store.status();
  const found = await kept(store);
  await store.close();
  const read = await readHistory(profile);
  const readable = read.ok ? read.reader.query({ ...everything, to: now }).length : read;
  return { status, found, readable, logged };
}

const result = trial === "full" ? await onFullDisk() : await onReadOnlyDisk();
process.stdout.write(`${JSON.stringify(result)}\n`);
