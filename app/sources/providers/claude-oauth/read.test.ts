import { describe, expect, it } from "vitest";
import { createTransport } from "../../../../main/host/transport.ts";
import { serveLoopback } from "../../../../tests/fault-gateway/loopback.ts";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { percentRemaining } from "../../../quota/meter.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { claudeOauth } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(claudeOauth);

describeFixtures(source, import.meta.url);

async function poll(answer: { status?: number; headers?: Record<string, string>; body: string }) {
  const http = cannedTransport({ "/api/oauth/usage": answer });
  const traced = createReadContext({
    http,
    baseUrl: "https://api.anthropic.com",
    key: "sk-ant-oat01-x",
    auth: source.auth,
    now: NOW,
  });
  const read = await source.prepare({});
  return { http, reading: await read(traced.context) };
}

describe("the Claude reader", () => {
  it("asks as Claude Code does, which other agents are not allowed to do for long", async () => {
    const { http } = await poll({ body: '{"five_hour":null,"seven_day":null}' });
    expect(http.requests[0]).toMatchObject({
      method: "GET",
      headers: { "anthropic-beta": "oauth-2025-04-20", "user-agent": expect.stringMatching(/^claude-code\/\d/) },
      secretHeaders: [{ name: "authorization", value: "Bearer sk-ant-oat01-x", origin: "https://api.anthropic.com" }],
    });
  });

  it("says so on the wire, too, where the transport has a name of its own", async () => {
    const agents: (string | undefined)[] = [];
    const server = await serveLoopback((request, response) => {
      agents.push(request.headers["user-agent"]);
      response.end('{"five_hour":null}');
    });
    const http = createTransport({ env: {} });
    try {
      const { context } = createReadContext({ http, baseUrl: server.origin, key: "k", auth: source.auth, now: NOW });
      const read = await source.prepare({});
      await read(context);
      expect(agents).toEqual([expect.stringMatching(/^claude-code\/\d+\.\d+\.\d+$/)]);
    } finally {
      await http.close();
      await server.close();
    }
  });

  it("takes 0.4 for less than half a percent used, not for 40 %", async () => {
    const { reading } = await poll({ body: '{"five_hour":{"utilization":0.4,"resets_at":null}}' });
    expect(reading.meters.map(percentRemaining)).toEqual([99.6]);
  });

  it("takes extra usage for cents", async () => {
    const extra = '{"is_enabled":true,"monthly_limit":5000,"used_credits":730,"currency":"usd"}';
    const { reading } = await poll({ body: `{"five_hour":null,"extra_usage":${extra}}` });
    expect(reading.meters).toMatchObject([
      { unit: { kind: "money", currency: "USD" }, limit: 50_000_000, used: 7_300_000, remaining: 42_700_000 },
    ]);
  });

  it("prefers the list to the fields that repeat it", async () => {
    const limits = [
      { kind: "weekly_all", percent: 30, resets_at: null },
      { kind: "weekly_scoped", percent: 50, scope: { model: { display_name: "Opus 4.5" } } },
    ];
    const fields = {
      five_hour: { utilization: 1 },
      seven_day: { utilization: 99 },
      seven_day_opus: { utilization: 98 },
    };
    const { reading } = await poll({ body: JSON.stringify({ ...fields, limits }) });
    expect(reading.meters.map(({ id, used }) => [id, used])).toEqual([
      ["five-hours", 1],
      ["week", 30],
      ["week-opus-4-5", 50],
    ]);
  });

  it("names a week that it has never heard of", async () => {
    const { reading } = await poll({
      body: '{"five_hour":null,"seven_day_oauth_apps":{"utilization":4},"seven_day_new_thing":{"utilization":5}}',
    });
    expect(reading.meters.map(({ label }) => englishLabel(label))).toEqual(["Week, OAuth apps", "Week, New thing"]);
  });

  it("does not take a scoped limit without a name for the whole week", async () => {
    const { reading } = await poll({ body: '{"limits":[{"group":"weekly","kind":"weekly_scoped","percent":95}]}' });
    expect(reading.meters.map(({ id }) => id)).toEqual(["week-other"]);
  });

  it("says so where nothing is told", async () => {
    const nothing = { five_hour: null, seven_day: null, limits: [], extra_usage: { is_enabled: false } };
    const { reading } = await poll({ body: JSON.stringify(nothing) });
    expect(reading).toMatchObject({ meters: [], notices: [{ key: "notice.no-limits-told" }] });
  });

  it.each<[string, object, string, string]>([
    ["a scope that names nothing", { kind: "weekly_all", scope: { model: null, surface: null } }, "week", "Week"],
    ["a group without a kind", { group: "weekly" }, "week", "Week"],
    [
      "a new kind of a known group",
      { kind: "scoped_surface", group: "weekly" },
      "week-scoped-surface",
      "Week, Scoped surface",
    ],
    [
      "a new kind with a model",
      { kind: "scoped_surface", group: "weekly", scope: { model: { display_name: "Design" } } },
      "week-design",
      "Week, Design",
    ],
    ["a kind that says more than its window", { kind: "weekly_design" }, "week-design", "Week, Design"],
    [
      "a surface with a name",
      { kind: "weekly_scoped", scope: { surface: { display_name: "Cowork" } } },
      "week-cowork",
      "Week, Cowork",
    ],
    [
      "a surface that is a name",
      { kind: "weekly_scoped", scope: { model: null, surface: "cowork" } },
      "week-cowork",
      "Week, cowork",
    ],
    ["a month", { kind: "monthly_all", group: "monthly" }, "month", "Month"],
    ["a group that is new, too", { kind: "yearly_all", group: "yearly" }, "usage-yearly-all", "Usage, Yearly all"],
  ])("shows %s", async (_, limit, id, label) => {
    const limits = [{ percent: 88, resets_at: null, ...limit }];
    const { reading } = await poll({ body: JSON.stringify({ limits }) });
    expect(reading.meters.map((meter) => [meter.id, englishLabel(meter.label), meter.used])).toEqual([[id, label, 88]]);
  });

  it("drops neither of two limits that nothing tells apart", async () => {
    const limits = [40, 95].map((percent) => ({ kind: "weekly_scoped", group: "weekly", percent }));
    const { reading } = await poll({ body: JSON.stringify({ limits }) });
    expect(reading.meters.map(({ id, used }) => [id, used])).toEqual([
      ["week-other", 40],
      ["week-other-2", 95],
    ]);
  });

  it.each<[object, string]>([
    [{ id: "claude-opus-4-5", display_name: null }, "week-claude-opus-4-5"],
    [{ id: "claude-opus-4-5", display_name: "Claude Opus 4.5" }, "week-claude-opus-4-5"],
  ])("shows a model once that the list names %j and a field by its family", async (model, id) => {
    const limits = [{ kind: "weekly_scoped", group: "weekly", percent: 40, scope: { model } }];
    const fields = { seven_day_opus: { utilization: 40 }, seven_day_sonnet: { utilization: 2 } };
    const { reading } = await poll({ body: JSON.stringify({ ...fields, limits }) });
    expect(reading.meters.map((meter) => meter.id)).toEqual([id, "week-sonnet"]);
  });

  it("lets the policy back off where the service asks to wait for 0 s", async () => {
    await expect(poll({ status: 429, headers: { "retry-after": "0" }, body: "{}" })).rejects.toMatchObject({
      failure: { cause: "rate-limited", retryAt: NOW },
    });
  });

  it.each([
    [401, "key-refused"],
    [403, "key-lacks-permission"],
    [500, "server-error"],
  ])("names the cause of %i", async (status, cause) => {
    await expect(poll({ status, body: "{}" })).rejects.toMatchObject({ failure: { cause, status } });
  });

  it("finds nothing in an object of another service", async () => {
    await expect(poll({ body: '{"data":[]}' })).rejects.toMatchObject({
      failure: { cause: "unexpected-shape", detail: "five_hour: missing" },
    });
  });
});
