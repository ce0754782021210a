import { describe, expect, it } from "vitest";
import { NOW, sampleAlert } from "../../tests/support/sample-alerts.ts";
import type { Alert } from "./alert.ts";
import { snoozeChoices } from "./snooze-choices.ts";

const cost = sampleAlert();
const tokens = sampleAlert({ meterId: "tokens" });
const other = sampleAlert({ sourceId: "s2" });
const balance = sampleAlert({ meterId: "balance", resetsAt: null });
const reset = sampleAlert({ meterId: "past", resetsAt: NOW });
const failing = sampleAlert({
  meterId: null,
  resetsAt: null,
  what: { type: "failing", cause: "timed-out", since: NOW },
});
const back = sampleAlert({
  what: { type: "back", percentRemaining: 100, remaining: null, unit: { kind: "tokens" } },
});

describe("what can be snoozed", () => {
  it.each<[string, readonly Alert[], readonly string[], readonly string[]]>([
    ["one meter", [cost], ["s1/cost"], ["hour", "reset", "tomorrow"]],
    [
      "each meter once",
      [cost, sampleAlert({ id: "again" }), tokens, other],
      ["s1/cost", "s1/tokens", "s2/cost"],
      ["hour", "reset", "tomorrow"],
    ],
    ["a balance, which has no reset", [balance], ["s1/balance"], ["hour", "tomorrow"]],
    ["one of several without a reset", [cost, balance], ["s1/cost", "s1/balance"], ["hour", "tomorrow"]],
    ["one whose reset has passed", [reset], ["s1/past"], ["hour", "tomorrow"]],
    ["a source that fails", [failing], ["s1/null"], ["hour", "tomorrow"]],
    ["nothing of a quota that is back", [back], [], []],
    ["only what is warned of", [back, other], ["s2/cost"], ["hour", "reset", "tomorrow"]],
  ])("%s", (_what, alerts, targets, lengths) => {
    const choices = snoozeChoices({ alerts: [...alerts] }, NOW);
    expect(choices.targets.map(({ sourceId, meterId }) => `${sourceId}/${meterId}`)).toEqual(targets);
    expect(choices.lengths).toEqual(lengths);
  });
});
