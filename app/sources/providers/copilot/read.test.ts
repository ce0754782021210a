import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { percentRemaining } from "../../../quota/meter.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { copilot } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(copilot);

describeFixtures(source, import.meta.url);

async function poll(body: unknown, facts: Readonly<Record<string, string>> = {}) {
  const http = cannedTransport({ "/copilot_internal/user": { body: JSON.stringify(body) } });
  const baseUrl = "https://api.github.com";
  const { context } = createReadContext({ http, baseUrl, key: "gho_x", auth: source.auth, facts, now: NOW });
  const read = await source.prepare({});
  return { http, reading: await read(context) };
}

describe("the Copilot reader", () => {
  it("shows the token as GitHub's own scheme, and asks as an editor does", async () => {
    const { http } = await poll({ copilot_plan: "individual" });
    expect(http.requests[0]).toMatchObject({
      headers: { "user-agent": expect.stringMatching(/^GitHubCopilotChat\//), "editor-version": expect.any(String) },
      secretHeaders: [{ name: "authorization", value: "token gho_x" }],
    });
  });

  it("takes limited_user_quotas for what remains, not for what is used", async () => {
    const { reading } = await poll({ monthly_quotas: { chat: 50 }, limited_user_quotas: { chat: 45 } });
    expect(reading.meters).toMatchObject([{ id: "chat", limit: 50, used: 5, remaining: 45 }]);
  });

  it("believes unlimited before an entitlement beside it", async () => {
    const chat = { unlimited: true, entitlement: 300, remaining: 0 };
    expect((await poll({ quota_snapshots: { chat } })).reading.meters).toMatchObject([{ limit: "unlimited" }]);
  });

  it.each([
    ["quota_reset_date", "2026-12-01", Date.UTC(2026, 11, 1), "reported"],
    ["quota_reset_date_utc", "2026-12-01T00:00:00.000Z", Date.UTC(2026, 11, 1), "reported"],
    ["limited_user_reset_date", "2026-12-09", Date.UTC(2026, 11, 9), "reported"],
    ["quota_reset_date", "soon", Date.UTC(2026, 11, 1), "derived"],
  ])("reads %s of %s in UTC", async (field, date, resetsAt, resetBasis) => {
    const { reading } = await poll({ [field]: date, quota_snapshots: { chat: { entitlement: 5, remaining: 1 } } });
    expect(reading.meters[0]?.window).toMatchObject({ kind: "calendar", timeZone: "UTC", resetsAt, resetBasis });
  });

  it("is not stopped by sentinels beside unlimited", async () => {
    for (const entitlement of [-1, -3]) {
      const chat = { unlimited: true, entitlement, remaining: entitlement, quota_remaining: entitlement };
      expect((await poll({ quota_snapshots: { chat } })).reading.meters).toMatchObject([{ limit: "unlimited" }]);
    }
  });

  it("reads the percentage that is left where nothing else is told", async () => {
    const meters = async (snapshot: object) =>
      (await poll({ quota_snapshots: { premium_interactions: snapshot } })).reading.meters;
    expect(await meters({ percent_remaining: 42.5, unlimited: false })).toMatchObject([
      { id: "premium-requests", unit: { kind: "percent" }, used: 57.5, remaining: 42.5 },
    ]);
    expect(await meters({ percent_remaining: 42, entitlement: 0, remaining: 0 })).toMatchObject([{ remaining: 42 }]);
    expect(await meters({ percent_remaining: 100, entitlement: 0, remaining: 0 })).toEqual([]);
    expect(await meters({ percent_remaining: 42, entitlement: 300, remaining: 100 })).toMatchObject([
      { unit: { kind: "requests" }, remaining: 100 },
    ]);
  });

  it.each([
    ["no quota", {}, [["credits", "unknown", 320, "unknown"]]],
    [
      "one without a limit",
      { premium_interactions: { unlimited: true } },
      [["premium-requests", "unlimited", 320, "unlimited"]],
    ],
    [
      "one that tells its own",
      { premium_interactions: { unlimited: true, credits_used: 319.6 } },
      [["premium-requests", "unlimited", 319.6, "unlimited"]],
    ],
    [
      "one with a limit",
      { premium_interactions: { entitlement: 1500, remaining: 1180 } },
      [["premium-requests", 1500, 320, 1180]],
    ],
  ])("tells the credits that were used beside %s", async (_, quota_snapshots, expected) => {
    const { reading } = await poll({ token_based_billing: true, credits_used: 320, quota_snapshots });
    expect(reading.meters.map(({ id, limit, used, remaining }) => [id, limit, used, remaining])).toEqual(expected);
    expect(reading.meters[0]?.unit).toEqual({ kind: "credits" });
  });

  it("does not call what is used up a stop where requests beyond it are allowed", async () => {
    const quota = { entitlement: 300, overage_permitted: true };
    const premium = async (more: object) => {
      const { reading } = await poll({ quota_snapshots: { premium_interactions: { ...quota, ...more } } });
      return [reading.meters.map(percentRemaining), reading.notices];
    };
    const beyond = (amount: number) => [{ key: "notice.goes-on-beyond", params: { amount } }];
    expect(await premium({ remaining: 30 })).toEqual([[10], []]);
    expect(await premium({ remaining: 0, overage_count: 55 })).toEqual([["unknown"], beyond(55)]);
    expect(await premium({ remaining: -2.5 })).toEqual([["unknown"], beyond(2.5)]);
    expect(await premium({ remaining: 0, overage_permitted: false })).toEqual([[0], []]);
  });

  it.each([
    ["business", ["notice.plan", "notice.managed-by-organization"]],
    ["enterprise", ["notice.plan", "notice.managed-by-organization"]],
    ["individual", ["notice.plan", "notice.no-limits-told"]],
  ])("says of a %s plan without figures %j", async (copilot_plan, keys) => {
    const premium_interactions = { entitlement: 0, remaining: 0, percent_remaining: 0 };
    const { reading } = await poll({ copilot_plan, quota_snapshots: { premium_interactions } });
    expect(reading.meters).toEqual([]);
    expect(reading.notices.map(({ key }) => key)).toEqual(keys);
  });

  it("reads what remains of a free plan below 0", async () => {
    const { reading } = await poll({ monthly_quotas: { chat: 50 }, limited_user_quotas: { chat: "-3" } });
    expect(reading.meters).toMatchObject([{ limit: 50, used: 53, remaining: -3 }]);
  });

  it("waits where GitHub's secondary limit says so", async () => {
    const answer = { status: 403, headers: { "retry-after": "60" }, body: '{"message":"secondary rate limit"}' };
    const http = cannedTransport({ "/copilot_internal/user": answer });
    const { context } = createReadContext({
      http,
      baseUrl: "https://api.github.com",
      key: "gho_x",
      auth: source.auth,
      now: NOW,
    });
    const read = await source.prepare({});
    await expect(read(context)).rejects.toMatchObject({ failure: { cause: "rate-limited", retryAt: NOW + 60_000 } });
  });

  it("knows the user by the answer, else by the file", async () => {
    expect((await poll({ copilot_plan: "x", login: "octo" }, { user: "file" })).reading.subjects).toEqual({
      user: "octo",
    });
    expect((await poll({ copilot_plan: "x" }, { user: "file" })).reading.account).toBe("file");
    expect((await poll({ copilot_plan: "x" })).reading.subjects).toBeUndefined();
  });
});
