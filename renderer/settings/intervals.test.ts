import { describe, expect, it } from "vitest";
import { MAX_INTERVAL_SECONDS, MIN_INTERVAL_SECONDS } from "../../app/settings/schema.ts";
import { intervalChoices } from "./intervals.ts";

describe("intervalChoices", () => {
  it("offers only what the settings accept", () => {
    const choices = intervalChoices(300);
    expect(choices.filter((seconds) => seconds < MIN_INTERVAL_SECONDS || seconds > MAX_INTERVAL_SECONDS)).toEqual([]);
    expect(choices).toContain(300);
  });

  it("keeps one that was set by hand, at its place", () => {
    const choices = intervalChoices(420);
    expect(choices).toContain(420);
    expect(choices).toEqual([...choices].sort((a, b) => a - b));
    expect(choices).toHaveLength(intervalChoices(300).length + 1);
  });
});
