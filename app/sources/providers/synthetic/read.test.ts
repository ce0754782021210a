import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { resetsAt } from "../../../quota/meter.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { synthetic } from "./descriptor.ts";

const source = register(synthetic);

describeFixtures(source, import.meta.url);

async function poll(body: unknown) {
  const http = cannedTransport({ "/v2/quotas": { body: JSON.stringify(body) } });
  const baseUrl = "https://api.synthetic.new";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "k",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare({});
  return (await read(context)).meters;
}

describe("the Synthetic reader", () => {
  it.each([
    ["$24.00", 24_000_000],
    ["$0.005", 5_000],
    ["$1,024.5", 1_024_500_000],
    ["-$0.50", -500_000],
    ["$-0.50", -500_000],
    ["7.5", 7_500_000],
    [7.5, 7_500_000],
  ])("reads credits of %s", async (remainingCredits, micros) => {
    const meters = await poll({ weeklyTokenLimit: { maxCredits: "$2,000.00", remainingCredits } });
    expect(meters).toMatchObject([{ unit: { kind: "money", currency: "USD" }, remaining: micros }]);
  });

  it.each(["$", "24 $", "€24.00", "$24.00.00", "$,"])("does not guess what credits of %s are", async (maxCredits) => {
    await expect(poll({ weeklyTokenLimit: { maxCredits, remainingCredits: "$1" } })).rejects.toMatchObject({
      failure: { cause: "unexpected-shape", detail: "weeklyTokenLimit.maxCredits: a text that is not a number" },
    });
  });

  it("reads a week that is overdrawn", async () => {
    const weeklyTokenLimit = { maxCredits: "$24.00", remainingCredits: "-$0.50", percentRemaining: -2.1 };
    expect(await poll({ weeklyTokenLimit })).toMatchObject([
      { limit: 24_000_000, used: 24_500_000, remaining: -500_000 },
    ]);
    expect(await poll({ weeklyTokenLimit: { percentRemaining: -2.1 } })).toMatchObject([{ remaining: -2.1 }]);
  });

  it("tells credits whose limit is not told", async () => {
    expect(await poll({ weeklyTokenLimit: { remainingCredits: "$19.25" } })).toMatchObject([
      { id: "week", limit: "unknown", used: "unknown", remaining: 19_250_000 },
    ]);
    expect(await poll({ weeklyTokenLimit: { remainingCredits: "$19.25", percentRemaining: 80.2 } })).toMatchObject([
      { limit: 100, remaining: 80.2 },
    ]);
  });

  it("leaves no noise of binary fractions", async () => {
    expect(await poll({ search: { hourly: { limit: 250, requests: 12.1 } } })).toMatchObject([{ remaining: 237.9 }]);
  });

  it("takes the next tick for no reset", async () => {
    const meters = await poll({
      rollingFiveHourLimit: { max: 400, remaining: 10, nextTickAt: "2026-11-20T12:05:00Z" },
      weeklyTokenLimit: { maxCredits: "$1", remainingCredits: "$1", nextRegenAt: "2026-11-20T13:00:00Z" },
    });
    expect(meters.map(resetsAt)).toEqual([null, null]);
  });

  it("takes percentRemaining for percent that remain, where it stands alone", async () => {
    expect(await poll({ weeklyTokenLimit: { percentRemaining: 0.5 } })).toMatchObject([
      { unit: { kind: "percent" }, remaining: 0.5 },
    ]);
  });

  it("leaves the old counter out beside the limits that replaced it", async () => {
    const subscription = { limit: 135, requests: 0 };
    const meters = await poll({ subscription, rollingFiveHourLimit: { max: 400, remaining: 10 } });
    expect(meters.map(({ id }) => id)).toEqual(["five-hours"]);
  });
});
