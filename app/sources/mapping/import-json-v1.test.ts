import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readingSchema } from "../../quota/reading.ts";
import { applyMapping } from "./apply-mapping.ts";
import { recognizeDefinition } from "./recognize-definition.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const DECEMBER = Date.UTC(2026, 11, 1);

function taken(value: unknown) {
  const result = recognizeDefinition(value);
  if (!result.ok) throw new Error(`${result.problem} | ${result.leftOut.join(" | ")}`);
  return result;
}

function refused(value: unknown) {
  const result = recognizeDefinition(value);
  if (result.ok) throw new Error("taken over");
  return result;
}

/** A whole definition as `provider add` writes it. */
const plan = {
  id: "aurora-plan",
  label: "Aurora plan",
  mode: "remote-api",
  url: "https://llm.example.org/account/v2/plan",
  format: "json-v1",
  apiKeyEnv: "AURORA_KEY",
  adapter: {
    rowsPath: ["result", "plans"],
    mappings: [
      {
        resultType: "quota",
        name: "Tokens",
        unit: "tokens",
        unitPosition: "suffix",
        resetTime: { path: ["period", "ends"], encoding: "iso-8601" },
        metric: {
          type: "used-limit",
          used: { path: ["tokens", "spent_thousandths"], divideBy: 1000 },
          limit: { path: ["tokens", "allowed"] },
        },
      },
      {
        resultType: "rate_limit",
        name: "Requests",
        unit: "req",
        unitPosition: "suffix",
        resetTime: { path: ["window_end"], encoding: "unix-seconds" },
        metric: { type: "remaining-limit", remaining: { path: ["requests", "left"] }, limit: { literal: 200 } },
      },
      {
        resultType: "quota",
        name: "Session",
        metric: { type: "percentage", percentage: { path: ["session", "pct"] }, meaning: "used" },
      },
      {
        resultType: "quota",
        name: "Week",
        metric: { type: "percentage", percentage: { path: ["week_left"] }, meaning: "remaining" },
      },
      {
        resultType: "budget",
        name: "Team budget",
        unit: "$",
        unitPosition: "prefix",
        metric: {
          type: "spend-budget",
          spend: { path: ["money", "spent_cents"], divideBy: 100 },
          budget: { path: ["money", "budget"] },
        },
      },
      {
        resultType: "budget",
        name: "Own budget",
        unit: "EUR",
        unitPosition: "suffix",
        resetTime: { path: ["period", "ends_ms"], encoding: "unix-milliseconds" },
        metric: {
          type: "remaining-budget",
          remaining: { path: ["money", "own_micros"], divideBy: 1_000_000 },
          budget: { literal: 12.5 },
        },
      },
      {
        resultType: "balance",
        name: "Prepaid",
        unit: "$",
        unitPosition: "prefix",
        metric: { type: "value", valueType: "balance", value: { path: ["prepaid"] } },
      },
    ],
  },
};

const planAnswer = {
  result: {
    plans: [
      {
        period: { ends: "2026-12-01T00:00:00Z", ends_ms: DECEMBER },
        window_end: DECEMBER / 1000,
        tokens: { spent_thousandths: 730_000, allowed: 2000 },
        requests: { left: 150 },
        session: { pct: 27 },
        week_left: 63.5,
        money: { spent_cents: 1175, budget: 40, own_micros: 5_250_000 },
        prepaid: -3.5,
      },
    ],
  },
};

