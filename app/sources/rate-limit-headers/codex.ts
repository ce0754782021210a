import type { Label, Meter } from "../../quota/meter.ts";
import { count, percent } from "../numbers.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { MINUTE_MS, percentMeter } from "./limit-meter.ts";
import { resetAtEpochSeconds, resetInSeconds } from "./reset-time.ts";

const SLOTS = ["primary", "secondary"] as const;

/** Windows by their length in minutes: which slot holds which one differs between plans. */
const WINDOWS: ReadonlyMap<number, { readonly id: string; readonly label: Label }> = new Map([
  [300, { id: "codex-five-hours", label: { key: "meter.five-hours" } }],
  [10_080, { id: "codex-week", label: { key: "meter.week" } }],
  [43_800, { id: "codex-month", label: { key: "meter.month" } }],
]);

/**
 * `x-codex-{primary,secondary}-{used-percent,window-minutes,reset-at,reset-after-seconds}` (openai/codex, rate limits): PERCENT
 * used of 0 to 100, the reset as epoch seconds or as seconds to wait.
 */
export function codexPlan(headers: LimitHeaders, now: number): readonly Meter[] {
  return SLOTS.flatMap((slot) => {
    const header = (part: string) => headers.get(`x-codex-${slot}-${part}`);
    const usedPercent = figure(header("used-percent"), percent);
    if (usedPercent === null) return [];
    const minutes = figure(header("window-minutes"), count) || null;
    return percentMeter({
      ...named(slot, minutes),
      usedPercent,
      lengthMs: minutes === null ? null : minutes * MINUTE_MS,
      resetsAt: resetAtEpochSeconds(header("reset-at"), now) ?? resetInSeconds(header("reset-after-seconds"), now),
      scope: "account",
    });
  });
}

function named(slot: string, minutes: number | null): { readonly id: string; readonly label: Label } {
  if (minutes === null) return { id: `codex-${slot}`, label: { key: "meter.rate-limit-of", params: { name: slot } } };
  const window = `${minutes} min`;
  return WINDOWS.get(minutes) ?? { id: `codex-${minutes}m`, label: { key: "meter.window", params: { window } } };
}
