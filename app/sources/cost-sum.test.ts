import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumOfCosts } from "./cost-sum.ts";

const usd = (micros: number) => ({ micros, currency: "USD" });

describe("the sum of costs", () => {
  it("is exact, in the currency of the costs", () => {
    expect(sumOfCosts([usd(3_412_900), usd(12_050_000)], "EUR")).toEqual(usd(15_462_900));
    expect(sumOfCosts([], "EUR")).toEqual({ micros: 0, currency: "EUR" });
  });

  it("takes credits off, but never below nothing", () => {
    expect(sumOfCosts([usd(5), usd(-2)], "USD")).toEqual(usd(3));
    expect(sumOfCosts([usd(5), usd(-9)], "USD")).toEqual(usd(0));
  });

  it.each([
    ["currencies", [usd(1), { micros: 1, currency: "CNY" }]],
    ["sums beyond what is exact", [usd(Number.MAX_SAFE_INTEGER), usd(2)]],
  ])("refuses %s that it cannot add", (_, costs) => {
    expect(() => sumOfCosts(costs, "USD")).toThrow("unexpected-shape");
  });

  it("does not depend on the order", () => {
    const micros = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000_000 }));
    fc.assert(
      fc.property(micros, (amounts) => {
        const costs = amounts.map(usd);
        expect(sumOfCosts(costs, "USD")).toEqual(sumOfCosts([...costs].reverse(), "USD"));
      }),
    );
  });
});
