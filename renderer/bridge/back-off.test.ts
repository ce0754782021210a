import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconnectDelay } from "./back-off.ts";

describe("reconnectDelay", () => {
  it.each([
    [0, 0, 250],
    [0, 1, 500],
    [3, 0.5, 3000],
    [50, 1, 15_000],
  ])("after attempt %i with chance %d waits %i ms", (attempt, chance, expected) => {
    expect(reconnectDelay(attempt, chance)).toBe(expected);
  });

  it("never waits longer than 15 s nor hammers", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const delay = reconnectDelay(attempt, chance);
          return delay >= 250 && delay <= 15_000;
        },
      ),
    );
  });
});
