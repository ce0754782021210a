import { type Alert, isUsedUp } from "../alerts/alert.ts";
import { cutToBytes } from "../alerts/sinks/cut-text.ts";
import type { Unit } from "../quota/meter.ts";
import { type Formats, formatAmount, formatClock, formatCountdown, formatPercent } from "./formats.ts";
import { labelWords } from "./meter-words.ts";
import { type Translate, translateDynamic } from "./translate.ts";

/** Every platform shows so much of a notification's text. */
export const BODY_BYTES = 200;
/** Names come from users and gateways; in a text, what there is to say about them goes before. */
export const NAME_BYTES = 64;

/** Title and body of an alert, short enough for every platform's notification: the body takes at most BODY_BYTES of UTF-8. */
export function alertWords(
  alert: Alert,
  now: number,
  f: Formats,
  t: Translate,
): { readonly title: string; readonly body: string } {
  const title = t("alert.title", { source: sourceWords(alert, t), headline: headlineWords(alert, now, f, t) });
  return { title, body: cutToBytes(bodyWords(alert, now, f, t), BODY_BYTES) };
}

/** The source by name, with the demo marked. */
export function sourceWords({ sourceLabel, demo }: Pick<Alert, "sourceLabel" | "demo">, t: Translate): string {
  return demo ? `${t("alert.demo")}: ${sourceLabel}` : sourceLabel;
}

/** The meter by name; null for an alert about a whole source. */
export function alertMeterWords({ meterId, meterLabel }: Alert, t: Translate): string | null {
  if (meterLabel !== null) return cutToBytes(labelWords(meterLabel, t), NAME_BYTES);
  return meterId === null ? null : t("alert.meter");
}

/** What there is to tell, in a few words to stand after a name: "18% left", "used up". */
export function headlineWords(alert: Alert, now: number, f: Formats, t: Translate): string {
  const { what } = alert;
  if (isUsedUp(alert)) return t("alert.used-up");
  switch (what.type) {
    case "percent-left":
      return t("alert.left", { amount: formatPercent(what.percentRemaining, f) });
    case "amount-left":
      return t("alert.left", { amount: formatAmount(what.remaining, what.unit, f, t) });
    case "runway":
      return t("alert.runway", { days: f.unit(what.days, "day") });
    case "before-reset":
      return t("alert.before-reset");
    case "failing":
      return t("alert.failing", { time: formatClock(what.since, now, f) });
    case "back":
      return t("alert.back");
  }
}

function bodyWords(alert: Alert, now: number, f: Formats, t: Translate): string {
  const { what, resetsAt } = alert;
  const meter = alertMeterWords(alert, t) ?? t("alert.meter");
  const amount = (value: number, unit: Unit) => formatAmount(value, unit, f, t);
  const clock = (at: number) => formatClock(at, now, f);
  /** What comes next for one that is low: its reset, or that there is none. */
  const reset = resetsAt === null ? null : t("alert.body-reset", { time: clock(resetsAt) });
  const together = (...sentences: readonly (string | null)[]) => sentences.filter((each) => each !== null).join(" ");
  switch (what.type) {
    case "percent-left": {
      const { remaining, unit } = what;
      if (isUsedUp(alert)) return together(nothingLeft(remaining, unit), reset ?? t("alert.next-top-up"));
      const threshold = f.percent(what.threshold, 0);
      const low =
        remaining === null || unit.kind === "percent"
          ? t("alert.body", { meter, threshold })
          : t("alert.body-amount", { meter, amount: amount(remaining, unit), threshold });
      return together(low, reset);
    }
    case "amount-left": {
      const { remaining, unit } = what;
      const next = reset ?? t("alert.next-top-up");
      if (isUsedUp(alert)) return together(nothingLeft(remaining, unit), next);
      return together(t("alert.body-below", { meter, below: amount(what.below, unit) }), next);
    }
    case "runway":
      return t("alert.body-runway", { meter, time: clock(what.runsOutAt) });
    case "before-reset":
      return t("alert.body-before-reset", {
        meter,
        time: clock(what.runsOutAt),
        countdown: formatCountdown(Math.max(0, what.resetsAt - what.runsOutAt), f),
        reset: clock(what.resetsAt),
      });
    case "failing": {
      const { cause } = what;
      return cause === "needs-key"
        ? t("alert.body-failing", { cause: t("alert.needs-key"), next: t("alert.needs-key-next") })
        : t("alert.body-failing", {
            cause: translateDynamic(t, `cause.${cause}.title`),
            next: translateDynamic(t, `cause.${cause}.next`),
          });
    }
    case "back": {
      const { remaining, percentRemaining, unit } = what;
      const left =
        remaining !== null
          ? amount(remaining, unit)
          : percentRemaining !== null
            ? formatPercent(percentRemaining, f)
            : null;
      return together(left === null ? null : t("alert.body-back", { meter, amount: left }), reset) || meter;
    }
  }

  function nothingLeft(remaining: number | null, unit: Unit): string {
    return remaining !== null && remaining < 0
      ? t("alert.body-overdrawn", { meter, amount: amount(-remaining, unit) })
      : t("alert.body-used-up", { meter });
  }
}
