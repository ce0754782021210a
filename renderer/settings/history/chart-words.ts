import type { HistoryMark, HistoryPoint, HistoryRange, HistorySeries } from "../../../app/history/series.ts";
import { formatAmount, formatFigure, formatPercent } from "../../../app/wording/formats.ts";
import type { Words } from "../../words.tsx";
import type { Plot } from "./plot.ts";

/** A moment in full: date, time and zone. */
export function momentWords(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

/** The label of a tick on the axis of time: hours of a day, else days; midnight and the first of a month say more. */
export function timeTick(at: number, range: HistoryRange, language: string): string {
  const date = new Date(at);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (range === "day" && !midnight) {
    return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
  }
  if (range === "day" || range === "week") {
    if (!midnight) return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(at);
    const weekday = new Intl.DateTimeFormat(language, { weekday: "short" }).format(at);
    return `${weekday} ${new Intl.DateTimeFormat(language, { day: "numeric" }).format(at)}`;
  }
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(at);
}

/** The label of a tick on the axis of values. */
export function valueTick(value: number, series: HistorySeries, plot: Plot, { f }: Words): string {
  if (plot.measure === "percent" || series.unit.kind === "percent") return f.percent(value, 0);
  if (series.unit.kind === "money") return moneyTick(value, series.unit.currency, f.language);
  return f.compact(value);
}

/** What a point says, in one line without its time. */
export function pointWords(point: HistoryPoint, series: HistorySeries, { t, f }: Words): string {
  const { unit } = series;
  const parts: string[] = [];
  if (point.percentLeft !== null) parts.push(t("amount.left", { amount: formatPercent(point.percentLeft, f) }));
  if (point.remaining !== null && unit.kind !== "percent") {
    parts.push(
      point.limit === null
        ? t("amount.left", { amount: formatAmount(point.remaining, unit, f, t) })
        : t("amount.left-of", {
            amount: formatFigure(point.remaining, unit, f),
            limit: formatAmount(point.limit, unit, f, t),
          }),
    );
  }
  if (point.used !== null && unit.kind !== "percent") {
    // The unit stands before it already, where there is a limit.
    const amount = point.limit === null ? formatAmount(point.used, unit, f, t) : formatFigure(point.used, unit, f);
    parts.push(t("history.used", { amount }));
  }
  return parts.length === 0 ? t("history.not-told") : parts.join(" · ");
}

/** What a mark says. */
export function markWords(mark: HistoryMark, series: HistorySeries, { t, f }: Words): string {
  const gained = mark.gained === null ? null : formatAmount(mark.gained, series.unit, f, t);
  if (mark.type === "reset") return t("history.reset");
  return gained === null ? t("history.top-up") : t("history.top-up-of", { amount: gained });
}

/** Round sums need no cents. */
function moneyTick(value: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: Number.isInteger(value) ? 0 : 2,
  }).format(value);
}
