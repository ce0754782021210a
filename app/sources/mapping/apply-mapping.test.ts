import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReadError } from "../../quota/failure.ts";
import { readingSchema } from "../../quota/reading.ts";
import { firstIssue } from "../first-issue.ts";
import { applyMapping } from "./apply-mapping.ts";
import { definitionSchema } from "./definition.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

function apply(definition: Record<string, unknown>, body: unknown) {
  return readingSchema.parse(applyMapping(definitionSchema.parse(definition), body, NOW));
}
function applyMeter(meter: Record<string, unknown>, body: unknown) {
  return apply({ meters: [{ id: "m", label: "M", unit: "tokens", ...meter }] }, body).meters[0];
}
function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ReadError) return `${error.failure.cause} ${error.failure.detail}`;
    throw error;
  }
  return "none";
}

describe("figures", () => {
  it.each([
    ["used of a limit", { used: "$.u", limit: "$.l" }, { u: 3, l: 10 }, [10, 3, 7, "derived"]],
    ["left of a limit", { remaining: "$.r", limit: "$.l" }, { r: 7, l: 10 }, [10, 3, 7, "reported"]],
    ["used and left", { used: "$.u", remaining: "$.r" }, { u: 3, r: 7 }, [10, 3, 7, "derived"]],
    [
      "all three, kept as told",
      { used: "$.u", remaining: "$.r", limit: "$.l" },
      { u: 3, r: 6, l: 10 },
      [10, 3, 6, "reported"],
    ],
    ["used alone: no limit is assumed", { used: "$.u" }, { u: 3 }, ["unknown", 3, "unknown", "reported"]],
    ["left alone", { remaining: "$.r" }, { r: 7 }, ["unknown", "unknown", 7, "reported"]],
    [
      "a null is unknown, not 0",
      { used: "$.u", limit: "$.l" },
      { u: null, l: 10 },
      [10, "unknown", "unknown", "reported"],
    ],
    [
      "an absent one is unknown, not 0",
      { used: "$.u", limit: "$.l" },
      { l: 10 },
      [10, "unknown", "unknown", "reported"],
    ],
    ["overdrawn", { used: "$.u", limit: "$.l" }, { u: 13, l: 10 }, [10, 13, -3, "derived"]],
    ["a limit and percent used", { limit: "$.l", percentUsed: "$.p" }, { l: 200, p: 25 }, [200, 50, 150, "estimated"]],
    [
      "a limit and percent left",
      { limit: "$.l", percentRemaining: "$.p" },
      { l: 200, p: 25 },
      [200, 150, 50, "estimated"],
    ],
    ["used and percent used", { used: "$.u", percentUsed: "$.p" }, { u: 50, p: 25 }, [200, 50, 150, "estimated"]],
    [
      "used and 0 percent used says nothing of the limit",
      { used: "$.u", percentUsed: "$.p" },
      { u: 0, p: 0 },
      ["unknown", 0, "unknown", "reported"],
    ],
    [
      "left and percent left",
      { remaining: "$.r", percentRemaining: "$.p" },
      { r: 50, p: 25 },
      [200, 150, 50, "estimated"],
    ],
    ["figures as texts", { used: "$.u", limit: "$.l" }, { u: "3", l: "10.0" }, [10, 3, 7, "derived"]],
    ["thousands", { used: "$.u", limit: "$.l", scale: 0.001 }, { u: 1.5, l: 2 }, [2000, 1500, 500, "derived"]],
  ])("%s", (_, meter, body, [limit, used, remaining, confidence]) => {
    expect(applyMeter(meter, body)).toMatchObject({ limit, used, remaining, confidence });
  });

  it("sees a wrong scale: cents read as dollars, a fraction read as percent", () => {
    const money = { unit: { kind: "money", currency: "USD" }, used: "$.u" };
    expect(applyMeter({ ...money, scale: 100 }, { u: 1175 })?.used).toBe(11_750_000);
    expect(applyMeter(money, { u: 1175 })?.used).toBe(1_175_000_000);
    const share = { unit: "percent", percentUsed: "$.u" };
    expect(applyMeter({ ...share, scale: 0.01 }, { u: 0.29 })).toMatchObject({ used: 29, remaining: 71 });
    expect(applyMeter(share, { u: 0.29 })?.used).toBe(0.29);
  });

  it("is exact for every amount of whole cents", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        const meter = applyMeter(
          { unit: { kind: "money", currency: "USD" }, remaining: "$.c", scale: 100 },
          { c: cents },
        );
        expect(meter?.remaining).toBe(cents === 0 ? 0 : cents * 10_000);
      }),
    );
  });

  it.each([
    ["none of them there", { used: "$.u", limit: "$.l" }, {}, "meter m, at $.u: missing"],
    ["a text", { used: "$.u" }, { u: "much" }, "meter m, at $.u: a text that is not a number"],
    ["true", { used: "$.u" }, { u: true }, "meter m, at $.u: not a number"],
    ["an object", { used: "$.u" }, { u: {} }, "meter m, at $.u: not a number"],
    ["negative use", { used: "$.u" }, { u: -1 }, "meter m, at $.u: negative, which it cannot be"],
    ["two values", { used: "$.u[*]" }, { u: [1, 2] }, "meter m, at $.u[*]: matches more than one value"],
    [
      "no currency",
      { used: "$.u", unit: { kind: "money", currencyPath: "$.c" } },
      { u: 1 },
      "meter m, at $.c: missing",
    ],
    [
      "a symbol",
      { used: "$.u", unit: { kind: "money", currencyPath: "$.c" } },
      { u: 1, c: "€" },
      "meter m, at $.c: not a currency code of three letters",
    ],
  ])("fails by name: %s", (_, meter, body, problem) => {
    expect(problemOf(() => applyMeter(meter, body))).toBe(`unexpected-shape ${problem}`);
  });

  it("quotes no value of the body in a failure", () => {
    const body = { rows: [{ name: "confidential", used: "classified" }] };
    const definition = {
      rows: { path: "$.rows[*]", label: "$.name" },
      meters: [{ id: "m", label: "M", unit: "tokens", used: "$.used" }],
    };
    const problem = problemOf(() => apply(definition, body));
    expect(problem).toBe("unexpected-shape meter m, row 1, at $.used: a text that is not a number");
  });
});

