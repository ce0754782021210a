import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

const SCRIPT = join(import.meta.dirname, "history-cycle.ts");

const floorSchema = z.object({ samples: z.number(), writeMs: z.number(), bytes: z.number() });
const cycleSchema = floorSchema.extend({
  singleMs: z.number(),
  firstViewMs: z.number(),
  views: z.record(z.string(), z.object({ ms: z.number(), points: z.number() })),
  rows: z.object({ samples: z.number(), hours: z.number(), days: z.number() }),
});

/** What ninety days of fifty meters cost, as lines to print: beside a table of plain rows, and with meters that change as usual. */
export function historyLines(): string[] {
  const floor = run("floor", floorSchema);
  const busy = run("busy", cycleSchema);
  const usual = run("usual", cycleSchema);
  return [
    `History: 90 days of 50 meters read each 5 minutes, ${busy.samples.toLocaleString("en")} readings`,
    line("plain rows of one table", floor, ""),
    line("every meter changes each time", busy, cycleWords(busy)),
    line("a third of them, in working hours", usual, cycleWords(usual)),
    "Views of all 50 meters at once, in milliseconds (points):",
    `  every meter changes each time       ${viewWords(busy)}`,
    `  a third of them, in working hours   ${viewWords(usual)}`,
  ];
}

function line(what: string, { samples, writeMs, bytes }: z.infer<typeof floorSchema>, more: string): string {
  const perSample = ((writeMs / samples) * 1000).toFixed(1).padStart(5);
  return `  ${what.padEnd(35)} ${(bytes / 1e6).toFixed(1).padStart(6)} MB  ${perSample} µs of CPU a reading${more}`;
}

function cycleWords({ singleMs, firstViewMs }: z.infer<typeof cycleSchema>): string {
  return `, ${(singleMs * 1000).toFixed(0)} µs alone; opened and shown in ${firstViewMs.toFixed(0)} ms`;
}

function viewWords({ views }: z.infer<typeof cycleSchema>): string {
  return Object.entries(views)
    .map(([range, { ms, points }]) => `${range} ${ms.toFixed(0)} (${points.toLocaleString("en")})`)
    .join("  ");
}

function run<T>(kind: string, schema: z.ZodType<T>): T {
  const directory = mkdtempSync(join(tmpdir(), "plimsoll-bench-history-"));
  try {
    const ended = spawnSync(process.execPath, [SCRIPT, kind, directory], { encoding: "utf8", timeout: 600_000 });
    if (ended.status !== 0) throw new Error(`history-cycle.ts ${kind} ended with ${ended.status}: ${ended.stderr}`);
    return schema.parse(JSON.parse(ended.stdout));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
