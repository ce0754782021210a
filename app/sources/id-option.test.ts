import { describe, expect, it } from "vitest";
import * as z from "zod";
import { firstIssue } from "./first-issue.ts";
import { idOption, requiredId } from "./id-option.ts";

const options = z.object({ team: idOption });
const strict = z.object({ team: requiredId });

describe("an id among the options", () => {
  it.each([
    [{}, ""],
    [{ team: "" }, ""],
    [{ team: "  t_1-A " }, "t_1-A"],
  ])("%j is %j", (input, team) => {
    expect(options.parse(input)).toEqual({ team });
  });

  it.each([["a/b"], [".."], ["a b"], ["a?b"], ["ü"], ["x".repeat(101)], [7]])("%j is refused", (team) => {
    expect(options.safeParse({ team }).success).toBe(false);
  });

  it.each([[{}], [{ team: "" }], [{ team: "  " }]])("%j lacks one that is required", (input) => {
    const parsed = strict.safeParse(input);
    expect(parsed.success ? "" : firstIssue(parsed.error)).toBe("team: missing");
  });
});
