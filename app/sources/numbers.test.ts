import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { firstIssue } from "./first-issue.ts";
import { count, ifTold, limitOf, money, signedCount, signedMoney } from "./numbers.ts";

const block = z.object({ used: money });

function complaint(schema: z.ZodType, value: unknown): string {
  const parsed = schema.safeParse(value);
  return parsed.success ? `accepted as ${parsed.data}` : firstIssue(parsed.error);
}

describe("figures", () => {
  it.each([
    [count, 730000, 730000],
    [count, "730000", 730000],
    [count, 0, 0],
    [count, 12.5, 13],
    [count, "0012.4", 12],
    [count, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [signedCount, -5, -5],
    [signedCount, "-2.5", -3],
    [money, 11.75, 11_750_000],
    [money, "11.75", 11_750_000],
    [money, 0.1 + 0.2, 300_000],
    [money, 5e-7, 1],
    [money, "1.2e-07", 0],
    [money, "1.2e-05", 12],
    [money, "3E-1", 300_000],
    [signedMoney, "-2.5e+0", -2_500_000],
    [count, "1e5", 100_000],
    [signedMoney, -0.02, -20_000],
    [signedMoney, "-0", 0],
  ])("reads %#: %s", (schema, input, expected) => {
    expect(schema.parse(input)).toBe(expected);
  });

  it.each([
    [count, -5, "negative, which it cannot be"],
    [money, "-0.01", "negative, which it cannot be"],
    [count, 1e308, "too large to be true"],
    [money, 1e308, "too large to be true"],
    [signedMoney, -1e308, "too large to be true"],
    [count, "9".repeat(20), "too large to be true"],
    [count, Number.POSITIVE_INFINITY, "not a finite number"],
    [count, Number.NaN, "not a finite number"],
    [count, "NaN", "a text that is not a number"],
    [count, "Infinity", "a text that is not a number"],
    [count, "1e400", "a text that is not a number"],
    [count, "1e-400", "a text that is not a number"],
    [count, "1e99", "too large to be true"],
    [count, "1e", "a text that is not a number"],
    [count, "e5", "a text that is not a number"],
    [count, "1e5.5", "a text that is not a number"],
    [count, "-1e2", "negative, which it cannot be"],
    [count, "2,000", "a text that is not a number"],
    [count, "0x10", "a text that is not a number"],
    [count, " ", "a text that is not a number"],
    [count, "", "a text that is not a number"],
    [money, "$5", "a text that is not a number"],
    [count, true, "not a number"],
    [count, null, "not a number"],
    [count, {}, "not a number"],
    [count, [3], "not a number"],
    [count, undefined, "missing"],
  ])("refuses %#: %s", (schema, input, problem) => {
    expect(complaint(schema, input)).toBe(problem);
  });

  it("names the field and never the value", () => {
    expect(complaint(block, { used: "secret-looking" })).toBe("used: a text that is not a number");
    expect(complaint(block, {})).toBe("used: missing");
  });

  it("gives whole numbers in the exact range or a complaint, for any JSON value", () => {
    const schemas = [count, signedCount, money, signedMoney];
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.double().map(String)), (value) => {
        for (const schema of schemas) {
          const parsed = schema.safeParse(value);
          if (parsed.success) expect(Number.isSafeInteger(parsed.data)).toBe(true);
        }
      }),
    );
  });

  it("reads money to the nearest micro, as a number and as a text alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (micros) => {
        const text = `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, "0")}`;
        expect(money.parse(text)).toBe(micros);
        expect(money.parse(Number(text))).toBe(micros);
      }),
    );
  });
});

describe("figures that may be left out", () => {
  const schema = z.object({ limit: limitOf(count), used: ifTold(count) });

  it.each([
    [
      { limit: 5, used: 2 },
      { limit: 5, used: 2 },
    ],
    [
      { limit: null, used: null },
      { limit: "unlimited", used: "unknown" },
    ],
    [{}, { limit: "unknown", used: "unknown" }],
    [
      { limit: 0, used: 0 },
      { limit: 0, used: 0 },
    ],
  ])("reads %j", (input, expected) => {
    expect(schema.parse(input)).toEqual(expected);
  });

  it("still refuses what is there and wrong", () => {
    expect(complaint(schema, { limit: -1 })).toBe("limit: negative, which it cannot be");
    expect(complaint(schema, { used: false })).toBe("used: not a number");
  });
});
