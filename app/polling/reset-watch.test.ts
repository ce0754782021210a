import { describe, expect, it } from "vitest";
import type { Meter } from "../quota/meter.ts";
import { NOTHING_PASSED, type ResetWatch, wantedResets, watchResets } from "./reset-watch.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RESET = 1_000 * HOUR;

const meter = (resetsAt: number | null, id = "tokens"): Meter => ({
  id,
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: 50,
  remaining: 50,
  window: { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});

/** How many polls are told to have been made for the reset, after readings of it at these times. */
function pollsAfter(readings: readonly (readonly [now: number, resetsAt: number | null])[]): number {
  let watch: ResetWatch = NOTHING_PASSED;
  let before: readonly Meter[] = [];
  for (const [now, resetsAt] of readings) {
    const after = [meter(resetsAt)];
    watch = watchResets(watch, before, after, now);
    before = after;
  }
  return wantedResets(watch, before)[0]?.polls ?? 0;
}

describe("polls made for a reset", () => {
  it.each<[string, Parameters<typeof pollsAfter>[0], number]>([
    ["none before it", [[RESET - HOUR, RESET]], 0],
    [
      "one that still shows it",
      [
        [RESET - HOUR, RESET],
        [RESET + 5_000, RESET],
      ],
      1,
    ],
    [
      "each that still shows it",
      [
        [RESET + 5_000, RESET],
        [RESET + MINUTE, RESET],
        [RESET + 2 * MINUTE, RESET],
      ],
      3,
    ],
    [
      "each, though its time wobbles",
      [
        [RESET + 5_000, RESET],
        [RESET + MINUTE, RESET + 3_000],
        [RESET + 2 * MINUTE, RESET - 3_000],
      ],
      3,
    ],
    [
      "none for the next window",
      [
        [RESET + 5_000, RESET],
        [RESET + MINUTE, RESET + 5 * HOUR],
      ],
      0,
    ],
    [
      "none when there is no reset any more",
      [
        [RESET + 5_000, RESET],
        [RESET + MINUTE, null],
      ],
      0,
    ],
    [
      "all, where a window of a minute comes back again and again",
      [
        [RESET - MINUTE, RESET],
        [RESET + 5_000, RESET + MINUTE],
        [RESET + MINUTE + 5_000, RESET + 2 * MINUTE],
      ],
      2,
    ],
    [
      "anew, when such a window is looked at after a while",
      [
        [RESET - MINUTE, RESET],
        [RESET + 5_000, RESET + MINUTE],
        [RESET + HOUR, RESET + HOUR + MINUTE],
      ],
      0,
    ],
    [
      "anew, when a later reset has passed, too",
      [
        [RESET + 5_000, RESET],
        [RESET + 6 * HOUR, RESET + 5 * HOUR],
      ],
      1,
    ],
  ])("%s", (_name, readings, expected) => {
    expect(pollsAfter(readings)).toBe(expected);
  });

  it("are counted for each meter", () => {
    const both = [meter(RESET), meter(RESET + HOUR, "requests")];
    const watch = watchResets(NOTHING_PASSED, both, both, RESET + 5_000);
    expect(wantedResets(watch, both)).toEqual([
      { at: RESET, polls: 1 },
      { at: RESET + HOUR, polls: 0 },
    ]);
  });
});
