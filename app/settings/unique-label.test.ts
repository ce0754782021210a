import fc from "fast-check";
import { expect, it } from "vitest";
import { uniqueLabel } from "./unique-label.ts";

it.each([
  ["Team", [], "Team"],
  ["Team", ["Team"], "Team (2)"],
  ["Team", ["Team", "Team (2)", "Lab"], "Team (3)"],
  ["x".repeat(90), ["x".repeat(80)], `${"x".repeat(76)} (2)`],
])("%j beside %j is %j", (label, taken, expected) => {
  expect(uniqueLabel(label, taken)).toBe(expected);
});

it("never gives a name that is taken, nor one that is too long", () => {
  fc.assert(
    fc.property(fc.constantFrom("a", "b", "c".repeat(79)), fc.integer({ min: 1, max: 30 }), (label, count) => {
      const names: string[] = [];
      for (let index = 0; index < count; index += 1) names.push(uniqueLabel(label, names));
      expect(new Set(names).size).toBe(count);
      for (const name of names) expect(name.length).toBeLessThanOrEqual(80);
    }),
  );
});
