import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thresholdsSchema } from "../../app/settings/schema.ts";
import { addThreshold } from "./thresholds.ts";

describe("addThreshold", () => {
  it.each([
    ["15", [20, 15, 10]],
    [" 0 ", [20, 10, 0]],
    ["50%", [50, 20, 10]],
    ["99 %", [99, 20, 10]],
  ])("takes %j", (text, list) => {
    expect(addThreshold([20, 10], text)).toEqual({ ok: true, list });
  });

  it.each([
    ["", "not-whole"],
    ["1.5", "not-whole"],
    ["ten", "not-whole"],
    ["1e1", "not-whole"],
    ["-1", "out-of-range"],
    ["100", "out-of-range"],
    ["10", "already-there"],
    ["010", "already-there"],
  ])("refuses %j: %s", (text, problem) => {
    expect(addThreshold([20, 10], text)).toEqual({ ok: false, problem });
  });

  it("makes only lists that the settings accept as they are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 7 }),
        fc.string(),
        (list, text) => {
          const sorted = [...list].sort((a, b) => b - a);
          const result = addThreshold(sorted, text);
          if (result.ok) expect(thresholdsSchema.parse(result.list)).toEqual(result.list);
        },
      ),
    );
  });
});
