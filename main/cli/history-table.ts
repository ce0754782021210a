import stringWidth from "string-width";
import type { HistoryPoint, HistoryRange, HistorySeries, HistoryView } from "../../app/history/series.ts";
import { formatAmount, formatPercent } from "../../app/wording/formats.ts";
import { labelWords } from "../../app/wording/meter-words.ts";
import { GAP, pad, shorten, wrap } from "./columns.ts";
import { historySparkline } from "./history-sparkline.ts";
import type { Wording } from "./wording.ts";

const RANGE_WORDS: Readonly<Record<HistoryRange, string>> = {
  day: "The last 24 hours",
  week: "The last 7 days",
  month: "The last 30 days",
  quarter: "The last 90 days",
};

/** The view as text of at most `width` columns: a block per source, a line per meter with what was left drawn over the time. */
export function historyTable(view: HistoryView, range: HistoryRange, wording: Wording, width: number): string {
  const { f } = wording;
  const now = view.to;
  const head = `${RANGE_WORDS[range]}, ${f.clock(view.from, now)} to ${f.clock(now, now)}. The lower the block, the less was left.`;
  if (view.series.length === 0) return `${RANGE_WORDS[range]}: nothing was recorded.\n`;
  const labels = view.series.map(({ label }) => stringWidth(labelWords(label, wording.t)));
  const labelWidth = Math.min(20, Math.max(...labels));
  const lines = [...wrap(head, width), ""];
  for (const [sourceId, list] of Map.groupBy(view.series, (series) => series.sourceId)) {
    lines.push(shorten(list[0]?.sourceLabel ?? sourceId, width));
    for (const series of list) lines.push(...seriesLines(series, view, labelWidth, wording, width));
    lines.push("");
  }
  return lines.join("\n");
}

function seriesLines(
  series: HistorySeries,
  view: HistoryView,
  labelWidth: number,
  wording: Wording,
  width: number,
): string[] {
  const { f, t } = wording;
  const left = leftWords(series, wording);
  const indent = 2 + labelWidth + GAP.length;
  const room = width - indent - GAP.length - stringWidth(left);
  const cells = Math.max(12, Math.min(48, room));
  const label = pad(shorten(labelWords(series.label, t), labelWidth), labelWidth);
  const graph = historySparkline(series.points, view, cells);
  const least = leastPoint(series.points);
  const count = (type: "reset" | "top-up") => series.marks.filter((mark) => mark.type === type).length;
  const facts = [
    least === null ? null : `least ${shareOrAmount(least, series, wording)}, ${f.clock(least.at, view.to)}`,
    plural(count("reset"), "reset"),
    plural(count("top-up"), "top-up"),
  ].filter((fact) => fact !== null);
  const second = facts.length === 0 ? [] : wrap(facts.join(" · "), width - indent);
  return [
    shorten(`  ${label}${GAP}${graph}${GAP}${left}`, width),
    ...second.map((line) => `${" ".repeat(indent)}${line}`),
  ];
}

/** What was left last: amount and share. */
function leftWords({ points, unit }: HistorySeries, { f, t }: Wording): string {
  const last = points.at(-1);
  if (last === undefined) return "";
  const amount = formatAmount(last.remaining ?? "unknown", unit, f, t);
  if (last.remaining === null || last.percentLeft === null || unit.kind === "percent") return amount;
  return `${amount} (${formatPercent(last.percentLeft, f)})`;
}

/** Where the least was left, by share where that is known. */
function leastPoint(points: readonly HistoryPoint[]): HistoryPoint | null {
  const hasShare = points.some(({ percentMin }) => percentMin !== null);
  const measure = (point: HistoryPoint) => (hasShare ? point.percentMin : point.remainingMin);
  const known = points.filter((point) => measure(point) !== null);
  return known.toSorted((a, b) => (measure(a) ?? 0) - (measure(b) ?? 0))[0] ?? null;
}

function shareOrAmount(point: HistoryPoint, { unit }: HistorySeries, { f, t }: Wording): string {
  if (point.percentMin !== null) return formatPercent(point.percentMin, f);
  return formatAmount(point.remainingMin ?? "unknown", unit, f, t);
}

function plural(count: number, word: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
