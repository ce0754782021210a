import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { type Answers, metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { openaiOrg } from "./descriptor.ts";

const source = register(openaiOrg);

describeFixtures(source, import.meta.url);

const cost = (value: unknown, currency = "usd") => ({ results: [{ amount: { value, currency } }] });
const costs = (...data: unknown[]) => ({ "GET /v1/organization/costs": { body: { data, has_more: false } } });
const limitOf = (threshold_amount: unknown, more: object = {}) => ({
  "GET /v1/organization/spend_limit": { body: { threshold_amount, currency: "USD", interval: "month", ...more } },
});
const meterOf = async (answers: Answers, now?: string) => {
  const { outcome } = await readAnswers(source, answers, now === undefined ? {} : { now });
  return metersById(outcome).get("spend-month");
};

describe("the costs of the month", () => {
  it.each([
    ["2026-11-20T12:00:00Z", "1793491200"],
    ["2026-12-01T00:00:00Z", "1796083200"],
  ])("are asked for from its first second on, at %s", async (now, start) => {
    const { requests } = await readAnswers(source, { ...costs(), ...limitOf(100) }, { now });
    const query = new URL(requests[0]?.url ?? "").searchParams;
    expect(Object.fromEntries(query)).toEqual({ start_time: start, bucket_width: "1d", limit: "31" });
  });

  it.each([
    [3.4129, 3_412_900],
    ["12.05", 12_050_000],
    ["1.2E-3", 1200],
    ["0E-6176", 0],
    [`0.5${"0".repeat(29)}`, 500_000],
    [-0.25, 0],
  ])("of %s are in dollars", async (value, used) => {
    expect((await meterOf({ ...costs(cost(value)), ...limitOf(5000) }))?.used).toBe(used);
  });

  it("are the sum of all days and lines, credits taken off", async () => {
    const day = { results: [...cost(2).results, ...cost("0.5").results] };
    const meter = await meterOf({ ...costs(day, { results: [] }, cost(-0.25)), ...limitOf(5000) });
    expect(meter).toMatchObject({ used: 2_250_000, limit: 50_000_000, remaining: 47_750_000 });
  });

  it("are not added over currencies", async () => {
    const { outcome } = await readAnswers(source, { ...costs(cost(1), cost(1, "eur")), ...limitOf(5000) });
    expect(outcome).toMatchObject({ cause: "unexpected-shape", detail: "the costs are in more than one currency" });
  });

  it("reset with the month in UTC", async () => {
    const window = { resetsAt: Date.UTC(2027, 0, 1), resetBasis: "derived", period: "month", timeZone: "UTC" };
    expect(await meterOf({ ...costs(), ...limitOf(5000) }, "2026-12-31T23:59:59Z")).toMatchObject({ window });
  });
});

describe("the spend limit", () => {
  const spent = costs(cost(10));

  it.each([
    ["cents", limitOf(50_000), 500_000_000],
    ["cents as text", limitOf("50000"), 500_000_000],
    ["no more than the amount", limitOf(50_000, { interval: null }), 500_000_000],
    ["0, as where none is set", limitOf(0), "unlimited"],
    ["another interval", limitOf(50_000, { interval: "day" }), "unknown"],
    ["another currency", limitOf(50_000, { currency: "EUR" }), "unknown"],
    [
      "404, which may mean that none is set",
      { "GET /v1/organization/spend_limit": { status: 404, body: {} } },
      "unknown",
    ],
    ["null", limitOf(null, { currency: null, interval: null }), "unknown"],
    ["an answer of null", { "GET /v1/organization/spend_limit": { body: null } }, "unknown"],
    ["no currency", limitOf(50_000, { currency: null }), "unknown"],
    ["401", { "GET /v1/organization/spend_limit": { status: 401, body: {} } }, "unknown"],
    ["403", { "GET /v1/organization/spend_limit": { status: 403, body: {} } }, "unknown"],
  ])("told as %s", async (_, answer, limit) => {
    const remaining = typeof limit === "number" ? limit - 10_000_000 : limit;
    expect(await meterOf({ ...spent, ...answer })).toMatchObject({ limit, used: 10_000_000, remaining });
  });

  it.each([
    ["server-error", { status: 500, body: {} }],
    ["rate-limited", { status: 429, body: {} }],
    ["unexpected-shape", { body: { threshold_amount: "much" } }],
  ])("ends the poll with %s, so that the last one stays in sight", async (cause, answer) => {
    const { outcome } = await readAnswers(source, { ...spent, "GET /v1/organization/spend_limit": answer });
    expect(outcome).toMatchObject({ cause });
  });
});
