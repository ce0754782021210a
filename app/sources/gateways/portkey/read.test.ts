import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { register } from "../../register.ts";
import { portkey } from "./descriptor.ts";

const source = register(portkey);
const KEY = "GET /v1/api-keys/k1";
const POLICIES = "GET /v1/policies/usage-limits";
const POLICY = "0b6f1c52-7a3e-4d19-9c11-5e2a8d40f7b3";
const COST =
  "GET /v1/analytics/graphs/cost?time_of_generation_min=2026-11-01T00%3A00%3A00Z&time_of_generation_max=2026-11-20T12%3A00%3A00Z&api_key_ids=k1";

const limits = {
  type: "cost",
  credit_limit: 10,
  periodic_reset: "monthly",
  next_usage_reset_at: "2026-12-01T00:00:00Z",
};
const key = (more: object = {}) => ({
  body: { id: "k1", name: "ci", status: "active", usage_limits: limits, ...more },
});
const spent = (total: unknown) => ({ body: { object: "analytics-graph", summary: { total }, data_points: [] } });
const policy = (more: object = {}) => ({ id: POLICY, status: "active", type: "cost", credit_limit: 100, ...more });

const read = (answers: Record<string, object>, keyId = "k1") => outcomeOf(source, answers, { options: { keyId } });

describeFixtures(source, import.meta.url);

describe("the Portkey reader", () => {
  it("reads limits in dollars and analytics in cents, for this key and period alone", async () => {
    expect(await read({ [KEY]: key(), [COST]: spent(512.4) })).toMatchObject({
      reading: { meters: [{ limit: 10_000_000, used: 5_124_000, remaining: 4_876_000, confidence: "estimated" }] },
    });
  });

  it("takes a limit of tokens for tokens, and asks no cost for it", async () => {
    const outcome = await read({ [KEY]: key({ usage_limits: { ...limits, type: "tokens", credit_limit: 500000 } }) });
    expect(outcome).toMatchObject({
      reading: { meters: [{ unit: { kind: "tokens" }, limit: 500_000, used: "unknown", remaining: "unknown" }] },
    });
    expect(outcome.trace.some(({ url }) => url.includes("analytics"))).toBe(false);
  });

  it.each([[400], [401], [403], [404], [422]])(
    "leaves the spend unknown where the analytics say %i",
    async (status) => {
      const outcome = await read({ [KEY]: key(), [COST]: { status, body: { success: false } } });
      expect(outcome).toMatchObject({ reading: { meters: [{ used: "unknown", confidence: "reported" }] } });
    },
  );

  it.each([
    [{ status: 500, body: {} }, "server-error"],
    [spent("much"), "unexpected-shape"],
    [{ status: 429, body: {} }, "rate-limited"],
  ])("ends the poll when the analytics give %j", async (answer, cause) => {
    expect(await read({ [KEY]: key(), [COST]: answer })).toMatchObject({ ok: false, cause });
  });

  it.each([
    ["nothing is known", { status: 403, body: {} }, { used: 10_000_000, remaining: 0 }],
    ["the analytics lag", spent(900), { used: 10_000_000, remaining: 0 }],
    ["more was spent", spent(1040), { used: 10_400_000, remaining: -400_000 }],
  ])("says that nothing is left of an exhausted key where %s", async (_, cost, expected) => {
    const outcome = await read({ [KEY]: key({ status: "exhausted" }), [COST]: cost });
    expect(outcome).toMatchObject({ reading: { meters: [{ ...expected, confidence: "derived" }] } });
  });

  it.each([
    [999.9, { used: 9_999_000, remaining: 1000 }],
    [1000, { used: 10_000_000, remaining: "unknown" }],
    [1051.2, { used: 10_512_000, remaining: "unknown" }],
  ])("never says by an estimate of %d that an active key is used up", async (total, expected) => {
    const outcome = await read({ [KEY]: key(), [COST]: spent(total) });
    expect(outcome).toMatchObject({ reading: { meters: [{ ...expected, confidence: "estimated" }] } });
  });

  it("tells keys of one name apart", async () => {
    const data = ["aaaaaaaa-1", "aaaaaaaa-2", "bbbbbbbb-1"].map((id) => key({ id }).body);
    const other = key({ id: "cccccccc-1", name: "laptop" }).body;
    const outcome = await read({ "GET /v1/api-keys": { body: { data: [...data, other] } } }, "");
    expect(outcome.ok && outcome.reading.meters.map(({ label }) => englishLabel(label))).toEqual([
      "Key budget, ci (aaaaaaaa-1)",
      "Key budget, ci (aaaaaaaa-2)",
      "Key budget, ci (bbbbbbbb)",
      "Key budget, laptop",
    ]);
  });

  it("says so of a key that is gone", async () => {
    expect(await read({ [KEY]: key({ status: "archived" }) })).toMatchObject({
      reading: { notices: [{ key: "notice.key-disabled" }] },
    });
  });

  it("says so where it is told no limits at all", async () => {
    const outcome = await read({ "GET /v1/api-keys": { body: { data: [{ id: "k1", usage_limits: null }] } } }, "");
    expect(outcome).toMatchObject({ reading: { meters: [], notices: [{ key: "notice.no-limits-told" }] } });
  });

  it.each([["../x"], ["a/b"], ["a?b"]])("refuses the key ID %j", async (keyId) => {
    expect(await read({}, keyId)).toMatchObject({ ok: false, cause: "invalid-options" });
  });
});

