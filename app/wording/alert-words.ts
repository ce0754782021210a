import type { Alert } from "../alerts/alert.ts";
import { isUsedUp } from "../alerts/alert.ts";
import { type Formats, formatAmount, formatClock, formatPercent } from "./formats.ts";
import { labelWords } from "./meter-words.ts";
import { type Translate, translateDynamic } from "./translate.ts";

/** Title and body of an alert, short enough for every platform's notification. */
export function alertWords(alert: Alert, now: number, f: Formats, t: Translate): { title: string; body: string } {
  const source = alert.demo ? `${t("alert.demo")}: ${alert.sourceLabel}` : alert.sourceLabel;
  const meter = alert.meterLabel === null ? "" : labelWords(alert.meterLabel, t);
  const { what } = alert;
  const clock = (at: number) => formatClock(at, now, f);
  const reset = alert.resetsAt === null ? "" : ` ${t("alert.body-reset", { time: clock(alert.resetsAt) })}`;
  if (isUsedUp(alert) && what.type !== "failing") {
    return { title: t("alert.title-used-up", { source }), body: t("alert.body-used-up", { meter }) + reset };
  }
  switch (what.type) {
    case "percent-left":
      return {
        title: t("alert.title", { source, percent: formatPercent(what.percentRemaining, f) }),
        body: t("alert.body", { meter, threshold: f.percent(what.threshold, 0) }) + reset,
      };
    case "amount-left":
      return {
        title: t("alert.title-below", { source, amount: formatAmount(what.below, what.unit, f, t) }),
        body: t("alert.body-amount", { meter, amount: formatAmount(what.remaining, what.unit, f, t) }) + reset,
      };
    case "runway":
      return {
        title: t("alert.title-runway", { source, days: f.unit(what.days, "day") }),
        body: t("alert.body-runs-out", { meter, time: clock(what.runsOutAt) }),
      };
    case "before-reset":
      return {
        title: t("alert.title-before-reset", { source }),
        body: t("alert.body-runs-out", { meter, time: clock(what.runsOutAt) }) + reset,
      };
    case "failing":
      return {
        title: t("alert.title-failing", { source, time: clock(what.since) }),
        body: what.cause === "needs-key" ? "" : translateDynamic(t, `cause.${what.cause}.title`),
      };
    case "back":
      return { title: t("alert.title-back", { source }), body: meter };
  }
}
