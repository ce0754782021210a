import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyText } from "./money-text.ts";

describe("money in a notice", () => {
  it.each([
    [12_500_000, "12.50 USD"],
    [0, "0.00 USD"],
    [1, "0.000001 USD"],
    [3_180_000, "3.18 USD"],
    [-1_250_000, "-1.25 USD"],
    [1_000_000_000_000, "1000000.00 USD"],
  ])("%d micros are %s", (micros, text) => {
    expect(moneyText(micros, "USD")).toBe(text);
  });

  it("loses no micro", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), (micros) => {
        const [amount = "", currency] = moneyText(micros, "CNY").split(" ");
        expect([Math.round(Number(amount) * 1_000_000) + 0, currency]).toEqual([micros, "CNY"]);
        expect(amount).toMatch(/^-?\d+\.\d{2,6}$/);
      }),
    );
  });
});
