import { describe, expect, it } from "vitest";
import { DEFAULT_ALERT_RULES, type OwnAlertRules } from "../settings/alert-settings.ts";
import type { SourceAlertSettings } from "./desk.ts";
import { type EffectiveRules, effectiveRules, mutedBy } from "./effective-rules.ts";

const preferences = { thresholds: [20, 10, 5, 0], alertRules: DEFAULT_ALERT_RULES };
const source = (change: Partial<SourceAlertSettings> = {}): SourceAlertSettings => ({
  muted: false,
  thresholds: null,
  alertRules: null,
  meters: {},
  ...change,
});
const meters = (thresholds: number[] | null, alertRules: OwnAlertRules | null, muted = false) => ({
  meters: { m: { muted, thresholds, alertRules } },
});
const five = [{ currency: "USD", below: 5 }];

describe("effectiveRules", () => {
  it.each<[string, SourceAlertSettings, Partial<EffectiveRules>]>([
    ["as for all", source(), {}],
    ["the source's percentages", source({ thresholds: [50] }), { thresholds: [50] }],
    ["the meter's before the source's", source({ thresholds: [50], ...meters([30], null) }), { thresholds: [30] }],
    ["the source's one rule", source({ alertRules: { runwayDays: 7 } }), { runwayDays: 7 }],
    [
      "none of a rule is a choice",
      source({ alertRules: { runwayDays: null, failingMinutes: null } }),
      { runwayDays: null, failingMinutes: null },
    ],
    [
      "off is a choice",
      source({ alertRules: { beforeReset: false, quotaBack: false } }),
      { beforeReset: false, quotaBack: false },
    ],
    [
      "no amounts is a choice",
      source({ alertRules: { amountsLeft: five }, ...meters(null, { amountsLeft: [] }) }),
      { amountsLeft: [] },
    ],
    [
      "each rule by itself",
      source({ alertRules: { runwayDays: 7, amountsLeft: five }, ...meters(null, { runwayDays: 3 }) }),
      { runwayDays: 3, amountsLeft: five },
    ],
    [
      "another meter's are its own",
      source({ meters: { other: { muted: true, thresholds: [1], alertRules: { runwayDays: 1 } } } }),
      {},
    ],
  ])("%s", (_name, settings, change) => {
    expect(effectiveRules(preferences, settings, "m")).toEqual({
      ...DEFAULT_ALERT_RULES,
      thresholds: [20, 10, 5, 0],
      ...change,
    });
  });

  it("of a source as a whole are not a meter's, and a meter may have any name", () => {
    const settings = source(meters([1], { failingMinutes: 5 }));
    expect(effectiveRules(preferences, settings, null).failingMinutes).toBe(DEFAULT_ALERT_RULES.failingMinutes);
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(effectiveRules(preferences, settings, name).thresholds).toEqual([20, 10, 5, 0]);
      expect(mutedBy(settings, name)).toBeNull();
    }
  });
});

describe("mutedBy", () => {
  it.each([
    [source(), "m", null],
    [source({ muted: true, ...meters(null, null, true) }), "m", "source-muted"],
    [source(meters(null, null, true)), "m", "meter-muted"],
    [source(meters(null, null, true)), "other", null],
    [source(meters(null, null, true)), null, null],
    [source({ muted: true }), null, "source-muted"],
  ] as const)("%j of %s is %s", (settings, meterId, expected) => {
    expect(mutedBy(settings, meterId)).toBe(expected);
  });
});
