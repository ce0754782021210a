import type { Label, Meter } from "../../quota/meter.ts";
import { namedWindow, rolling } from "../named-window.ts";
import { count, percent } from "../numbers.ts";
import { percentMeter } from "../percent-meter.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { MINUTE_MS } from "./limit-meter.ts";
import { resetAtEpochSeconds, resetInSeconds } from "./reset-time.ts";

const SLOTS = ["primary", "secondary"] as const;

/**
 * `x-codex-{primary,secondary}-{used-percent,window-minutes,reset-at,reset-after-seconds}` (openai/codex, rate limits): PERCENT
 * used of 0 to 100, the reset as epoch seconds or as seconds to wait.
 */
export function codexPlan(headers: LimitHeaders, now: number): readonly Meter[] {
  return SLOTS.flatMap((slot) => {
    const header = (part: string) => headers.get(`x-codex-${slot}-${part}`);
    const used = figure(header("used-percent"), percent);
    if (used === null) return [];
    const minutes = figure(header("window-minutes"), count) || null;
    const lengthMs = minutes === null ? null : minutes * MINUTE_MS;
    const resetsAt = resetAtEpochSeconds(header("reset-at"), now) ?? resetInSeconds(header("reset-after-seconds"), now);
    return percentMeter({ ...named(slot, lengthMs), used, window: rolling(lengthMs, resetsAt), scope: "account" });
  });
}

/** By its length: which slot holds which window differs between plans. */
function named(slot: string, lengthMs: number | null): { readonly id: string; readonly label: Label } {
  if (lengthMs === null) return { id: `codex-${slot}`, label: { key: "meter.rate-limit-of", params: { name: slot } } };
  const { id, label } = namedWindow(lengthMs);
  return { id: `codex-${id}`, label };
}
