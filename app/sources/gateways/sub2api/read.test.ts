import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { sub2api } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));
const bodyOf = (name: string) => scenarios.get(name)?.answers["GET /v1/usage"]?.body;

async function poll(answer: CannedAnswer, pasted = "https://s.example") {
  const http = cannedTransport({ "/v1/usage": answer });
  const baseUrl = withoutApiPath(pasted, sub2api.apiPaths ?? []);
  const { context } = createReadContext({ http, baseUrl, key: "sk-group-key", auth: sub2api.auth, now: NOW });
  const read = await register(sub2api).prepare({});
  return { reading: readingSchema.parse(await read(context)), requests: http.requests };
}

const usage = (body: object): CannedAnswer => ({ body: JSON.stringify({ isValid: true, unit: "USD", ...body }) });

describeFixtures(register(sub2api), import.meta.url);

describe("the sub2api reader", () => {
  it("takes dollars for dollars, and what was used for used", async () => {
    const { reading } = await poll(usage({ quota: { limit: 20, used: 0.5, remaining: 19.5 } }));
    expect(reading.meters).toMatchObject([{ limit: 20_000_000, used: 500_000, remaining: 19_500_000 }]);
  });

  it.each([
    ["5h", 5],
    ["1d", 24],
    ["7d", 168],
  ])("knows how long %s is", async (window, hours) => {
    const { reading } = await poll(usage({ rate_limits: [{ window, limit: 1, used: 0, remaining: 1 }] }));
    expect(reading.meters).toMatchObject([
      { window: { kind: "rolling", lengthMs: hours * 3_600_000, resetsAt: null, resetBasis: "reported" } },
    ]);
  });

  it.each([
    ["a plan without limits", { remaining: -1 }, "unlimited"],
    ["a plan with a dollar", { remaining: 1 }, 1_000_000],
    ["a plan with nothing", { remaining: 0 }, 0],
    ["a balance a dollar below nothing", { remaining: -1, balance: -1 }, -1_000_000],
    ["a key without limit", { quota: { limit: 0, used: 3, remaining: -1 }, remaining: -1 }, "unlimited"],
  ])("reads what remains of %s", async (_, body, remaining) => {
    const { reading } = await poll(usage(body));
    expect(reading.meters).toMatchObject([{ remaining }]);
  });

  it("does not take the empty balance of a plan for a quota that ran out", async () => {
    const { reading } = await poll(usage({ mode: "subscription", planName: "pro", remaining: 4, balance: 0 }));
    expect(reading.meters).toMatchObject([{ id: "plan", remaining: 4_000_000 }]);
  });

  it("shows a balance beside the key's own limits", async () => {
    const { reading } = await poll(usage({ quota: { limit: 5, used: 1, remaining: 4 }, balance: 12.5 }));
    expect(reading.meters.map(({ id, remaining }) => [id, remaining])).toEqual([
      ["key-limit", 4_000_000],
      ["balance", 12_500_000],
    ]);
  });

  it("does not take an empty balance beside a quota of the key's own for one that ran out", async () => {
    const quota = { limit: 20, used: 13.6, remaining: 6.4 };
    const { reading } = await poll(usage({ mode: "quota_limited", remaining: 6.4, balance: 0, quota }));
    expect(reading.meters.map(({ id }) => id)).toEqual(["key-limit"]);
    const rates = [{ window: "5h", limit: 3, used: 1, remaining: 2 }];
    const wallet = await poll(usage({ balance: 0, rate_limits: rates }));
    expect(wallet.reading.meters.map(({ id, remaining }) => [id, remaining])).toEqual([
      ["five-hours", 2_000_000],
      ["balance", 0],
    ]);
  });

  it("takes -1 for no limit in a window, too", async () => {
    const { reading } = await poll(usage({ rate_limits: [{ window: "5h", limit: 3, used: 0.9, remaining: -1 }] }));
    expect(reading.meters).toMatchObject([{ limit: "unlimited", used: 900_000, remaining: "unlimited" }]);
  });

  it.each([[{ limit: 0, used: 5, remaining: 0 }], [{ limit: null, used: 5, remaining: 0 }], [{ limit: 0, used: 5 }]])(
    "takes a quota of %j for no limit, not for nothing left",
    async (quota) => {
      const { reading } = await poll(usage({ quota }));
      expect(reading.meters).toMatchObject([
        { id: "key-limit", limit: "unlimited", used: 5_000_000, remaining: "unlimited" },
      ]);
      const beside = await poll(usage({ quota, balance: 12 }));
      expect(beside.reading.meters).toMatchObject([{ id: "balance", remaining: 12_000_000 }]);
    },
  );

  it.each([
    ["30d", "30d", "Key budget, 30 days", { kind: "rolling", lengthMs: 30 * 86_400_000 }],
    ["1h", "1h", "Key budget, hour", { kind: "rolling", lengthMs: 3_600_000 }],
    ["monthly", "monthly", "Key budget, monthly", { kind: "period" }],
    ["5h", "five-hours", "Key budget, 5 hours", { kind: "rolling" }],
  ])("reads a window called %s", async (window, id, label, expected) => {
    const { reading } = await poll(usage({ rate_limits: [{ window, limit: 30, used: 1, remaining: 29 }] }));
    expect(reading.meters).toMatchObject([{ id, limit: 30_000_000, remaining: 29_000_000, window: expected }]);
    expect(reading.meters.map((meter) => englishLabel(meter.label))).toEqual([label]);
  });

  it.each([
    ["2026-12-01T00:00:00Z", "notice.plan-expires"],
    ["2026-09-01T00:00:00Z", "notice.plan-ended"],
  ])("says of a plan that ends at %s: %s", async (expires_at, notice) => {
    const { reading } = await poll(usage({ subscription: { monthly_usage_usd: 3, expires_at } }));
    expect(reading.notices).toEqual([{ key: notice, params: { at: Date.parse(expires_at) } }]);
  });

  it.each(["https://s.example/v1", "https://s.example/v1/messages", "https://s.example/v1/usage"])(
    "finds the route of %s",
    async (pasted) => {
      const { requests } = await poll(usage({ remaining: 1 }), pasted);
      expect(requests.map(({ url }) => url)).toEqual(["https://s.example/v1/usage"]);
    },
  );

  it.each([
    ["a wrong key", { status: 401, body: '{"code":"INVALID_API_KEY","message":"no"}' }, "key-refused"],
    ["another refusal", { status: 403, body: '{"code":"X"}' }, "key-lacks-permission"],
    ["too many requests", { status: 429, body: "{}" }, "rate-limited"],
    ["no validity", { body: '{"remaining":5}' }, "unexpected-shape"],
    ["a doubtful validity", { body: '{"isValid":"yes","remaining":5}' }, "unexpected-shape"],
  ])("names the cause of %s", async (_, answer, cause) => {
    await expect(poll(answer)).rejects.toMatchObject({ failure: { cause } });
  });
});

