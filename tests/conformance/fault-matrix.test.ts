import { describe, expect, it } from "vitest";
import type { FailureCause } from "../../app/quota/failure.ts";
import type { Meter } from "../../app/quota/meter.ts";
import type { TraceStep } from "../../app/quota/reading.ts";
import { sources } from "../../app/sources/registry.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import { scenarioSchema } from "../scenarios/scenario.ts";
import { type ConformanceFault, conformanceFaults } from "./faults.ts";
import type { PolledScenario } from "./poll-scenario.ts";
import { fixturesOf, problemsOf, runFaultMatrix } from "./run-matrix.ts";

describe("the fault matrix", () => {
  it("gives every source a named end for every fault, in time, without the key", { timeout: 240_000 }, async () => {
    const cells = await runFaultMatrix();
    expect(cells).toHaveLength(sources.length * conformanceFaults.length);
    expect(cells.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });

  it("fails for a source without fixtures", () => {
    expect(() => fixturesOf({ id: "nobody", group: "gateway" })).toThrow(/nobody has no fixtures/);
  });
});

describe("what counts as a problem", () => {
  const typical = scenarioSchema.parse({ answers: {}, expect: { cause: "none" } });
  const step: TraceStep = { method: "GET", url: "http://127.0.0.1/", status: 200, ms: 1, bytes: 9, problem: null };
  const tokens: Meter = {
    id: "tokens",
    label: { text: "Tokens" },
    unit: { kind: "tokens" },
    limit: 100,
    used: 30,
    remaining: 70,
    window: { kind: "lifetime" },
    scope: "key",
    confidence: "reported",
  };
  const read = (...meters: Meter[]): PolledScenario => ({
    outcome: { type: "reading", reading: { account: null, notices: [], meters }, trace: [step] },
    logged: [],
    ms: 5,
  });
  const failed = (cause: FailureCause, retryAt: number | null = null, trace: TraceStep[] = [step]): PolledScenario => ({
    outcome: { type: "failure", failure: { cause, detail: null, status: null, retryAt }, trace },
    logged: [],
    ms: 5,
  });
  const fault = (name: string): ConformanceFault => {
    const found = conformanceFaults.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no fault ${name}`);
    return found;
  };
  const problems = (polled: PolledScenario, name: string, good: PolledScenario | null = null) =>
    problemsOf(polled, fault(name), typical, good);

  it("lets pass what is as it must be", () => {
    expect(problems(failed("timed-out"), "hang before the head")).toEqual([]);
    expect(problems(failed("rate-limited", Date.parse(typical.now) + 120_000), "429, seconds")).toEqual([]);
    expect(problems(read(tokens), "numbers as strings", read(tokens))).toEqual([]);
    expect(problems(read({ ...tokens, limit: "unknown" }), "numbers as strings", read(tokens))).toEqual([]);
  });

  it.each([
    ["a crash", failed("internal"), "500"],
    ["another cause", failed("unreachable"), "hang before the head"],
    ["a Retry-After that is not heeded", failed("rate-limited"), "429, seconds"],
    ["one that nobody sent", failed("rate-limited", Date.parse(typical.now)), "429, nonsense"],
    ["figures out of nothing", read(tokens), "login page"],
    ["the key in a label", read({ ...tokens, label: { text: `of ${SCENARIO_KEY}` } }), "1e400"],
    ["a number that is none", read({ ...tokens, used: Number.POSITIVE_INFINITY }), "1e400"],
    ["parts of a micro", read({ ...tokens, unit: { kind: "money", currency: "USD" }, used: 0.5 }), "1e400"],
    ["less than nothing used", read({ ...tokens, used: -1 }), "negative"],
    ["no meter at all", read(), "1e400"],
    ["two meters of one id", read(tokens, tokens), "1e400"],
    ["slowness", { ...failed("timed-out"), ms: 60_000 }, "slow drip"],
    ["a crash that was logged", { ...failed("unexpected-shape"), logged: ["poll-crashed"] }, "1e400"],
    ["nothing asked", failed("unexpected-shape", null, []), "null"],
  ])("finds %s", (_, polled, name) => {
    expect(problems(polled, name)).not.toEqual([]);
  });

  it("finds figures that the undisturbed answer does not give", () => {
    expect(problems(read({ ...tokens, used: 70, remaining: 30 }), "duplicate keys", read(tokens))).toHaveLength(2);
    expect(problems(read({ ...tokens, id: "others" }), "duplicate keys", read(tokens))).toEqual(["others is new"]);
  });
});
