import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difference, usedOf } from "./difference.ts";

describe("a difference", () => {
  it("leaves no noise behind", () => {
    expect(difference(100, 99.9)).toBe(0.1);
    expect(difference(0.3, 0.1)).toBe(0.2);
    expect(difference(1, 3)).toBe(-2);
    expect(usedOf(0.3, 0.1)).toBe(0.2);
    expect(usedOf(100, 120)).toBe(0);
    const millionths = fc.integer({ min: 0, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(millionths, millionths, (limit, used) => {
        expect(difference(limit / 1_000_000, used / 1_000_000)).toBe((limit - used) / 1_000_000);
      }),
    );
  });

  it("of something that is not told is not told", () => {
    expect(difference("unlimited", 5)).toBe("unlimited");
    expect(difference("unknown", 5)).toBe("unknown");
    expect(usedOf("unlimited", "unlimited")).toBe("unknown");
    expect(usedOf(5, "unknown")).toBe("unknown");
  });
});
