import type { Handlers } from "../../app/contract/host.ts";
import type { HistoryPoint, HistoryRange, HistorySeries, HistoryView } from "../../app/history/series.ts";

const HOUR = 3_600_000;
const RANGES: Readonly<Record<HistoryRange, { readonly days: number; readonly stepMs: number }>> = {
  day: { days: 1, stepMs: HOUR / 4 },
  week: { days: 7, stepMs: HOUR },
  month: { days: 30, stepMs: 4 * HOUR },
  quarter: { days: 90, stepMs: 24 * HOUR },
};

/**
 * A series that is used in office hours, with a reset or a top-up whenever it runs low, and one night for which nobody looked.
 * The same for the same arguments.
 */
export function scriptedSeries(
  source: { readonly id: string; readonly label: string },
  unit: "tokens" | "money",
  range: HistoryRange,
  now: number,
): HistorySeries {
  const { days, stepMs } = RANGES[range];
  const count = Math.floor((days * 24 * HOUR) / stepMs);
  const whole = unit === "money" ? 100_000_000 : 2_000_000;
  const points: HistoryPoint[] = [];
  const marks: HistorySeries["marks"] = [];
  let share = 1;
  let gapBefore = false;
  for (let index = 0; index < count; index += 1) {
    const at = now - (count - 1 - index) * stepMs;
    const hour = new Date(at).getUTCHours();
    const busy = stepMs > 12 * HOUR || (hour >= 8 && hour < 19);
    const burnt = busy ? Math.min(0.5, (stepMs / HOUR) * 0.012 * (1 + Math.abs(Math.sin(index * 1.7)))) : 0;
    const before = share;
    share -= burnt;
    if (share < 0.06) {
      marks.push({ at, type: unit === "money" ? "top-up" : "reset", gained: Math.round((1 - share) * whole) });
      share = 1;
    }
    if (index > count * 0.5 && index < count * 0.55) {
      gapBefore = true;
      continue;
    }
    const remaining = Math.round(share * whole);
    const highest = Math.round(Math.max(share, before) * whole);
    const isMoney = unit === "money";
    points.push({
      from: at - stepMs,
      at,
      remaining,
      remainingMin: remaining,
      remainingMax: highest,
      used: isMoney ? null : whole - remaining,
      limit: isMoney ? null : whole,
      percentLeft: isMoney ? null : (remaining / whole) * 100,
      percentMin: isMoney ? null : (remaining / whole) * 100,
      percentMax: isMoney ? null : (highest / whole) * 100,
      gapBefore,
    });
    gapBefore = false;
  }
  return {
    sourceId: source.id,
    sourceLabel: source.label,
    meterId: unit === "money" ? "balance" : "tokens",
    label: { key: unit === "money" ? "meter.balance" : "meter.tokens" },
    unit: unit === "money" ? { kind: "money", currency: "USD" } : { kind: "tokens" },
    windowKind: unit === "money" ? "balance" : "rolling",
    intervalMs: 300_000,
    points,
    marks,
  };
}

/** A view of two meters. */
export function scriptedView(range: HistoryRange, sourceIds: readonly string[] | null, now: number): HistoryView {
  const { days, stepMs } = RANGES[range];
  const series = [
    scriptedSeries({ id: "team", label: "Team gateway" }, "tokens", range, now),
    scriptedSeries({ id: "or", label: "OpenRouter" }, "money", range, now),
  ];
  return {
    from: now - days * 24 * HOUR,
    to: now,
    resolution: stepMs < HOUR ? "raw" : stepMs === HOUR ? "hour" : stepMs === 4 * HOUR ? "four-hours" : "day",
    series: series.filter(({ sourceId }) => sourceIds === null || sourceIds.includes(sourceId)),
  };
}

/** Answers to the calls about history. */
export const scriptedHistory: Pick<Handlers, "history.status" | "history.view" | "history.export"> = {
  "history.status": () => ({
    kind: "on",
    path: "/home/me/.config/plimsoll/history.db",
    bytes: 4096,
    rows: { samples: 120, hours: 48, days: 2 },
    problem: null,
    keptAside: null,
  }),
  "history.view": ({ range, sourceIds }) => scriptedView(range, sourceIds, Math.floor(Date.now() / HOUR) * HOUR),
  "history.export": ({ format }) => ({
    file: {
      name: `plimsoll-history.${format}`,
      mediaType: format === "csv" ? "text/csv" : "application/json",
      text: format === "csv" ? "time\r\n" : "{}",
    },
  }),
};
