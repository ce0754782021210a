import { expect } from "vitest";
import type { EffectiveRules } from "../../app/alerts/effective-rules.ts";
import { decideMeter, type MeterEntries, NO_ENTRIES, stillTrue } from "../../app/alerts/meter-rules.ts";
import type { Forecast } from "../../app/forecast/forecast.ts";
import type { Meter, Unit, Window } from "../../app/quota/meter.ts";
import { DEFAULT_ALERT_RULES } from "../../app/settings/alert-settings.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse("2026-11-20T12:00:00Z");
export const RESET = START + 5 * HOUR;
export const USD: Unit = { kind: "money", currency: "USD" };

export const until = (resetsAt: number | null): Window =>
  resetsAt === null ? { kind: "balance" } : { kind: "period", resetsAt, resetBasis: "reported" };

export const meter = (change: Partial<Meter> = {}): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  remaining: 100,
  window: until(RESET),
  scope: "key",
  confidence: "reported",
  ...change,
});

export const RULES: EffectiveRules = { ...DEFAULT_ALERT_RULES, thresholds: [20, 10, 5, 0] };

/** A poll: `at` is minutes after the start (5 after the one before, unless told). */
export interface Poll {
  readonly left: Meter["remaining"];
  readonly at?: number;
  readonly resetsAt?: number | null;
  readonly forecast?: Partial<Forecast>;
  readonly meter?: Partial<Meter>;
}

/** Feeds polls one after the other, telling at once whatever fires; gives what was told at each: "20" is percent, others by name. */
export function told(
  polls: readonly Poll[],
  rules: Partial<EffectiveRules> = {},
  entries: MeterEntries = NO_ENTRIES,
): string[] {
  let known = entries;
  let now = START;
  return polls.map((poll, index) => {
    now = poll.at === undefined ? now + (index === 0 ? 0 : 5 * MINUTE) : START + poll.at * MINUTE;
    const window = until(poll.resetsAt === undefined ? RESET : poll.resetsAt);
    const facts = {
      sourceId: "s",
      meter: meter({ remaining: poll.left, window, ...poll.meter }),
      forecast: poll.forecast === undefined ? null : forecast(poll.forecast),
      rules: { ...RULES, ...rules },
      endedAt: null,
      now,
    };
    const decided = decideMeter(known, facts).entries;
    // The same figures once more change nothing.
    expect(decideMeter(decided, facts).entries).toBe(decided);
    const heard: string[] = [];
    const next = new Map(decided);
    for (const [rule, entry] of decided) {
      if (entry.pending === null) continue;
      const seen = stillTrue(entry, facts);
      expect(seen.state).toBe("true");
      if (seen.state !== "true") continue;
      heard.push(rule === "percent-left" ? String(seen.level) : rule);
      if (rule === "back") next.delete(rule);
      else next.set(rule, { ...entry, pending: null, told: seen.level, level: seen.level });
    }
    known = heard.length === 0 ? decided : next;
    return heard.join("+");
  });
}

const forecast = (change: Partial<Forecast>): Forecast => ({
  burnPerHour: 10,
  pace: null,
  runsOutAt: null,
  earliest: null,
  latest: null,
  beforeReset: null,
  runwayDays: null,
  verdict: null,
  ...change,
});
