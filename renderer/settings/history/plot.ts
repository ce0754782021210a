import { scaleLinear, scaleTime } from "d3-scale";
import { area, line } from "d3-shape";
import type { HistoryMark, HistoryPoint, HistorySeries } from "../../../app/history/series.ts";
import { fromMicros } from "../../../app/quota/amount.ts";

/** How one point stands in a chart; null where nothing is known. */
export interface PlottedPoint {
  readonly point: HistoryPoint;
  readonly x: number;
  readonly y: number | null;
}

export interface Tick {
  readonly value: number;
  readonly position: number;
}

export interface PlottedMark {
  readonly mark: HistoryMark;
  readonly x: number;
}

/** A series as it is drawn. All positions are in CSS pixels of the plot's own area. */
export interface Plot {
  /** `percent`: the share left; `amount`: what is left, in major units for money. */
  readonly measure: "percent" | "amount";
  readonly points: readonly PlottedPoint[];
  readonly marks: readonly PlottedMark[];
  /** SVG paths; empty strings where there is nothing to draw. */
  readonly line: string;
  readonly band: string;
  readonly times: readonly Tick[];
  readonly values: readonly Tick[];
  /** Where the line of a share lies; null for amounts. */
  positionOf(value: number): number;
}

export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
}

/** How far apart the labels of an axis are at least, in pixels. */
const TIME_SPACING = 84;

/** What is drawn of a series: shares where any are known, else amounts. */
export function measureOf({ points }: Pick<HistorySeries, "points">): Plot["measure"] {
  return points.some(({ percentLeft }) => percentLeft !== null) ? "percent" : "amount";
}

/** Whether its points stand for a time in which more and less was left. */
export function isRanged({ points }: Pick<HistorySeries, "points">): boolean {
  return points.some(
    ({ remainingMin, remainingMax, percentMin, percentMax }) =>
      remainingMin !== remainingMax || percentMin !== percentMax,
  );
}

/** Lays a series out. Shares are drawn from 0 to 100 %, amounts from 0 (or what is overdrawn) to a round number above the highest. */
export function plotSeries(series: HistorySeries, frame: Frame): Plot {
  const measure = measureOf(series);
  const inUnit = (amount: number | null): number | null =>
    amount === null ? null : series.unit.kind === "money" ? fromMicros(amount) : amount;
  const figureOf = (point: HistoryPoint): number | null =>
    measure === "percent" ? point.percentLeft : inUnit(point.remaining);
  const lowOf = (point: HistoryPoint): number | null =>
    measure === "percent" ? point.percentMin : inUnit(point.remainingMin);
  const highOf = (point: HistoryPoint): number | null =>
    measure === "percent" ? point.percentMax : inUnit(point.remainingMax);

  const values = series.points.flatMap((point) => [lowOf(point), highOf(point), figureOf(point)]).filter(isNumber);
  const lowest = Math.min(0, ...values);
  const highest = Math.max(measure === "percent" ? 100 : 1e-9, ...values);
  const x = scaleTime([frame.from, frame.to], [0, frame.width]);
  const y = scaleLinear([lowest, highest], [frame.height, 0]);
  if (measure === "amount") y.nice(4);

  const points = series.points.map((point) => {
    const value = figureOf(point);
    return { point, x: x(point.at), y: value === null ? null : y(value) };
  });
  const stretches = stretchesOf(series.points);
  const drawLine = line<HistoryPoint>(
    (point) => x(point.at),
    (point) => y(figureOf(point) ?? 0),
  ).defined((point) => figureOf(point) !== null);
  const drawBand = area<HistoryPoint>(
    (point) => x(point.at),
    (point) => y(lowOf(point) ?? 0),
    (point) => y(highOf(point) ?? 0),
  ).defined((point) => lowOf(point) !== null && highOf(point) !== null);
  return {
    measure,
    points,
    marks: series.marks.map((mark) => ({ mark, x: x(mark.at) })),
    line: stretches.map((stretch) => drawLine(stretch) ?? "").join(""),
    band: isRanged(series) ? stretches.map((stretch) => drawBand(stretch) ?? "").join("") : "",
    times: x.ticks(Math.max(2, Math.floor(frame.width / TIME_SPACING))).map((time) => ({
      value: time.getTime(),
      position: x(time),
    })),
    values: y.ticks(4).map((value) => ({ value, position: y(value) })),
    positionOf: (value) => y(value),
  };
}

/** The points in stretches without a gap. One that stands alone is drawn as a short dash, by doubling it. */
function stretchesOf(points: readonly HistoryPoint[]): HistoryPoint[][] {
  const stretches: HistoryPoint[][] = [];
  for (const point of points) {
    const last = stretches.at(-1);
    if (last === undefined || point.gapBefore) stretches.push([point]);
    else last.push(point);
  }
  return stretches.map((stretch) => {
    const [only] = stretch;
    return stretch.length === 1 && only !== undefined ? [only, only] : stretch;
  });
}

/** The index of the point that lies nearest to a position; null where there is none. */
export function nearestPoint(plot: Pick<Plot, "points">, x: number): number | null {
  let nearest: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, point] of plot.points.entries()) {
    const away = Math.abs(point.x - x);
    if (away < distance) {
      distance = away;
      nearest = index;
    }
  }
  return nearest;
}

function isNumber(value: number | null): value is number {
  return value !== null;
}
