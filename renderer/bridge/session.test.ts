import { describe, expect, it } from "vitest";
import { tokenOf } from "./session.ts";

describe("tokenOf", () => {
  it.each([
    ["", null],
    ["#", null],
    ["#gateways", null],
    ["#source=token", null],
    ["#token=", null],
    ["#token=a-b_c", "a-b_c"],
    ["#x=1&token=abc", "abc"],
  ])("%s", (hash, expected) => {
    expect(tokenOf(hash)).toBe(expected);
  });
});
