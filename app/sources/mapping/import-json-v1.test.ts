import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyMapping } from "./apply-mapping.ts";
import { recognizeDefinition } from "./recognize-definition.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

function taken(value: unknown) {
  const result = recognizeDefinition(value);
  if (!result.ok) throw new Error(`${result.problem} | ${result.leftOut.join(" | ")}`);
  return result;
}

describe("a json-v1 definition", () => {
  it("is taken over with its rows, divisors, currencies and times", () => {
    const { definition, leftOut } = taken({
      format: "json-v1",
      path: "/api/quota",
      rowsPath: "data.items",
      mappings: [
        {
          name: "Spend",
          resultType: "budget",
          currency: "usd",
          metric: { type: "spend-budget", spend: { path: "cents", divideBy: 100 }, budget: ["limit", "dollars"] },
          reset: { path: "until", format: "unix-milliseconds" },
        },
        { label: "Share:", metric: { type: "percentage", percentRemaining: { path: "left" } } },
      ],
    });
    expect(leftOut).toEqual([]);
    const body = {
      data: { items: [{ cents: 1175, limit: { dollars: 40 }, until: Date.UTC(2026, 11, 1), left: 63.5 }] },
    };
    expect(applyMapping(definition, body, NOW).meters).toMatchObject([
      {
        id: "spend-row-1",
        unit: { kind: "money", currency: "USD" },
        used: 11_750_000,
        limit: 40_000_000,
        window: { resetsAt: Date.UTC(2026, 11, 1) },
      },
      { id: "share-row-1", label: { text: "Share" }, unit: { kind: "percent" }, remaining: 63.5 },
    ]);
  });

  it.each([
    [
      { type: "used-limit", used: "u", limit: "l", unit: "tokens" },
      { unit: { kind: "tokens" }, used: 3, limit: 10, remaining: 7 },
    ],
    [
      { type: "remaining-limit", remaining: "r", limit: "l", unit: "requests" },
      { unit: { kind: "requests" }, remaining: 7, limit: 10 },
    ],
    [
      { type: "remaining-budget", remaining: "r", budget: "l", currency: "EUR" },
      { unit: { currency: "EUR" }, remaining: 7_000_000, limit: 10_000_000 },
    ],
    [
      { type: "percentage", percentUsed: "u" },
      { unit: { kind: "percent" }, used: 3, remaining: 97 },
    ],
  ])("reads the metric %j", (metric, expected) => {
    const { definition } = taken({ mappings: [{ name: "Q", ...metric }] });
    expect(applyMapping(definition, { u: 3, r: 7, l: 10 }, NOW).meters).toMatchObject([expected]);
  });

  it("takes a single value only where the definition says what it is of", () => {
    const value = (resultType: string) => ({
      mappings: [{ name: "V", resultType, currency: "USD", metric: { type: "value", value: "v" } }],
    });
    expect(applyMapping(taken(value("balance")).definition, { v: 5 }, NOW).meters).toMatchObject([
      { remaining: 5_000_000, used: "unknown", window: { kind: "balance" } },
    ]);
    expect(applyMapping(taken(value("spend")).definition, { v: 5 }, NOW).meters).toMatchObject([
      { used: 5_000_000, remaining: "unknown" },
    ]);
    expect(recognizeDefinition(value("status"))).toMatchObject({
      ok: false,
      leftOut: expect.arrayContaining([
        expect.stringContaining("mappings[0]: a value of this result type is no quota"),
      ]),
    });
  });

  it("says in words what it could not take over", () => {
    const { definition, leftOut } = taken({
      format: "json-v1",
      url: "https://secret.example/quota",
      mappings: [
        {
          name: "A",
          metric: { type: "used-limit", used: "u", limit: "l", clamp: true },
          reset: { path: "t", format: "stardate" },
          observedAt: { path: "o" },
        },
        { name: "B", metric: { type: "status", text: "s" } },
        { name: "C", metric: { type: "used-limit", used: { path: "u", divideBy: 7 }, limit: "l" } },
        "D",
      ],
    });
    expect(definition.meters.map(({ id }) => id)).toEqual(["a"]);
    expect(leftOut).toEqual([
      "url: not taken over",
      "mappings[0]: the unit is not told, so it counts units; set it",
      "mappings[0].clamp: not understood",
      "mappings[0].observedAt: not understood",
      "mappings[0].reset: its path or format is not understood",
      "mappings[1]: a status is no quota, so left out",
      "mappings[2]: its used has no path that is understood, so left out",
      "mappings[3]: not an object, so left out",
      "path: not told, so / is asked; set it, and the address",
    ]);
    expect(leftOut.join()).not.toContain("secret.example");
  });

  it.each([
    [{ format: "json-v1" }, "mappings: there is none"],
    [{ mappings: Array(17).fill({}) }, "mappings: more than 16"],
    [{ mappings: [{}], rowsPath: 5 }, "rowsPath: neither a text nor a list of names"],
    [{ mappings: [{}] }, "no mapping could be taken over"],
  ])("is refused by name: %j", (value, problem) => {
    expect(recognizeDefinition(value)).toMatchObject({ ok: false, problem });
  });

  it("reads names literally: a name with a bracket is a name", () => {
    const { definition } = taken({ mappings: [{ name: "Q", type: "used-limit", used: ["a.b", "c[0]"], limit: "l" }] });
    expect(definition.meters[0]?.used?.path).toBe('$["a.b"]["c[0]"]');
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.array(fc.object({ key: fc.constantFrom("type", "used", "limit", "path", "metric", "reset", "divideBy") })),
        (value, mappings) => {
          recognizeDefinition(value);
          recognizeDefinition({ mappings });
        },
      ),
    );
  });
});

describe("a definition of our own", () => {
  it("is known by its shape", () => {
    const definition = { meters: [{ id: "a", label: "A", used: "$.u", unit: "tokens" }] };
    expect(recognizeDefinition(definition)).toMatchObject({
      ok: true,
      leftOut: [],
      definition: { path: "/", method: "GET" },
    });
    expect(recognizeDefinition({ metres: [] })).toMatchObject({ ok: false });
    expect(recognizeDefinition(null)).toMatchObject({ ok: false, problem: "not an object" });
  });
});
