import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scalarOf, scalarText, sentinelsOf, sentinelText } from "./sentinels.ts";

describe("values as they are typed", () => {
  it.each([
    ["-1, null", [-1, null]],
    ['"-1", n/a, true', ["-1", "n/a", "true"]],
    [" , ", []],
  ])("reads %j", (text, values) => {
    expect(sentinelsOf(text)).toEqual(values);
    expect(sentinelsOf(sentinelText(sentinelsOf(text)))).toEqual(values);
  });

  it("reads back each value that is shown", () => {
    const scalar = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.constantFrom("true", "-1", '"a"', ""),
    );
    fc.assert(
      fc.property(scalar, (value) => {
        expect(scalarOf(scalarText(value))).toEqual(value);
      }),
    );
  });
});