describe("values with a meaning of their own", () => {
  it.each([
    [-1, "-1"],
    ["-1", -1],
    [-1, "-1.0"],
    ["n/a", "n/a"],
    [null, null],
  ])("%j is meant by %j, too", (sentinel, sent) => {
    expect(applyMeter({ used: "$.u", limit: "$.l", unlimited: [sentinel] }, { u: 3, l: sent })?.limit).toBe(
      "unlimited",
    );
    expect(applyMeter({ used: "$.u", limit: "$.l", unknown: [sentinel] }, { u: 3, l: sent })?.limit).toBe("unknown");
  });

  it("means nothing else: a null is no text, and a text no other number", () => {
    const limit = (sentinel: unknown, sent: unknown) =>
      applyMeter({ used: "$.u", limit: "$.l", unlimited: [sentinel] }, { u: 3, l: sent })?.limit;
    expect(limit("null", null)).toBe("unknown");
    expect(limit(1, "10")).toBe(10);
    expect(limit(0, null)).toBe("unknown");
    expect(problemOf(() => limit(0, ""))).toContain("a text that is not a number");
  });
});

describe("fixed figures", () => {
  const fixed = { used: "$.u", limit: { value: 40 } };

  it("are in the meter's own unit, whatever the scale of what is sent", () => {
    expect(applyMeter(fixed, { u: 3 })).toMatchObject({ limit: 40, used: 3, remaining: 37, confidence: "derived" });
    const cents = { ...fixed, unit: { kind: "money", currency: "USD" }, scale: 100 };
    expect(applyMeter(cents, { u: 1175 })).toMatchObject({ limit: 40_000_000, used: 11_750_000 });
    const share = { unit: "percent", percentUsed: "$.u", percentRemaining: { value: 5 }, scale: 0.01 };
    expect(applyMeter(share, { u: 0.5 })).toMatchObject({ used: 50, remaining: 5 });
  });

  it("do not stand for a figure that is not there", () => {
    expect(problemOf(() => applyMeter(fixed, {}))).toBe("unexpected-shape meter m, at $.u: missing");
    expect(applyMeter(fixed, { u: null })).toMatchObject({ limit: 40, used: "unknown" });
    expect(applyMeter({ ...fixed, unlimited: [40] }, { u: 3 })?.limit).toBe(40);
  });

  it.each([
    [{ used: { value: 3 }, limit: { value: 40 } }, "has only fixed figures"],
    [{ used: "$.u", limit: { value: -1 } }, "limit: negative, which it cannot be"],
    [{ used: "$.u", limit: { value: 1e300 } }, "limit: too large to be true"],
    [{ used: "$.u", limit: { value: "40" } }, "limit: neither a path nor a fixed value"],
    [{ used: "$.u", limit: {} }, "limit: neither a path nor a fixed value"],
    [{ used: "$.u", limit: { value: 40, scale: 100 } }, 'limit: Unrecognized key: "scale"'],
    [{ used: "$.u", limit: { path: "$.l[", scale: 100 } }, "limit.path: unclosed"],
  ])("are refused by name: %j", (meter, problem) => {
    const parsed = definitionSchema.safeParse({ meters: [{ id: "m", label: "M", unit: "tokens", ...meter }] });
    expect(parsed.success ? "" : firstIssue(parsed.error)).toContain(problem);
  });
});

