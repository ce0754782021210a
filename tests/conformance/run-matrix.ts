import { existsSync } from "node:fs";
import { percentRemaining } from "../../app/quota/meter.ts";
import { type Reading, readingSchema } from "../../app/quota/reading.ts";
import { sources as registry } from "../../app/sources/registry.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { createTransport } from "../../main/host/transport.ts";
import { serveLoopback } from "../fault-gateway/loopback.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import { loadScenarios, type Scenario } from "../scenarios/scenario.ts";
import { serveScenario } from "../scenarios/scenario-server.ts";
import { type ConformanceFault, conformanceFaults } from "./faults.ts";
import { type PolledScenario, pollScenario } from "./poll-scenario.ts";

/** What one source made of one fault. */
export interface Cell {
  readonly source: string;
  readonly fault: string;
  /** "reading", a cause, or "crashed". */
  readonly result: string;
  /** What is wrong with it, in words; empty where it is as it must be. */
  readonly problems: readonly string[];
}

/** Polls that hang end after this. */
const DEADLINE_MS = 400;
/** Beyond the deadline, on a loaded machine. */
const PATIENCE_MS = 5_000;
const MOST_BYTES = 2 * 1024 * 1024;
const AT_ONCE = 12;

/** The fixtures of a registered source. Throws when it has none. */
export function fixturesOf({ id, group }: Pick<RegisteredSource, "id" | "group">): ReadonlyMap<string, Scenario> {
  const folder = new URL(`../../app/sources/${group}s/${id}/fixtures/`, import.meta.url);
  if (!existsSync(folder)) throw new Error(`${id} has no fixtures`);
  return loadScenarios(folder);
}

