import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { zenmux } from "./descriptor.ts";

const source = register(zenmux);
const DETAIL = "GET /api/v1/management/subscription/detail";
const BALANCE = "GET /api/v1/management/payg/balance";
const detail = (quota_5_hour: object, more: object = {}) => ({
  body: { success: true, data: { quota_5_hour, ...more } },
});
const credits = (more: object) => ({
  body: { success: true, data: { currency: "usd", total_credits: 12.5, ...more } },
});

describeFixtures(source, import.meta.url);

describe("the ZenMux reader", () => {
  it("reads usage_percentage as a fraction that was used, where no flows are told", async () => {
    expect(await outcomeOf(source, { [DETAIL]: detail({ usage_percentage: 0.3938 }) })).toMatchObject({
      reading: { meters: [{ id: "five-hours", unit: { kind: "percent" }, used: 39.38, remaining: 60.62 }] },
    });
  });

  it("reads the balance in dollars", async () => {
    const answers = { [DETAIL]: detail({ max_flows: 50, used_flows: 3 }), [BALANCE]: credits({}) };
    expect(await outcomeOf(source, answers)).toMatchObject({
      reading: {
        meters: [
          { remaining: 47, confidence: "derived" },
          { id: "balance", remaining: 12_500_000 },
        ],
      },
    });
  });

  it("says so where the account is not healthy", async () => {
    const answers = { [DETAIL]: detail({ usage_percentage: 0 }, { account_status: "suspended" }) };
    expect(await outcomeOf(source, answers)).toMatchObject({
      reading: { notices: [{ key: "notice.account-status", params: { state: "suspended" } }] },
    });
  });

  it.each([
    [{ status: 422, body: { success: false } }, "rate-limited"],
    [{ status: 401, body: { success: false } }, "key-refused"],
    [{ body: { success: false, message: "no" } }, "unexpected-shape"],
  ])("names the cause of %j", async (answer, cause) => {
    expect(await outcomeOf(source, { [DETAIL]: answer })).toMatchObject({ ok: false, cause });
  });

  it("does not take a subscriber's empty purse for a quota that ran out", async () => {
    const empty = credits({ total_credits: 0 });
    const subscribed = await outcomeOf(source, {
      [DETAIL]: detail({ max_flows: 50, used_flows: 3 }),
      [BALANCE]: empty,
    });
    expect(subscribed.ok && subscribed.reading.meters.map(({ id }) => id)).toEqual(["five-hours"]);
    const without = await outcomeOf(source, { [DETAIL]: { body: { success: true, data: null } }, [BALANCE]: empty });
    expect(without).toMatchObject({ reading: { meters: [{ id: "balance", remaining: 0 }] } });
  });

  it.each([
    [{ body: { success: true, data: null } }, "notice.no-plan"],
    [{ status: 404, body: { success: false } }, "notice.no-limits-told"],
    [{ status: 403, body: { success: false } }, "notice.no-limits-told"],
  ])("leaves the balance in sight where the subscription is %j", async (answer, notice) => {
    expect(await outcomeOf(source, { [DETAIL]: answer, [BALANCE]: credits({}) })).toMatchObject({
      reading: { meters: [{ id: "balance", remaining: 12_500_000 }], notices: [{ key: notice }] },
    });
  });

  it.each([
    [{ quota_5_hour: null }, ["notice.nothing-told"]],
    [null, ["notice.no-plan", "notice.nothing-told"]],
  ])("says that nothing is told where it is so: %j", async (data, expected) => {
    const refusal = { status: 403, body: { success: false } };
    const outcome = await outcomeOf(source, { [DETAIL]: { body: { success: true, data } }, [BALANCE]: refusal });
    expect(outcome.ok && outcome.reading.notices.map(({ key }) => key)).toEqual(expected);
    expect(outcome).toMatchObject({ reading: { meters: [] } });
  });

  it.each([
    [403, "key-lacks-permission"],
    [404, "not-found"],
  ])("names the cause where neither may be seen (%i)", async (status, cause) => {
    const refusal = { status, body: { success: false } };
    expect(await outcomeOf(source, { [DETAIL]: refusal, [BALANCE]: refusal })).toMatchObject({ ok: false, cause });
  });

  it.each([
    [403, { ok: true, reading: { meters: [{ id: "five-hours" }] } }],
    [422, { ok: false, cause: "rate-limited" }],
    [500, { ok: false, cause: "server-error" }],
  ])("takes a balance of %i as it is meant", async (status, expected) => {
    const answers = { [DETAIL]: detail({ max_flows: 50, used_flows: 3 }), [BALANCE]: { status, body: {} } };
    expect(await outcomeOf(source, answers)).toMatchObject(expected);
  });
});
