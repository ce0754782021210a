import type { RefreshFacts } from "../../app/polling/policy.ts";
import { wantedResets } from "../../app/polling/reset-watch.ts";
import type { FailureCause } from "../../app/quota/failure.ts";
import type { Meter } from "../../app/quota/meter.ts";

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.parse("2026-11-20T12:00:00Z");
export const WELL = { suspended: false, online: true, onBattery: false, idle: false };

export const meter = (percent: number, resetsAt: number | null = null): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: 100 - percent,
  remaining: percent,
  window: { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});
export const failed = (cause: FailureCause, consecutive = 1): RefreshFacts["last"] => ({
  type: "failure",
  failure: { cause, detail: null, status: null, retryAt: null },
  consecutive,
});
export const facts = (change: Partial<RefreshFacts>): RefreshFacts => ({
  now: NOW,
  last: { type: "reading" },
  meters: [],
  resets: wantedResets(new Map(), change.meters ?? []),
  intervalMs: 5 * MINUTE,
  floorMs: MINUTE,
  waitUntil: null,
  keyInFile: false,
  linePercent: 20,
  runsOutAt: null,
  isFalling: false,
  unreachableTogether: 0,
  conditions: WELL,
  needsNetwork: true,
  chance: 0.5,
  ...change,
});
