import type { Alert, AlertDelivery, AlertSubject } from "../../app/alerts/alert.ts";

export const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const USD = { kind: "money", currency: "USD" } as const;

export function sampleAlert(change: Partial<Alert> = {}): Alert {
  return {
    id: "s1|cost|2026-12-01|20",
    sourceId: "s1",
    sourceLabel: "Team gateway",
    meterId: "cost",
    meterLabel: { key: "meter.cost" },
    resetsAt: NOW + 2 * HOUR,
    firedAt: NOW,
    demo: false,
    what: { type: "percent-left", threshold: 20, percentRemaining: 15.004, remaining: 6_000_000, unit: USD },
    ...change,
  };
}

export const delivery = (...alerts: readonly Alert[]): AlertDelivery => ({
  id: alerts.map(({ id }) => id).join("+"),
  alerts: [...alerts],
});

/** One of each kind. */
export const subjects: readonly AlertSubject[] = [
  { type: "percent-left", threshold: 20, percentRemaining: 15.004, remaining: 6_000_000, unit: USD },
  { type: "percent-left", threshold: 0, percentRemaining: 0, remaining: 0, unit: { kind: "tokens" } },
  { type: "percent-left", threshold: 5, percentRemaining: 4, remaining: null, unit: { kind: "percent" } },
  { type: "amount-left", below: 5_000_000, remaining: 4_250_000, unit: USD },
  { type: "runway", days: 2, runsOutAt: NOW + 40 * HOUR },
  { type: "before-reset", runsOutAt: NOW + HOUR, resetsAt: NOW + 2 * HOUR },
  { type: "failing", cause: "key-refused", since: NOW - 3 * HOUR },
  { type: "failing", cause: "needs-key", since: NOW - 3 * HOUR },
  { type: "back", percentRemaining: 100, remaining: 40_000_000, unit: USD },
  { type: "back", percentRemaining: null, remaining: null, unit: { kind: "credits" } },
];

/** A name that is markup, a mention, a link and a header's end in one. */
export const NASTY = '@everyone <!channel> <@U1> *b* _i_ `c` [x](https://evil.example) "q" \\ ; é 日本 😀 &amp;';