describe("the policies", () => {
  const usage = { k1: { current_usage: 40, status: "active" }, k2: { current_usage: 100.5, status: "exhausted" } };
  const one = (more: object) => ({
    [KEY]: key({ usage_limits: null }),
    "GET /v1/api-keys": { body: { data: [] } },
    [POLICIES]: { body: { object: "list", data: [policy()] } },
    [`${POLICIES}/${POLICY}?include_usage=true`]: { body: policy(more) },
  });

  it("are read in dollars, with what was used; counters of other keys are left out", async () => {
    const outcome = await read(one({ group_by: [{ key: "api_key" }], value_key_usage_map: usage, name: "Everyone" }));
    expect(outcome).toMatchObject({
      reading: {
        meters: [
          { id: "key-budget" },
          {
            id: `policy-${POLICY}-k1`,
            label: { text: "Everyone" },
            limit: 100_000_000,
            used: 40_000_000,
            scope: "key",
          },
        ],
      },
    });
    expect(outcome.ok && outcome.reading.meters).toHaveLength(2);
  });

  it("keep the counters of what the key belongs to, those that used most first", async () => {
    const outcome = await read(one({ group_by: [{ key: "workspace_id" }], value_key_usage_map: usage, name: "All" }));
    expect(outcome).toMatchObject({
      reading: {
        meters: [
          {},
          { label: { text: "All, k2" }, remaining: -500_000, scope: "team" },
          { label: { text: "All, k1" } },
        ],
      },
    });
  });

  it("tell counters that are alike for long apart, and name what they count by", async () => {
    const start = "workspace_id:ws-team-production-europe-1-api_key:";
    const outcome = await read(
      one({
        group_by: [{ key: "workspace_id" }, { key: "api_key" }, { key: "metadata._user" }],
        name: "Cap",
        value_key_usage_map: {
          [`${start}aaaaaaaa-1`]: { current_usage: 9 },
          [`${start}aaaaaaaa-2-metadata._user:ann`]: { current_usage: 1 },
        },
      }),
      "",
    );
    expect(outcome.ok && outcome.reading.meters.map(({ label }) => englishLabel(label))).toEqual([
      "Cap, workspace ws-team-production-europe-1, key aaaaaaaa-1",
      "Cap, workspace ws-team-production-europe-1, key aaaaaaaa-2, user ann",
    ]);
    expect(new Set(outcome.ok ? outcome.reading.meters.map(({ id }) => id) : []).size).toBe(2);
  });

  it("show no more counters than can be read", async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`u${n}`, { current_usage: n }]));
    const outcome = await read(one({ group_by: [{ key: "metadata._user" }], value_key_usage_map: many }));
    expect(outcome.ok && outcome.reading.meters).toHaveLength(11);
    expect(outcome.ok && outcome.reading.meters[1]?.id).toBe(`policy-${POLICY}-u499`);
  });

  it.each([["../../admin"], ["p1"], ["sk-key-of-somebody"]])("are not asked for by an id like %j", async (id) => {
    const outcome = await read({
      [KEY]: key({ usage_limits: null }),
      [POLICIES]: { body: { data: [policy({ id })] } },
    });
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.trace).toHaveLength(2);
  });

  it.each([401, 403, 404])("are left out on %i", async (status) => {
    const outcome = await read({ [KEY]: key({ usage_limits: null }), [POLICIES]: { status, body: {} } });
    expect(outcome.ok && outcome.reading.meters).toHaveLength(1);
  });

  it("end the poll when they fail", async () => {
    const outcome = await read({ [KEY]: key({ usage_limits: null }), [POLICIES]: { status: 502, body: {} } });
    expect(outcome).toMatchObject({ ok: false, cause: "server-error" });
  });
});