describe("a json-v1 definition of opencode-quota", () => {
  it("is taken over as a whole: figures, units, fixed limits, divisors and times", () => {
    const { definition, leftOut, proposal } = taken(plan);
    expect(proposal).toEqual({ address: "https://llm.example.org", name: "Aurora plan" });
    expect(definition).toMatchObject({ method: "GET", path: "/account/v2/plan", rows: { path: "$.result.plans[*]" } });
    expect(leftOut).toEqual(["apiKeyEnv: not taken over; say where the key is"]);
    expect(readingSchema.parse(applyMapping(definition, planAnswer, NOW)).meters).toMatchObject([
      {
        label: { text: "Tokens" },
        unit: { kind: "tokens" },
        used: 730,
        limit: 2000,
        remaining: 1270,
        window: { kind: "period", resetsAt: DECEMBER },
      },
      { unit: { kind: "requests" }, remaining: 150, limit: 200, window: { resetsAt: DECEMBER } },
      { unit: { kind: "percent" }, used: 27, remaining: 73 },
      { unit: { kind: "percent" }, used: 36.5, remaining: 63.5 },
      { unit: { kind: "money", currency: "USD" }, used: 11_750_000, limit: 40_000_000 },
      {
        unit: { kind: "money", currency: "EUR" },
        remaining: 5_250_000,
        limit: 12_500_000,
        window: { resetsAt: DECEMBER },
      },
      { unit: { kind: "money", currency: "USD" }, remaining: -3_500_000, window: { kind: "balance" } },
    ]);
  });

  it("is taken from its adapter alone, and from the settings that it stands in", () => {
    const whole = taken(plan).definition;
    const { definition, proposal, leftOut } = taken(plan.adapter);
    expect(definition.meters).toEqual(whole.meters);
    expect(definition.path).toBe("/");
    expect(proposal).toEqual({ address: null, name: null });
    expect(leftOut).toEqual(["url: there is none with an adapter alone; set the address and the path"]);
    const other = { id: "estimate", mode: "local-estimate", windows: [] };
    expect(taken({ quotaProviders: [other, plan] }).definition).toEqual(whole);
    expect(taken({ experimental: { quotaToast: { quotaProviders: [plan] } } }).definition).toEqual(whole);
    expect(refused({ quotaProviders: [plan, { ...plan, id: "second" }] }).problem).toBe(
      "quotaProviders: more than one has the format json-v1 (aurora-plan, second); give one of them",
    );
    expect(refused({ quotaProviders: [other] }).problem).toBe("quotaProviders: none has the format json-v1");
  });

  it("reads an answer that is one object where no rows are named, and says what to do where it is a list", () => {
    const { definition } = taken({ ...plan, adapter: { mappings: plan.adapter.mappings.slice(2, 3) } });
    expect(definition.rows).toBeUndefined();
    expect(applyMapping(definition, { session: { pct: 5 } }, NOW).meters).toMatchObject([{ id: "session", used: 5 }]);
    expect(() => applyMapping(definition, [{ session: { pct: 5 } }], NOW)).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({
          detail: "meter session, at $.session.pct: missing; the answer is a list, so it needs rows such as $[*]",
        }),
      }),
    );
  });

  it.each([
    ["quota", "used", { used: 5, limit: "unknown", remaining: "unknown", window: { kind: "period" } }],
    ["rate_limit", "limit", { used: "unknown", limit: 5, remaining: "unknown" }],
    ["quota", "remaining", { used: "unknown", limit: "unknown", remaining: 5 }],
    ["usage", "used", { used: 5 }],
    ["spend", "spend", { used: 5 }],
    ["budget", "budget", { limit: 5, used: "unknown" }],
    ["balance", "balance", { remaining: 5, window: { kind: "balance" } }],
  ])("takes the single value of a %s that is its %s", (resultType, valueType, expected) => {
    const metric = { type: "value", valueType, value: { path: ["v"] } };
    const { definition } = taken({
      mappings: [{ resultType, name: "V", unit: "credits", unitPosition: "suffix", metric }],
    });
    expect(applyMapping(definition, { v: 5 }, NOW).meters).toMatchObject([{ ...expected, unit: { kind: "credits" } }]);
  });

  it.each([
    ["$", { kind: "money", currency: "USD" }],
    ["US$", { kind: "money", currency: "USD" }],
    ["€", { kind: "money", currency: "EUR" }],
    ["usd", { kind: "money", currency: "USD" }],
    ["CHF", { kind: "money", currency: "CHF" }],
    ["Tokens", { kind: "tokens" }],
    ["req", { kind: "requests" }],
    ["pts", { kind: "points" }],
    ["h", { kind: "hours" }],
  ])("understands the unit %s", (unit, expected) => {
    const metric = { type: "value", valueType: "remaining", value: { path: ["v"] } };
    const { definition, leftOut } = taken({
      mappings: [{ resultType: "quota", name: "V", unit, unitPosition: "suffix", metric }],
    });
    expect(definition.meters[0]?.unit).toEqual(expected);
    expect(leftOut).toHaveLength(1);
  });

  it.each([
    ["kWh", "mappings[0].unit: not a unit that is known here, so it counts units"],
    ["¥", "mappings[0].unit: the currency of this sign is not sure, so it counts units; set it"],
    ["XQZ", "mappings[0].unit: not a unit that is known here, so it counts units"],
    [undefined, "mappings[0].unit: not told, so it counts units; set it"],
  ])("does not guess what the unit %s is", (unit, note) => {
    const metric = { type: "value", valueType: "spend", value: { path: ["v"] } };
    const { definition, leftOut } = taken({ mappings: [{ resultType: "spend", name: "V", unit, metric }] });
    expect(definition.meters[0]?.unit).toEqual({ kind: "units" });
    expect(leftOut).toContain(note);
  });

  it("names field by field what it could not take over, and never a secret", () => {
    const { definition, leftOut } = taken({
      id: "a",
      providerId: "b",
      mode: "remote-api",
      modelIds: ["m"],
      url: "https://me:hidden@llm.example.org/q?token=hidden#hidden",
      format: "json-v1",
      adapter: {
        color: "red",
        mappings: [
          {
            resultType: "quota",
            name: "A",
            label: "Daily:",
            unit: "tokens",
            unitPosition: "suffix",
            metric: { type: "used-limit", used: { path: ["u"] }, limit: { path: ["l"] }, clamp: true },
            resetTime: { path: ["t"], encoding: "stardate" },
            observedTime: { path: ["o"], encoding: "iso-8601" },
            icon: "x",
          },
          { resultType: "status", name: "B", metric: { type: "status", value: { path: ["s"] } } },
          {
            resultType: "quota",
            name: "C",
            metric: { type: "used-limit", used: { path: ["u"], divideBy: 7 }, limit: { path: ["l"] } },
          },
          {
            resultType: "quota",
            name: "D",
            metric: { type: "used-limit", used: { path: "u.v" }, limit: { path: ["l"] } },
          },
          {
            resultType: "quota",
            name: "E",
            metric: { type: "percentage", percentage: { literal: 5 }, meaning: "used" },
          },
          { resultType: "quota", name: "F", metric: { type: "percentage", percentage: { path: ["p"] } } },
          { resultType: "quota", name: "G", metric: { type: "value", value: { path: ["p"] } } },
          { resultType: "quota", name: "H", metric: { type: "gauge" } },
          { resultType: "quota", name: "I" },
          "J",
          {
            resultType: "quota",
            name: "K",
            resetTime: { literal: "2026-12-01T00:00:00Z", encoding: "iso-8601" },
            metric: { type: "percentage", percentage: { path: ["p"] }, meaning: "used" },
          },
        ],
      },
    });
    expect(definition.meters.map(({ id }) => id)).toEqual(["a", "k"]);
    expect(leftOut).toEqual([
      "providerId: not taken over",
      "modelIds: not taken over",
      "url: its user and password are not taken over",
      "url: its query is not taken over",
      "url: its fragment is not taken over",
      "adapter.color: not understood",
      "adapter.mappings[0].label: the name is shown instead",
      "adapter.mappings[0].observedTime: not taken over",
      "adapter.mappings[0].icon: not understood",
      "adapter.mappings[0].metric.clamp: not understood",
      "adapter.mappings[0].resetTime.encoding: not one of iso-8601, unix-seconds, unix-milliseconds, so no reset is read",
      "adapter.mappings[1].metric.type: a status is no quota, so the mapping is left out",
      "adapter.mappings[2].metric.used.divideBy: not 100, 1000 or 1000000, so the mapping is left out",
      "adapter.mappings[3].metric.used.path: not a list of names, so the mapping is left out",
      "adapter.mappings[4].metric: only fixed numbers, so the mapping is left out",
      "adapter.mappings[5].metric.meaning: neither used nor remaining, so the mapping is left out",
      "adapter.mappings[6].metric.valueType: not one of used, limit, remaining, balance, spend, budget, so the mapping is left out",
      "adapter.mappings[7].metric.type: not understood, so the mapping is left out",
      "adapter.mappings[8].metric: not an object, so the mapping is left out",
      "adapter.mappings[9]: not an object, so it is left out",
      "adapter.mappings[10].resetTime.literal: a fixed time is not taken over",
    ]);
    expect(leftOut.join()).not.toContain("hidden");
  });

  it("tells mappings of one name apart, by their labels where they have some", () => {
    const metric = { type: "percentage", percentage: { path: ["p"] }, meaning: "used" };
    const { definition } = taken({
      mappings: [
        { resultType: "quota", name: "Plan", label: "5h:", metric },
        { resultType: "quota", name: "Plan", label: "Weekly:", metric },
        { resultType: "quota", name: "Plan", metric },
        { resultType: "quota", name: "計画", metric },
      ],
    });
    expect(definition.meters.map(({ id, label }) => [id, label])).toEqual([
      ["plan-5h", "Plan, 5h"],
      ["plan-weekly", "Plan, Weekly"],
      ["plan", "Plan"],
      ["meter-4", "計画"],
    ]);
  });

  it.each([
    [{ format: "json-v1" }, "adapter: missing"],
    [{ format: "json-v1", adapter: { mappings: [] } }, "adapter.mappings: there is none"],
    [{ adapter: { mappings: Array(17).fill({}) } }, "adapter.mappings: more than 16"],
    [{ mappings: [{}], rowsPath: "data.items" }, "rowsPath: not a list of names"],
    [{ mappings: [{}] }, "no mapping could be taken over"],
    [{ format: "quota-v1", mode: "remote-api", url: "https://x.example" }, "format: only json-v1 is taken over"],
    [{ id: "a", mode: "local-estimate", windows: [] }, "mode: a local estimate asks no service"],
  ])("is refused by name: %j", (value, problem) => {
    expect(refused(value).problem).toBe(problem);
  });

  it.each([
    ["not an address", "url: not an http or https address; set the address and the path"],
    ["ftp://llm.example.org/q", "url: not an http or https address; set the address and the path"],
    [undefined, "url: not told; set the address and the path"],
  ])("says what to do where its url is %s", (url, note) => {
    const { proposal, leftOut } = taken({ ...plan, url });
    expect(proposal.address).toBeNull();
    expect(leftOut).toContain(note);
  });

  it("says so where the path is none that can be asked", () => {
    const { definition, leftOut, proposal } = taken({ ...plan, url: `https://llm.example.org/${"a".repeat(300)}` });
    expect(definition.path).toBe("/");
    expect(proposal.address).toBe("https://llm.example.org");
    expect(leftOut).toContain("url: its path is too long, so / is asked; set it");
  });

  it("reads names literally: a name with a bracket is a name, and one of digits no index", () => {
    const { definition } = taken({
      mappings: [
        {
          resultType: "quota",
          name: "Q",
          metric: { type: "used-limit", used: { path: ["a.b", "c[0]", "0"] }, limit: { path: ["l"] } },
        },
      ],
    });
    expect(definition.meters[0]?.used).toEqual({ path: '$["a.b"]["c[0]"]["0"]' });
  });

  it("never throws, whatever it is given", () => {
    const key = fc.constantFrom("type", "used", "limit", "path", "metric", "resetTime", "divideBy", "literal", "name");
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.object({ key })), fc.anything(), (value, mappings, url) => {
        recognizeDefinition(value);
        recognizeDefinition({ mappings });
        recognizeDefinition({ url, format: "json-v1", adapter: { mappings } });
        recognizeDefinition({ quotaProviders: value });
      }),
    );
  });
});

describe("a definition of our own", () => {
  it("is known by its shape", () => {
    const definition = { meters: [{ id: "a", label: "A", used: "$.u", unit: "tokens" }] };
    expect(recognizeDefinition(definition)).toMatchObject({
      ok: true,
      leftOut: [],
      proposal: { address: null, name: null },
      definition: { path: "/", method: "GET" },
    });
    expect(recognizeDefinition({ metres: [] })).toMatchObject({ ok: false });
    expect(recognizeDefinition(null)).toMatchObject({ ok: false, problem: "not an object" });
  });
});
