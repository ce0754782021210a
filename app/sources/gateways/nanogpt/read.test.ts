import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { nanogpt } from "./descriptor.ts";

const source = register(nanogpt);
const USAGE = "GET /api/subscription/v1/usage";
const BALANCE = "POST /api/check-balance";
const RESET = Date.UTC(2026, 10, 21);

const usage = (more: object = {}) => ({
  body: {
    active: true,
    state: "active",
    enforceDailyLimit: true,
    limits: { daily: 2000, monthly: 60000 },
    daily: { used: 310, remaining: 1690, percentUsed: 0.155, resetAt: RESET },
    ...more,
  },
});
const read = (more: object = {}, balance: object = { status: 403, body: {} }) =>
  outcomeOf(source, { [USAGE]: usage(more), [BALANCE]: balance });

describeFixtures(source, import.meta.url);

describe("the NanoGPT reader", () => {
  it("reads the reset in milliseconds; seconds count as not told", async () => {
    expect(await read()).toMatchObject({ reading: { meters: [{ id: "day", window: { resetsAt: RESET } }] } });
    const seconds = { daily: { used: 310, remaining: 1690, resetAt: RESET / 1000 } };
    expect(await read(seconds)).toMatchObject({ reading: { meters: [{ window: { resetsAt: null } }] } });
  });

  it("reads percentUsed as a fraction where nothing else is told", async () => {
    expect(await read({ daily: { percentUsed: 0.155 } })).toMatchObject({
      reading: { meters: [{ unit: { kind: "percent" }, used: 15.5, remaining: 84.5 }] },
    });
  });

  it("takes a daily allowance that is not enforced for no limit", async () => {
    expect(await read({ enforceDailyLimit: false })).toMatchObject({
      reading: { meters: [{ limit: "unlimited", used: 310, remaining: "unlimited" }] },
    });
  });

  it.each([
    [{ used: 310 }, { used: 310, remaining: 1690, confidence: "derived" }],
    [{ remaining: 1690 }, { used: 310, remaining: 1690, confidence: "reported" }],
    [
      { used: 2100, remaining: -100 },
      { used: 2100, remaining: -100 },
    ],
  ])("reads a day of %j", async (daily, expected) => {
    expect(await read({ daily })).toMatchObject({ reading: { meters: [{ limit: 2000, ...expected }] } });
  });

  it.each([
    [{ state: "inactive", active: false }, [], "inactive"],
    [{ state: undefined, active: false }, [], "inactive"],
    [{ state: "grace", active: false }, ["day"], "grace"],
  ])("shows no allowance without a running subscription (%j)", async (more, ids, state) => {
    const outcome = await read(more);
    expect(outcome.ok && outcome.reading.meters.map(({ id }) => id)).toEqual(ids);
    expect(outcome).toMatchObject({ reading: { notices: [{ key: "notice.plan-inactive", params: { state } }, {}] } });
  });

  it("refuses a running subscription without figures", async () => {
    expect(await read({ daily: undefined })).toMatchObject({ ok: false, cause: "unexpected-shape" });
  });

  it("reads both balances, in dollars and not cents, and leaves Nano out where there is none", async () => {
    const both = await read({}, { body: { usd_balance: "12.40", nano_balance: "3.1" } });
    expect(both).toMatchObject({
      reading: { meters: [{}, { id: "balance", remaining: 12_400_000 }, { id: "balance-xno", remaining: 3_100_000 }] },
    });
    const dollars = await read({}, { body: { usd_balance: "12.40", nano_balance: "0.000000" } });
    expect(dollars.ok && dollars.reading.meters.map(({ id }) => id)).toEqual(["day", "balance"]);
  });

  it.each([
    [{ status: 403, body: {} }],
    [{ status: 404, body: {} }],
    [{ body: { active: true, state: "active", limits: {} } }],
    [{ body: { active: true, somethingElse: { used: 3 } } }],
  ])("leaves the balance in sight where the usage is %j", async (answer) => {
    const outcome = await outcomeOf(source, { [USAGE]: answer, [BALANCE]: { body: { usd_balance: "5" } } });
    expect(outcome).toMatchObject({
      reading: { meters: [{ id: "balance", remaining: 5_000_000 }], notices: [{ key: "notice.no-limits-told" }] },
    });
  });

  it.each([
    [{ status: 403, body: {} }, { status: 403, body: {} }, "key-lacks-permission"],
    [{ status: 404, body: {} }, { body: { usd_balance: null } }, "not-found"],
    [{ status: 401, body: {} }, { body: { usd_balance: "5" } }, "key-refused"],
    [{ status: 500, body: {} }, { body: { usd_balance: "5" } }, "server-error"],
  ])("names the cause of a usage of %j beside a balance of %j", async (usageAnswer, balance, cause) => {
    const outcome = await outcomeOf(source, { [USAGE]: usageAnswer, [BALANCE]: balance });
    expect(outcome).toMatchObject({ ok: false, cause });
  });

  it("does not take a subscriber's empty purse for a quota that ran out", async () => {
    const empty = { body: { usd_balance: "0.00", nano_balance: "0" } };
    const subscribed = await read({}, empty);
    expect(subscribed.ok && subscribed.reading.meters.map(({ id }) => id)).toEqual(["day"]);
    const without = await read({ active: false, state: "inactive" }, empty);
    expect(without).toMatchObject({ reading: { meters: [{ id: "balance", remaining: 0 }] } });
    const owes = await read({}, { body: { usd_balance: "-0.50" } });
    expect(owes).toMatchObject({ reading: { meters: [{}, { id: "balance", remaining: -500_000 }] } });
  });

  it.each([
    [{ limits: { dailyInputTokens: null } }, { limit: 50, used: 20, remaining: 30, confidence: "derived" }],
    [{ limits: null }, { limit: 50, used: 20, remaining: 30 }],
    [{ limits: { dailyInputTokens: 60 } }, { limit: 60, used: 20, remaining: 30, confidence: "reported" }],
  ])("reads tokens a day with %j", async (more, expected) => {
    const told = { daily: null, ...more, dailyInputTokens: { used: 20, remaining: 30 } };
    expect(await read(told)).toMatchObject({
      reading: { meters: [{ id: "day-input-tokens", unit: { kind: "tokens" }, ...expected }] },
    });
  });

  it("ends the poll when the balance's route fails, so that the last one stays in sight", async () => {
    expect(await read({}, { status: 503, body: {} })).toMatchObject({ ok: false, cause: "server-error" });
  });
});
