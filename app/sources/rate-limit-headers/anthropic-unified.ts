import type { Meter } from "../../quota/meter.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../named-window.ts";
import { fraction } from "../numbers.ts";
import { percentMeter } from "../percent-meter.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { resetAtEpochSeconds } from "./reset-time.ts";

const UTILIZATION = /^anthropic-ratelimit-unified-(([1-9]\d{0,2})([hd])(?:[-_]([a-z0-9_-]{1,40}))?)-utilization$/;

/** A share of 2 is twice the limit; what is above it was no fraction but a percentage. */
const LARGEST_PERCENT = 200;

/**
 * `anthropic-ratelimit-unified-<window>-{utilization,reset}` of Claude subscriptions, where the window is `5h`, `7d`, or one of a
 * model (`7d-sonnet`, `7d_oi`). Utilization is the used FRACTION, the reset epoch seconds. Known from clients only.
 */
export function anthropicUnified(headers: LimitHeaders, now: number): readonly Meter[] {
  return [...headers.keys()].flatMap((header) => {
    const [, window, amount = "", unit, model] = UTILIZATION.exec(header) ?? [];
    const used = figure(headers.get(header), fraction);
    if (window === undefined || used === null || used > LARGEST_PERCENT) return [];
    const lengthMs = Number(amount) * (unit === "h" ? HOUR_MS : DAY_MS);
    return percentMeter({
      ...namedWindow(lengthMs, model),
      used,
      window: rolling(lengthMs, resetAtEpochSeconds(headers.get(`anthropic-ratelimit-unified-${window}-reset`), now)),
      scope: "account",
    });
  });
}