describe("resets", () => {
  const at = (format: string, value: unknown) => {
    const window = applyMeter({ used: "$.u", reset: { path: "$.t", format } }, { u: 1, t: value })?.window;
    return window !== undefined && "resetsAt" in window ? window.resetsAt : "none";
  };
  const DECEMBER = Date.UTC(2026, 11, 1);

  it.each([
    ["iso", "2026-12-01T02:00:00+02:00", DECEMBER],
    ["iso", "2026-12-01", null],
    ["iso", DECEMBER, null],
    ["unix-seconds", DECEMBER / 1000, DECEMBER],
    ["unix-seconds", String(DECEMBER / 1000), DECEMBER],
    ["unix-seconds", DECEMBER, null],
    ["unix-milliseconds", DECEMBER, DECEMBER],
    ["unix-milliseconds", DECEMBER / 1000, null],
    ["unix-microseconds", DECEMBER * 1000, DECEMBER],
    ["seconds-from-now", 90, NOW + 90_000],
    ["seconds-from-now", "90.5", NOW + 90_500],
    ["seconds-from-now", -1, null],
    ["seconds-from-now", DECEMBER, null],
    ["go-duration", "6m0.5s", NOW + 360_500],
    ["go-duration", "later", null],
    ["iso", null, null],
  ])("reads %s %j", (format, value, expected) => {
    expect(at(format, value)).toBe(expected);
  });

  it("works a calendar's reset out where it is not told", () => {
    expect(applyMeter({ used: "$.u", window: "week" }, { u: 1 })?.window).toEqual({
      kind: "calendar",
      period: "week",
      timeZone: "UTC",
      resetsAt: Date.UTC(2026, 10, 23),
      resetBasis: "derived",
    });
  });
});

describe("any definition on any JSON", () => {
  const path = fc.oneof(
    { arbitrary: fc.constantFrom("$.a", "$.b['a b']"), weight: 3 },
    { arbitrary: fc.constantFrom("$", "$.a[0]", "$..a", "$[*]", "$[?@.a]", "$.rows[*].a"), weight: 1 },
  );
  const figure = fc.oneof(
    path,
    fc.record({ path, scale: fc.constantFrom(100, 0.01, -1) }),
    fc.record({ value: fc.constantFrom(0, 40, -1, 1e15) }),
  );
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const unit = fc.oneof(
    fc.constantFrom("tokens", "hours", "percent"),
    fc.constant({ kind: "money", currency: "USD" }),
    path.map((currencyPath) => ({ kind: "money", currencyPath })),
  );
  // Half of the bodies are near to what the paths ask for, so that readings come of it, too.
  const number = fc.oneof(fc.nat(), fc.nat().map(String), fc.constantFrom(null, -1));
  const near = fc.record({
    a: fc.oneof(number, fc.array(number, { maxLength: 2 })),
    b: fc.record({ "a b": number }),
    rows: fc.array(fc.record({ a: number }), { maxLength: 3 }),
  });
  const meters = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("a", "b", "c"),
      label: fc.constant("Label"),
      unit,
      used: optional(figure),
      remaining: optional(figure),
      limit: optional(figure),
      percentUsed: optional(figure),
      percentRemaining: optional(figure),
      window: optional(fc.constantFrom("day", "month", "balance", "rolling", "period")),
      reset: optional(
        fc.record({ path, format: fc.constantFrom("iso", "unix-seconds", "go-duration", "seconds-from-now") }),
      ),
      unlimited: optional(fc.array(fc.constantFrom(-1, null, 0, "x"))),
      once: fc.boolean(),
      mayBeMissing: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3, selector: ({ id }) => id },
  );
  const seldom = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: fc.constant(undefined), weight: 6 }, { arbitrary: value, weight: 1 });
  const definitions = fc.record({
    meters,
    account: optional(path),
    rows: seldom(path),
    success: seldom(fc.record({ path, equals: fc.constant(true) })),
  });
  const leaf = fc.oneof(
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom("USD", "12.5", 1_796_083_200, -1),
  );
  const { body } = fc.letrec<{ body: unknown }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("body"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "b", "a b", "rows", "__proto__"), tie("body"), { maxKeys: 4 }),
    ),
  }));

  it("gives a valid reading or a named failure, and never another error", () => {
    let readings = 0;
    fc.assert(
      fc.property(definitions, fc.oneof(body, near), (raw, value) => {
        const definition = definitionSchema.safeParse(raw);
        if (!definition.success) return;
        try {
          const reading = readingSchema.parse(applyMapping(definition.data, value, NOW));
          readings += 1;
          for (const meter of reading.meters) {
            for (const amount of [meter.limit, meter.used, meter.remaining]) {
              if (typeof amount === "number") expect(Number.isFinite(amount)).toBe(true);
              if (typeof amount === "number" && meter.unit.kind === "money")
                expect(Number.isInteger(amount)).toBe(true);
            }
          }
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          expect(error.failure.cause).toBe("unexpected-shape");
        }
      }),
      { numRuns: 3000 },
    );
    expect(readings).toBeGreaterThan(20);
  });

  it("parses to a definition that parses to itself", () => {
    fc.assert(
      fc.property(definitions, (raw) => {
        const once = definitionSchema.safeParse(raw);
        if (once.success) expect(definitionSchema.parse(JSON.parse(JSON.stringify(once.data)))).toEqual(once.data);
      }),
    );
  });
});