describe("the sub2api fingerprint", () => {
  const recognize = (body: unknown, status = 200) => fingerprint.recognize({ status, headers: {}, body });

  it("asks for the usage", () => {
    expect(fingerprint.path("https://s.example")).toBe("/v1/usage");
  });

  it.each(["typical", "fresh", "balance", "old-server"])("knows its own answer: %s", (name) => {
    expect(recognize(bodyOf(name))).toEqual({ likelihood: "certain", version: null });
  });

  it("knows that it refuses the key", () => {
    expect(recognize(bodyOf("error-in-200"))).toEqual({ likelihood: "likely", version: null, keyRefused: true });
  });

  it.each([
    { isValid: true },
    { isValid: "true", remaining: 3 },
    { valid: true, remaining: 3 },
    { remaining: 3, unit: "USD" },
    { budget: { limit_micros: 1, spent_micros: 0 }, period: "month" },
    { success: true, data: { quota_per_unit: 500000 } },
    { info: { spend: 1, max_budget: 2 } },
    { data: { usage: 1, limit: 2, is_free_tier: false } },
    [],
    undefined,
  ])("does not take another for it: %j", (body) => {
    expect(recognize(body)).toBeNull();
  });

  it("does not take a refusal for it", () => {
    expect(recognize({ isValid: true, remaining: 3 }, 401)).toBeNull();
  });
});