/** Runs every source against every fault over real HTTP on loopback. */
export async function runFaultMatrix(sources: readonly RegisteredSource[] = registry): Promise<readonly Cell[]> {
  const taken: string[] = [];
  const elsewhere = await serveLoopback((request, response) => {
    taken.push(request.url ?? "");
    response.end("{}");
  });
  const http = createTransport({ env: {} });
  try {
    const jobs = sources.flatMap((source) => conformanceFaults.map((fault) => ({ source, fault })));
    const cells: Cell[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
        cells.push(await runCell(job.source, job.fault, http, elsewhere.origin));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (taken.length > 0) throw new Error(`a redirect was followed elsewhere: ${taken.join(", ")}`);
    const order = new Map(jobs.map(({ source, fault }, index) => [`${source.id} ${fault.name}`, index]));
    const place = ({ source, fault }: Cell) => order.get(`${source} ${fault}`) ?? 0;
    return cells.sort((a, b) => place(a) - place(b));
  } finally {
    await Promise.all([http.close(), elsewhere.close()]);
  }
}

type Transport = ReturnType<typeof createTransport>;

async function runCell(
  source: RegisteredSource,
  fault: ConformanceFault,
  http: Transport,
  elsewhere: string,
): Promise<Cell> {
  const typical = fixturesOf(source).get("typical");
  if (typical === undefined) throw new Error(`${source.id} has no typical fixture`);
  const polled =
    fault.kind === "wire"
      ? await againstWire(source, typical, fault, http, elsewhere)
      : await againstScenario(source, fault.spoil(typical), http);
  const good = fault.expected.reading === "same-or-less" ? await againstScenario(source, typical, http) : null;
  return {
    source: source.id,
    fault: fault.name,
    result: resultOf(polled),
    problems: problemsOf(polled, fault, typical, good),
  };
}

async function againstWire(
  source: RegisteredSource,
  typical: Scenario,
  fault: Extract<ConformanceFault, { kind: "wire" }>,
  http: Transport,
  elsewhere: string,
): Promise<PolledScenario> {
  const server = await serveLoopback((_request, response) => fault.answer(response, elsewhere));
  try {
    // Only what never ends is cut short: all else has the poll's own time, however loaded the machine is.
    const endless = fault.expected.causes.includes("timed-out");
    const base = server.origin + typical.basePath;
    return await pollScenario(source, typical, base, http, endless ? DEADLINE_MS : undefined);
  } finally {
    await server.close();
  }
}

async function againstScenario(source: RegisteredSource, scenario: Scenario, http: Transport): Promise<PolledScenario> {
  const server = await serveScenario(scenario, source.auth, SCENARIO_KEY);
  try {
    return await pollScenario(source, scenario, server.baseUrl, http);
  } finally {
    await server.close();
  }
}

function resultOf({ outcome }: PolledScenario): string {
  switch (outcome.type) {
    case "reading":
      return "reading";
    case "failure":
      return outcome.failure.cause === "internal" ? "crashed" : outcome.failure.cause;
    case "needs-key":
      return `needs a key (${outcome.reason})`;
  }
}

/** What is wrong with how a poll ended, in words; nothing when it is as it must be. */
export function problemsOf(
  polled: PolledScenario,
  fault: ConformanceFault,
  typical: Scenario,
  good: PolledScenario | null,
): string[] {
  const { outcome, logged, ms } = polled;
  const problems: string[] = [];
  if (logged.length > 0) problems.push(`logged ${logged.join(", ")}`);
  if (JSON.stringify(outcome).includes(SCENARIO_KEY)) problems.push("the key is in the outcome");
  if (ms > DEADLINE_MS + PATIENCE_MS) problems.push(`took ${Math.round(ms)} ms`);
  const trace = outcome.type === "needs-key" ? [] : outcome.trace;
  if (trace.length === 0) problems.push("nothing was asked");
  const bytes = Math.max(0, ...trace.map((step) => step.bytes));
  if (bytes > MOST_BYTES) problems.push(`read ${bytes} bytes`);
  const { causes, reading } = fault.expected;
  switch (outcome.type) {
    case "needs-key":
      problems.push("did not find the key");
      break;
    case "failure": {
      const { cause, retryAt } = outcome.failure;
      if (!causes.includes(cause)) problems.push(`${cause} instead of ${causes.join(" or ")}`);
      const wait = fault.kind === "wire" ? fault.retryAfterMs : undefined;
      if (cause === "rate-limited" && (retryAt === null ? undefined : retryAt - Date.parse(typical.now)) !== wait) {
        problems.push(`would retry at ${retryAt ?? "no time"}`);
      }
      break;
    }
    case "reading":
      if (reading === "never") problems.push("read figures where there are none");
      problems.push(...brokenFigures(outcome.reading));
      if (reading === "same-or-less" && good !== null) problems.push(...inventedFigures(outcome.reading, good));
      break;
  }
  return problems;
}

/** What no reading may hold, whatever was answered. */
export function brokenFigures(reading: Reading): string[] {
  const problems: string[] = [];
  if (!readingSchema.safeParse(reading).success) problems.push("is no reading");
  // A plan without limits of its own is a reading, as long as it says so.
  if (reading.meters.length === 0 && reading.notices.length === 0) problems.push("tells neither figures nor why not");
  const ids = reading.meters.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) problems.push("two meters have one id");
  for (const meter of reading.meters) {
    for (const value of [meter.limit, meter.used, meter.remaining, percentRemaining(meter)]) {
      if (typeof value === "number" && !Number.isFinite(value)) problems.push(`${meter.id} is not finite`);
    }
    if (typeof meter.limit === "number" && meter.limit < 0) problems.push(`${meter.id} has a limit below 0`);
    if (typeof meter.used === "number" && meter.used < 0) problems.push(`${meter.id} was used less than not at all`);
    if (meter.unit.kind === "money") {
      for (const value of [meter.limit, meter.used, meter.remaining]) {
        if (typeof value === "number" && !Number.isSafeInteger(value)) problems.push(`${meter.id} is no whole micros`);
      }
    }
  }
  return problems;
}

/** Figures that the undisturbed answer does not give: a spoilt one may tell less, never something else. */
function inventedFigures(reading: Reading, good: PolledScenario): string[] {
  if (good.outcome.type !== "reading") return ["the typical answer is not read"];
  const known = new Map(good.outcome.reading.meters.map((meter) => [meter.id, meter]));
  return reading.meters.flatMap((meter) => {
    const before = known.get(meter.id);
    if (before === undefined) return [`${meter.id} is new`];
    return (["limit", "used", "remaining"] as const)
      .filter((name) => meter[name] !== before[name] && meter[name] !== "unknown")
      .map((name) => `${meter.id}.${name} is ${meter[name]} instead of ${before[name]}`);
  });
}
