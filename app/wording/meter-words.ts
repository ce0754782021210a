import { isPastReset, type Label, type Meter, percentRemaining, refillsAt, resetsAt } from "../quota/meter.ts";
import {
  type Formats,
  formatAmount,
  formatClock,
  formatCountdown,
  formatFigure,
  formatLengthOf,
  formatPercent,
} from "./formats.ts";
import { type Translate, translateDynamic } from "./translate.ts";

/** One meter in words, ready to show. */
export interface MeterWords {
  readonly label: string;
  /** What is left, or what was used where there is no limit: "$12.40 left of $40.00", "1.27M tokens used, no limit". */
  readonly amount: string;
  /** "31%", or null where there is no share to speak of. */
  readonly percent: string | null;
  /** Null for balances, lifetimes and windows that do not say. */
  readonly reset: { readonly countdown: string; readonly clock: string } | null;
  /** "full again in 3 min", for limits that refill; null for others, and once it must be full. */
  readonly refill: string | null;
  /** The reset time has passed: the figures are no longer true. */
  readonly pastReset: boolean;
  readonly scope: string;
  readonly window: string;
}

/** Words for a meter at a time. Times are epoch milliseconds. */
export function meterWords(meter: Meter, now: number, f: Formats, t: Translate): MeterWords {
  const percent = percentRemaining(meter);
  const at = resetsAt(meter);
  const refill = refillsAt(meter);
  const pastReset = isPastReset(meter, now);
  return {
    label: labelWords(meter.label, t),
    amount: amountWords(meter, f, t),
    percent: typeof percent === "number" ? formatPercent(percent, f) : null,
    reset:
      at === null ? null : { countdown: formatCountdown(Math.max(0, at - now), f), clock: formatClock(at, now, f) },
    refill:
      refill === null || refill <= now ? null : t("reset.refill", { countdown: formatCountdown(refill - now, f) }),
    pastReset,
    scope: t(`scope.${meter.scope}`),
    window: windowWords(meter, f, t),
  };
}

/** A label in words; the gateway's own text as it is. */
export function labelWords(label: Label, t: Translate): string {
  return "key" in label ? translateDynamic(t, label.key, label.params) : label.text;
}

function amountWords(meter: Meter, f: Formats, t: Translate): string {
  const { unit, limit, used, remaining } = meter;
  if (limit === "unlimited" || remaining === "unlimited") {
    return typeof used === "number"
      ? t("amount.used-no-limit", { amount: formatAmount(used, unit, f, t) })
      : t("amount.unlimited");
  }
  if (typeof remaining === "number") {
    if (remaining < 0) return t("amount.overdrawn", { amount: formatAmount(-remaining, unit, f, t) });
    if (unit.kind === "percent" || typeof limit !== "number") {
      return t("amount.left", { amount: formatAmount(remaining, unit, f, t) });
    }
    return t("amount.left-of", { amount: formatFigure(remaining, unit, f), limit: formatAmount(limit, unit, f, t) });
  }
  if (used === "unknown" && typeof limit === "number" && unit.kind !== "percent") {
    return t("amount.limit-only", { limit: formatAmount(limit, unit, f, t) });
  }
  return typeof used === "number" ? t("amount.used", { amount: formatAmount(used, unit, f, t) }) : t("amount.unknown");
}

function windowWords(meter: Meter, f: Formats, t: Translate): string {
  const { window } = meter;
  switch (window.kind) {
    case "rolling":
      return window.lengthMs === null
        ? t("window.rolling")
        : t("window.rolling-length", { length: formatLengthOf(window.lengthMs, f, t) });
    case "calendar":
      return t(`window.${window.period}`);
    case "period":
    case "balance":
    case "lifetime":
      return t(`window.${window.kind}`);
  }
}
