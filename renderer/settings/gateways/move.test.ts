import { describe, expect, it } from "vitest";
import { moveId } from "./move.ts";

describe("moveId", () => {
  it.each([
    ["b", -1, ["b", "a", "c"]],
    ["b", 1, ["a", "c", "b"]],
    ["a", -1, ["a", "b", "c"]],
    ["c", 1, ["a", "b", "c"]],
    ["x", 1, ["a", "b", "c"]],
  ] as const)("%s by %i", (id, by, expected) => {
    expect(moveId(["a", "b", "c"], id, by)).toEqual(expected);
  });
});
