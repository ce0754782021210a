import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { cloudflare } from "./descriptor.ts";

const source = register(cloudflare);
const BASE = "/client/v4/accounts/0a1b";
const BALANCE = `GET ${BASE}/ai-gateway/billing/credit-balance`;
const LIMIT = `GET ${BASE}/ai-gateway/billing/spending-limit`;
const wrap = (result: unknown) => ({ body: { success: true, errors: [], messages: [], result } });
const refusal = (status: number, code?: unknown) => ({
  status,
  body: { success: false, errors: code === undefined ? [] : [{ code, message: "no" }], messages: [], result: null },
});
const balance = wrap({ balance: 1850 });

const read = (answers: Record<string, object>, options: Record<string, unknown> = {}, basePath = BASE) =>
  outcomeOf(source, answers, { options, origin: `https://service.example${basePath}` });

describeFixtures(source, import.meta.url);

describe("the Cloudflare reader", () => {
  it.each([
    ["credits", { unit: { kind: "credits" }, remaining: 1850 }, ["notice.unit-unknown"]],
    ["", { unit: { kind: "credits" }, remaining: 1850 }, ["notice.unit-unknown"]],
    ["usd", { unit: { kind: "money", currency: "USD" }, remaining: 1_850_000_000 }, []],
    ["usd-cents", { unit: { kind: "money", currency: "USD" }, remaining: 18_500_000 }, []],
  ])("reads a balance in the unit %j", async (balanceUnit, meter, notices) => {
    const outcome = await read({ [BALANCE]: balance }, { balanceUnit });
    expect(outcome).toMatchObject({ reading: { meters: [meter] } });
    expect(outcome.ok && outcome.reading.notices.map(({ key }) => key)).toEqual(notices);
  });

  it("reads the spending limit in cents, not dollars", async () => {
    const config = { amount: 25000, duration: "monthly", strategy: "fixed" };
    expect(await read({ [BALANCE]: balance, [LIMIT]: wrap({ enabled: true, config }) })).toMatchObject({
      reading: { meters: [{}, { limit: 250_000_000, used: "unknown", remaining: "unknown" }] },
    });
  });

  it.each([
    ["daily", "fixed", { kind: "calendar", period: "day", resetsAt: Date.UTC(2026, 10, 21) }],
    ["weekly", "fixed", { kind: "calendar", period: "week", resetsAt: Date.UTC(2026, 10, 23) }],
    ["weekly", "sliding", { kind: "rolling", lengthMs: 7 * 86_400_000, resetsAt: null }],
    ["monthly", "sliding", { kind: "rolling", lengthMs: null, resetsAt: null }],
    ["monthly", null, { kind: "period", resetsAt: null }],
    ["yearly", "fixed", { kind: "period", resetsAt: null }],
  ])("reads a limit that is %s and %s", async (duration, strategy, window) => {
    const limit = wrap({ enabled: true, config: { amount: 100, duration, strategy } });
    expect(await read({ [BALANCE]: balance, [LIMIT]: limit })).toMatchObject({ reading: { meters: [{}, { window }] } });
  });

  it.each([
    ["is switched off", wrap({ enabled: false, config: { amount: 100, duration: "daily", strategy: "fixed" } })],
    ["was never set", wrap(null)],
    ["is not there", { status: 404, body: {} }],
    ["may not be seen", refusal(403, 10000)],
  ])("leaves out a limit that %s", async (_, limit) => {
    const outcome = await read({ [BALANCE]: balance, [LIMIT]: limit });
    expect(outcome.ok && outcome.reading.meters.map(({ id }) => id)).toEqual(["balance"]);
  });

  it.each([
    ["a failing limit", refusal(500), "server-error"],
    ["a limit of another shape", wrap({ enabled: true, config: { amount: "much" } }), "unexpected-shape"],
  ])("ends the poll for %s", async (_, limit, cause) => {
    expect(await read({ [BALANCE]: balance, [LIMIT]: limit })).toMatchObject({ ok: false, cause });
  });

  it.each([
    ["is not there", { status: 404, body: {} }],
    ["is not there, in the envelope", refusal(404, 7003)],
    ["may not be seen", refusal(403, 10000)],
  ])("keeps the spending limit where the balance %s", async (_, hidden) => {
    const limit = wrap({ enabled: true, config: { amount: 5000, duration: "monthly", strategy: "fixed" } });
    const outcome = await read({ [BALANCE]: hidden, [LIMIT]: limit });
    expect(outcome).toMatchObject({
      reading: { meters: [{ id: "spend-limit", limit: 50_000_000 }], notices: [{ key: "notice.balance-not-told" }] },
    });
    expect(outcome.ok && outcome.reading.meters).toHaveLength(1);
  });

  it.each([
    [wrap(null), refusal(403, 10000), "key-lacks-permission"],
    [{ status: 404, body: {} }, refusal(404, 7003), "not-found"],
    [wrap({ enabled: true, config: { amount: 1 } }), refusal(401, 10000), "key-refused"],
  ])("names the cause where there is no limit to keep: %j", async (limit, refused, cause) => {
    expect(await read({ [BALANCE]: refused, [LIMIT]: limit })).toMatchObject({ ok: false, cause });
  });

  it.each([
    [refusal(200, 10000), "key-refused"],
    [refusal(401, 10000), "key-refused"],
    [refusal(403, 10000), "key-lacks-permission"],
    [refusal(400, 6003), "key-refused"],
    [refusal(200, 9109), "key-lacks-permission"],
    [refusal(400, 7003), "not-found"],
    [refusal(200, 971), "rate-limited"],
    [refusal(429, 10000), "rate-limited"],
    [refusal(503, 7003), "server-error"],
    [refusal(200, 4711), "unexpected-shape"],
    [refusal(200, "text"), "unexpected-shape"],
    [refusal(200), "unexpected-shape"],
  ])("names the cause of %j", async (answer, cause) => {
    expect(await read({ [BALANCE]: answer })).toMatchObject({ ok: false, cause });
  });
});

describe("the account", () => {
  it.each([[""], ["/client/v4"], ["/client/v4/accounts"]])(
    "may be an option where the address ends in %j",
    async (basePath) => {
      const outcome = await read({ [BALANCE]: balance }, { accountId: "0a1b" }, basePath);
      expect(outcome).toMatchObject({ ok: true, reading: { subjects: { account: "0a1b" } } });
    },
  );

  it("of the address goes before the option", async () => {
    expect(await read({ [BALANCE]: balance }, { accountId: "other" })).toMatchObject({
      ok: true,
      reading: { subjects: { account: "0a1b" } },
    });
  });

  it("is asked for where nobody names it", async () => {
    const outcome = await read({}, {}, "");
    expect(outcome).toMatchObject({
      ok: false,
      cause: "invalid-options",
      detail: expect.stringContaining("accountId"),
    });
    expect(outcome.trace).toEqual([]);
  });

  it.each([["a/../b"], ["a?b"], ["a b"]])("is not %j", async (accountId) => {
    expect(await read({}, { accountId }, "")).toMatchObject({ ok: false, cause: "invalid-options" });
  });
});
