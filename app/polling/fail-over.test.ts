import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FailureCause, failureCauseSchema } from "../quota/failure.ts";
import { type AddressCoolDown, addressesToTry, coolDownAfter, failsOver } from "./fail-over.ts";
import type { PollOutcome } from "./poll-source.ts";

const MINUTE = 60_000;
const ADDRESSES = ["https://a.example", "https://b.example", "https://c.example"];

const failure = (cause: FailureCause, retryAt: number | null = null): PollOutcome & { type: "failure" } => ({
  type: "failure",
  failure: { cause, detail: null, status: null, retryAt },
  trace: [],
});

it("goes on to the next address when this one cannot be reached, and not for what the gateway itself says", () => {
  const causes = failureCauseSchema.options.filter((cause) => failsOver(failure(cause)));
  expect(causes).toEqual(["challenge-page", "tls-untrusted", "timed-out", "unreachable", "server-error"]);
});

it.each<[string, PollOutcome]>([
  ["a failure that asks to wait", failure("server-error", 1)],
  ["one of whose answers asked to wait", { ...failure("timed-out"), retryAt: 1 }],
  ["a missing key", { type: "needs-key", reason: "not-saved", detail: null }],
  ["a reading", { type: "reading", reading: { meters: [], account: null, notices: [] }, trace: [] }],
])("stays with %s", (_name, outcome) => {
  expect(failsOver(outcome)).toBe(false);
});

describe("the addresses to ask", () => {
  const cooling = (until: Record<string, number>): ReadonlyMap<string, AddressCoolDown> =>
    new Map(Object.entries(until).map(([name, at]) => [`https://${name}.example`, { failures: 1, until: at }]));
  it.each<[string, Record<string, number>, string]>([
    ["are all, in order", {}, "abc"],
    ["leave out one that cools down", { a: 101 }, "bc"],
    ["begin with the first again when its time is over", { a: 100, b: 101 }, "ac"],
    ["are the one that is ready first, when all cool down", { a: 300, b: 150, c: 200 }, "b"],
  ])("%s", (_name, until, expected) => {
    const names = addressesToTry(ADDRESSES, cooling(until), 100).map((url) => new URL(url).host[0]);
    expect(names.join("")).toBe(expected);
  });
});

it("cools an address down twice as long each time, from five minutes to an hour", () => {
  const minutes: number[] = [];
  let coolDown: AddressCoolDown | undefined;
  for (let round = 0; round < 6; round += 1) {
    coolDown = coolDownAfter(coolDown, 0, 0.5);
    minutes.push(coolDown.until / MINUTE);
  }
  expect(minutes).toEqual([5, 10, 20, 40, 60, 60]);
});

it("keeps within a tenth of that, whatever chance says and however often it failed", () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const { until } = coolDownAfter({ failures, until: 0 }, 0, chance);
      expect(until).toBeGreaterThanOrEqual(4.5 * MINUTE);
      expect(until).toBeLessThan(66 * MINUTE + 1);
    }),
  );
});
