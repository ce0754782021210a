// `npm run bench`: what Plimsoll costs, as a ratio to the bare floor measured beside it in the same minute.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { historyLines } from "./history-rows.ts";
import { BENCH_KEY, targets } from "./targets.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const STATUS_RUNS = 25;
const CYCLE_SOURCES = 500;
const CYCLE_TURNS = 4;
const AIM = 1.5;

interface Row {
  readonly what: string;
  readonly plimsoll: number;
  readonly floor: number;
}

const compiled = spawnSync(process.execPath, [join(ROOT, "build/compile.mjs"), "cli"], { stdio: "inherit" });
if (compiled.status !== 0) process.exit(1);
const gateways = spawn(process.execPath, [join(ROOT, "tests/bench/gateway-server.ts"), "250"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const profile = mkdtempSync(join(tmpdir(), "plimsoll-bench-"));
try {
  const ports = await firstLine(gateways);
  console.log(`${cpus()[0]?.model ?? "unknown CPU"} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
  const rows = [statusRow(ports, 1), statusRow(ports, 50), cycleRow(ports)];
  for (const row of rows) print(row);
  console.log(`\nMedians. The aim is ${AIM} × the floor or better.\n`);
  for (const line of historyLines()) console.log(line);
} finally {
  gateways.stdin?.end();
  rmSync(profile, { recursive: true, force: true });
}

/** Whole process, wall time: started, polled, printed, ended. The two take turns, so that both see the same machine. */
function statusRow(ports: string, count: number): Row {
  writeFileSync(
    join(profile, "settings.json"),
    JSON.stringify({
      version: 1,
      sources: targets([ports, String(count)]).map((baseUrl, index) => ({
        id: `g${index}`,
        kind: "neutral",
        label: `Gateway ${index}`,
        baseUrl,
        credential: { type: "env", name: "BENCH_KEY" },
      })),
    }),
  );
  const plimsoll: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < STATUS_RUNS + 2; run += 1) {
    const ours = timed([join(ROOT, "dist/cli/plimsoll.cjs"), "status", "--json", "--profile", profile]);
    const bare = timed([join(ROOT, "tests/bench/floor-status.mjs"), ports, String(count)]);
    const { sources } = z.object({ sources: z.array(z.object({ state: z.string() })) }).parse(JSON.parse(ours.output));
    if (sources.length !== count || sources.some(({ state }) => state !== "fresh")) {
      throw new Error("status did not read every gateway");
    }
    // The first runs fill the file cache and Node's compile cache, as on any second use.
    if (run < 2) continue;
    plimsoll.push(ours.ms);
    floor.push(bare.ms);
  }
  return {
    what: `status, ${count} gateway${count === 1 ? "" : "s"}, whole process (wall)`,
    ...medians(plimsoll, floor),
  };
}

/** CPU of warm processes. They take turns, so that a busy moment of the machine does not hit one of them alone. */
function cycleRow(ports: string): Row {
  const cost = (script: string): number[] =>
    z
      .array(z.number())
      .parse(JSON.parse(timed([join(ROOT, "tests/bench", script), ports, String(CYCLE_SOURCES)]).output));
  const plimsoll: number[] = [];
  const floor: number[] = [];
  for (let turn = 0; turn < CYCLE_TURNS; turn += 1) {
    plimsoll.push(...cost("engine-cycle.ts"));
    floor.push(...cost("floor-cycle.ts"));
  }
  return { what: `one poll cycle, ${CYCLE_SOURCES} sources, engine (CPU)`, ...medians(plimsoll, floor) };
}

function timed(args: readonly string[]): { ms: number; output: string } {
  const started = performance.now();
  const run = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, BENCH_KEY },
    timeout: 120_000,
    maxBuffer: 64 * 2 ** 20,
  });
  const ms = performance.now() - started;
  if (run.status !== 0) throw new Error(`${args[0]} ended with ${run.status}: ${run.stderr}`);
  return { ms, output: run.stdout };
}

function medians(plimsoll: readonly number[], floor: readonly number[]): { plimsoll: number; floor: number } {
  return { plimsoll: median(plimsoll), floor: median(floor) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print({ what, plimsoll, floor }: Row): void {
  const ratio = plimsoll / floor;
  const verdict = ratio <= AIM ? "" : "  above the aim";
  console.log(
    `${what.padEnd(46)} ${plimsoll.toFixed(0).padStart(6)} ms  floor ${floor.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)} ×${verdict}`,
  );
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no output to read");
  const [chunk] = await once(child.stdout, "data");
  return String(chunk).trim();
}
