import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readValueText } from "./value-text.ts";

const usd = { kind: "money", currency: "USD" };

describe("a value written for people", () => {
  it.each([
    ["$11.75", usd, 11_750_000],
    [" $0 ", usd, 0],
    ["$5 USD", usd, 5_000_000],
    ["-$0.42", usd, -420_000],
    ["11.75 USD", usd, 11_750_000],
    ["USD 11.75", usd, 11_750_000],
    ["€3.5", { kind: "money", currency: "EUR" }, 3_500_000],
    ["12 CNY", { kind: "money", currency: "CNY" }, 12_000_000],
    ["730000 tokens", { kind: "tokens" }, 730_000],
    ["12 requests", { kind: "requests" }, 12],
  ])("%j is a figure", (text, unit, amount) => {
    expect(readValueText(text)).toEqual({ unit, amount });
  });

  it.each([
    ["730k/2M"],
    ["1,234"],
    ["$1,234"],
    ["$1.234,50"],
    ["¥5"],
    ["about $3"],
    ["$3/$10"],
    ["$3 left"],
    ["€5 USD"],
    ["11.75"],
    ["63%"],
    ["1.5k tokens"],
    ["1.5 tokens"],
    ["$1e3"],
    ["$"],
    [""],
    ["$9999999999.00"],
    ["999999999999999999 tokens"],
    ["operational"],
  ])("%j is a text", (text) => {
    expect(readValueText(text)).toBeNull();
  });

  it("reads every amount of cents as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (cents) => {
        expect(readValueText(`$${(cents / 100).toFixed(2)}`)).toEqual({ unit: usd, amount: cents * 10_000 });
      }),
    );
  });

  it("gives a whole number or nothing for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const value = readValueText(text);
        expect(value === null || Number.isSafeInteger(value.amount)).toBe(true);
      }),
    );
  });
});
