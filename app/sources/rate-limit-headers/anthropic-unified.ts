import type { Label, Meter } from "../../quota/meter.ts";
import { fraction } from "../numbers.ts";
import { figure, idPart, type LimitHeaders } from "./header-values.ts";
import { DAY_MS, HOUR_MS, percentMeter } from "./limit-meter.ts";
import { resetAtEpochSeconds } from "./reset-time.ts";

const UTILIZATION = /^anthropic-ratelimit-unified-((\d{1,3})([hd])(?:[-_]([a-z0-9_-]{1,40}))?)-utilization$/;

/** A share of 2 is twice the limit; what is above it was no fraction but a percentage. */
const LARGEST_PERCENT = 200;

/**
 * `anthropic-ratelimit-unified-<window>-{utilization,reset}` of Claude subscriptions, where the window is `5h`, `7d`, or one of a
 * model (`7d-sonnet`, `7d_oi`). Utilization is the used FRACTION, the reset epoch seconds. Known from clients only.
 */
export function anthropicUnified(headers: LimitHeaders, now: number): readonly Meter[] {
  return [...headers.keys()].flatMap((header) => {
    const [, window, amount = "", unit, model] = UTILIZATION.exec(header) ?? [];
    const usedPercent = figure(headers.get(header), fraction);
    if (window === undefined || usedPercent === null || usedPercent > LARGEST_PERCENT) return [];
    const lengthMs = Number(amount) * (unit === "h" ? HOUR_MS : DAY_MS);
    return percentMeter({
      ...named(`${amount}${unit}`, model),
      usedPercent,
      lengthMs: lengthMs > 0 ? lengthMs : null,
      resetsAt: resetAtEpochSeconds(headers.get(`anthropic-ratelimit-unified-${window}-reset`), now),
      scope: "account",
    });
  });
}

function named(window: string, model: string | undefined): { readonly id: string; readonly label: Label } {
  const suffix = model === undefined ? "" : `-${idPart(model)}`;
  switch (window) {
    case "5h":
      return model === undefined
        ? { id: "five-hours", label: { key: "meter.five-hours" } }
        : { id: `five-hours${suffix}`, label: { key: "meter.session-of", params: { name: model } } };
    case "7d":
      return model === undefined
        ? { id: "week", label: { key: "meter.week" } }
        : { id: `week${suffix}`, label: { key: "meter.week-of", params: { name: model } } };
    default: {
      const name = model === undefined ? window : `${window}, ${model}`;
      return { id: `window-${window}${suffix}`, label: { key: "meter.window", params: { window: name } } };
    }
  }
}
