import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, meter, RESET, RULES, START, until } from "../../tests/support/meter-polls.ts";
import type { Meter } from "../quota/meter.ts";
import type { LedgerRule } from "./ledger.ts";
import { stillTrue, withoutWaiting } from "./meter-rules.ts";

describe("what waits", () => {
  const waiting = (rule: LedgerRule, level: number, toldLevel: number | null = null) => ({
    sourceId: "s",
    meterId: "tokens",
    rule,
    resetsAt: RESET,
    level,
    firedAt: START,
    remaining: level,
    told: toldLevel,
    pending: "quiet-hours" as const,
    recoveringSince: null,
  });
  const facts = (left: Meter["remaining"], change: { now?: number; resetsAt?: number } = {}) => ({
    sourceId: "s",
    meter: meter({ remaining: left, window: until(change.resetsAt ?? RESET) }),
    forecast: null,
    rules: RULES,
    endedAt: null,
    now: change.now ?? START + HOUR,
  });
  it.each([
    ["is told at its level", waiting("percent-left", 5), facts(4), 5],
    ["is told at the level it has come back to", waiting("percent-left", 5), facts(14), 20],
    ["is over when it has recovered to what was told", waiting("percent-left", 5, 20), facts(14), "over"],
    ["is told when it got worse than what was told", waiting("percent-left", 5, 20), facts(8), 10],
    ["is over when it is above the line", waiting("percent-left", 20), facts(21), "over"],
    ["waits on when the reset has passed", waiting("percent-left", 5), facts(4, { now: RESET + 1 }), "unknown"],
    [
      "waits on in a new window whose figures may be those of the old one",
      waiting("percent-left", 5),
      facts(4, { now: RESET + MINUTE, resetsAt: RESET + 5 * HOUR }),
      "unknown",
    ],
    ["waits on when the figures do not say", waiting("percent-left", 5), facts("unknown"), "unknown"],
    ["quota back is over when it is low again", waiting("back", 0), facts(18), "over"],
    ["quota back is told while it is back", waiting("back", 0), facts(80), 0],
    ["a window that would not last, and will, is over", waiting("before-reset", START), facts(80), "over"],
    ["a runway that is long enough again is over", waiting("runway", 2), facts(80), "over"],
  ])("%s", (_name, entry, at, expected) => {
    const seen = stillTrue(entry, at);
    expect(seen.state === "true" ? seen.level : seen.state).toBe(expected);
  });
  it("leaves of what is over what was told, or nothing", () => {
    expect(withoutWaiting(waiting("percent-left", 5, 20))).toMatchObject({ level: 20, told: 20, pending: null });
    expect(withoutWaiting(waiting("percent-left", 5))).toBeNull();
    expect(withoutWaiting(waiting("back", 0))).toBeNull();
  });
});
