import type { Alert } from "../alerts/alert.ts";
import { type Formats, formatClock, formatPercent } from "./formats.ts";
import { labelWords } from "./meter-words.ts";
import type { Translate } from "./translate.ts";

/** Title and body of an alert, short enough for every platform's notification. */
export function alertWords(alert: Alert, now: number, f: Formats, t: Translate): { title: string; body: string } {
  const usedUp = alert.percentRemaining <= 0;
  const source = alert.demo ? `${t("alert.demo")}: ${alert.sourceLabel}` : alert.sourceLabel;
  const meter = labelWords(alert.meterLabel, t);
  const what = usedUp
    ? t("alert.body-used-up", { meter })
    : t("alert.body", { meter, threshold: f.percent(alert.threshold, 0) });
  const reset =
    alert.resetsAt === null ? "" : ` ${t("alert.body-reset", { time: formatClock(alert.resetsAt, now, f) })}`;
  return {
    title: usedUp
      ? t("alert.title-used-up", { source })
      : t("alert.title", { source, percent: formatPercent(alert.percentRemaining, f) }),
    body: what + reset,
  };
}
