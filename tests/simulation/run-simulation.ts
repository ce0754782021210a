import type { SourceConfig } from "../../app/settings/schema.ts";
import { emptyDisk } from "./app-under-test.ts";
import { createAsk } from "./ask-gateway.ts";
import { createLife } from "./life.ts";
import { createOracle } from "./oracle/oracle.ts";
import type { AmountsLeft } from "./oracle/step-alerts.ts";
import { createTrace } from "./trace.ts";
import { createViolations, type Violation } from "./violations.ts";
import { createChance } from "./world/chance.ts";
import { createComputer } from "./world/computer.ts";
import { createWorld, type ModelSource } from "./world/fleet.ts";
import { planUser } from "./world/user-plan.ts";

export interface SimulationOptions {
  readonly days: number;
  readonly sources: number;
  readonly seed: string;
  /** How many times the app ends, well or by a power cut, and is started again. */
  readonly restarts: number;
  /** How often most sources are polled. */
  readonly intervalSeconds: number;
  /** So many times as much as usual the user does, and happens to the computer. */
  readonly bustle?: number;
  /** Ends it earlier, in the same world: to look again at something that happened in its first days. */
  readonly stopAfterDays?: number;
}

/** What a run is unless told otherwise. */
export const STANDARD: Omit<SimulationOptions, "seed"> = {
  days: 60,
  sources: 200,
  restarts: 100,
  intervalSeconds: 3_600,
};

export interface SimulationResult {
  readonly options: SimulationOptions;
  readonly violations: readonly Violation[];
  readonly counts: {
    readonly polls: number;
    readonly reads: number;
    readonly failures: number;
    readonly alerts: number;
    readonly starts: number;
    readonly actions: number;
    /** Alerts that the ledger had for told when the power went, before anybody heard of them. */
    readonly lostInCrash: number;
    readonly timers: number;
  };
  /** By the clock, and of the processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** A Monday in spring: two months from it hold a change to summer time. */
const START = Date.parse("2026-03-02T00:00:00Z");
const SWEEP_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** What is shown is compared with what was told so often, and whenever somebody looks. */
const LOOK_MS = 20 * MINUTE_MS;

const THRESHOLDS = [20, 10, 5, 0];
const FAILING_MINUTES = 120;
const AMOUNTS = [
  { currency: "USD", below: 5 },
  { currency: "USD", below: 1 },
  { currency: "EUR", below: 10 },
];

/** Lets the app live through some weeks of a world that follows from the seed, and says what went wrong. `onEvent` hears all of it. */
export async function runSimulation(
  options: SimulationOptions,
  onEvent?: (subject: string, line: string) => void,
): Promise<SimulationResult> {
  await loadWhatIsLoadedLate();
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const chance = createChance(options.seed);
  const world = createWorld(START, options.days, options.sources, chance.fork("world"));
  const trace = createTrace(onEvent);
  const badTimers: number[] = [];
  const mistakes: unknown[] = [];
  const computer = createComputer(START, (at) => badTimers.push(at));
  const violations = createViolations(computer.now, trace);
  const oracle = createOracle({
    world,
    now: computer.now,
    wall: computer.wall,
    trace,
    violations,
    preferences: {
      intervalSeconds: options.intervalSeconds,
      thresholds: THRESHOLDS,
      amountsLeft: amountsInMicros(),
      failingMinutes: FAILING_MINUTES,
    },
  });
  const models = new Map(world.sources.map((source) => [source.id, source]));
  const asking = {
    computer,
    sources: models,
    chance: chance.fork("network"),
    isOnline: (): boolean => life.isOnline(),
    onBegan: oracle.pollBegan,
    onEnded: oracle.pollEnded,
  };
  const life = createLife({
    computer,
    disk: emptyDisk(settingsOf(world.sources, options.intervalSeconds)),
    oracle,
    events: planUser(world, { restarts: options.restarts, bustle: options.bustle ?? 1 }, chance.fork("user")),
    app: {
      chance: chance.fork("app"),
      poll: (appProcess) => createAsk(asking, appProcess),
      onTold: oracle.told,
      onLogged: oracle.logged,
      onMistake: (error) => mistakes.push(error),
    },
    chance: chance.fork("life"),
    usualSeconds: options.intervalSeconds,
    trace,
    violations,
  });

  life.begin();
  const every = (ms: number, run: () => void): void => {
    computer.at(computer.now() + ms, () => {
      if (violations.isFull()) return;
      run();
      every(ms, run);
    });
  };
  every(SWEEP_MS, oracle.sweep);
  every(LOOK_MS, () => {
    const state = life.shown();
    if (state !== null) oracle.shown(state);
  });
  const days = Math.min(options.days, options.stopAfterDays ?? options.days);
  for (let day = 1; day <= days && !violations.isFull() && mistakes.length === 0; day += 1)
    await computer.runUntil(START + day * DAY_MS);
  const ended = life.end();
  await computer.runUntil(computer.now() + MINUTE_MS);
  await ended;
  for (const mistake of mistakes) throw mistake;
  for (const at of badTimers.slice(0, 1)) violations.report("left-running", null, `a timer was set for ${at}`);
  return {
    options,
    violations: violations.all,
    counts: {
      ...oracle.counts,
      starts: life.counts.starts,
      actions: life.counts.actions,
      timers: computer.appTimersRun(),
    },
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: process.cpuUsage(cpuBefore).user / 1e6,
  };
}

/** A module that is loaded while virtual time stands still would be there too late. */
async function loadWhatIsLoadedLate(): Promise<void> {
  await Promise.all([
    import("../../app/contract/dispatch.ts"),
    import("../../app/engine-handlers.ts"),
    import("../../app/alerts/quiet-hours.ts"),
  ]);
}

function settingsOf(sources: readonly ModelSource[], intervalSeconds: number): unknown {
  return {
    version: 1,
    preferences: {
      intervalSeconds,
      thresholds: THRESHOLDS,
      alertRules: {
        amountsLeft: AMOUNTS,
        runwayDays: 2,
        beforeReset: true,
        failingMinutes: FAILING_MINUTES,
        quotaBack: true,
      },
    },
    sources: sources.map(configOf),
  };
}

function configOf(source: ModelSource): Partial<SourceConfig> {
  const { id, kind, baseUrl, spareBaseUrl, intervalSeconds, thresholds, keyInFile } = source;
  return {
    id,
    kind,
    label: id,
    baseUrl,
    credential: keyInFile
      ? { type: "file", path: `/home/user/${id}.json`, pointer: "/key", origin: baseUrl }
      : { type: "env", name: `KEY_${id}` },
    intervalSeconds,
    thresholds: thresholds === null ? null : [...thresholds],
    spareBaseUrls: spareBaseUrl === null ? [] : [spareBaseUrl],
  };
}

function amountsInMicros(): AmountsLeft {
  const byCurrency: Record<string, number[]> = {};
  for (const { currency, below } of AMOUNTS) {
    byCurrency[currency] = [...(byCurrency[currency] ?? []), below * 1_000_000];
  }
  return byCurrency;
}
