import type { HistoryPoint } from "../../app/history/series.ts";

const BLOCKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/**
 * What was left over a time, as `cells` characters: the lower the block the less, by the least that was left in that cell. Of the
 * limit where one is known, else of the most that was left in that time. A blank where nothing is known.
 */
export function historySparkline(
  points: readonly HistoryPoint[],
  time: { readonly from: number; readonly to: number },
  cells: number,
): string {
  const most = Math.max(...points.map(({ remainingMax }) => remainingMax ?? Number.NEGATIVE_INFINITY));
  const hasShare = points.some(({ percentMin }) => percentMin !== null);
  const share = (point: HistoryPoint): number | null => {
    if (hasShare) return point.percentMin;
    return point.remainingMin === null || !(most > 0) ? null : (point.remainingMin / most) * 100;
  };
  const cellMs = (time.to - time.from) / cells;
  return Array.from({ length: cells }, (_, index) => {
    const begin = time.from + index * cellMs;
    return block(leastIn(points, begin, begin + cellMs, share));
  }).join("");
}

/** The least share in [begin, end): of the points in it, or of the one before it while nothing says that it ended. */
function leastIn(
  points: readonly HistoryPoint[],
  begin: number,
  end: number,
  share: (point: HistoryPoint) => number | null,
): number | null {
  const within = points.filter(({ from, at }) => from < end && at >= begin).flatMap((point) => share(point) ?? []);
  if (within.length > 0) return Math.min(...within);
  const next = points.find(({ from }) => from >= end);
  const before = points.findLast(({ at }) => at < begin);
  return before === undefined || next === undefined || next.gapBefore ? null : share(before);
}

function block(percent: number | null): string {
  if (percent === null) return " ";
  const index = Math.ceil((Math.min(100, Math.max(0, percent)) / 100) * BLOCKS.length) - 1;
  return BLOCKS[Math.max(0, index)] ?? " ";
}
