import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import type { HistoryRange, HistorySeries } from "../../../app/history/series.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import { CHART_HEIGHT, ChartDrawing, INSET } from "./ChartDrawing.tsx";
import { ChartLegend } from "./ChartLegend.tsx";
import styles from "./chart.module.css";
import { markWords, momentWords, pointWords } from "./chart-words.ts";
import { measureOf, nearestPoint, plotSeries } from "./plot.ts";
import { useChartBox } from "./use-chart-box.ts";

const c = classNames(styles);

/** How far Page Up and Page Down go. */
const PAGE = 10;

interface ChartProps {
  readonly series: HistorySeries;
  readonly range: HistoryRange;
  readonly from: number;
  readonly to: number;
  /** What it is called, for the screen reader. */
  readonly name: string;
  /** Percent left that is drawn as the line. */
  readonly line: number | null;
}

/**
 * One meter over time. The pointer or the arrow keys move a cursor from point to point; what it stands on is read out above.
 * Drawn when it comes near the part of the page that is seen: fifty of them open like one.
 */
export function Chart({ series, range, from, to, name, line }: ChartProps) {
  const words = useWords();
  const { t, f } = words;
  const box = useRef<HTMLDivElement>(null);
  const { width, isNear } = useChartBox(box);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = useMemo(
    () =>
      isNear
        ? plotSeries(series, { from, to, width: Math.max(40, width - INSET.left - INSET.right), height: CHART_HEIGHT })
        : null,
    [series, from, to, width, isNear],
  );
  const last = series.points.length - 1;
  const index = cursor === null ? null : Math.min(cursor, last);
  const readOut = readOutOf(index ?? last);

  function readOutOf(here: number): string {
    const point = series.points[here];
    if (point === undefined) return "";
    // With what came to pass since the point before.
    const before = series.points[here - 1]?.at ?? from;
    const marks = series.marks.filter((mark) => mark.at > before && mark.at <= point.at);
    return [
      momentWords(point.at, f.language),
      pointWords(point, series, words),
      ...marks.map((mark) => markWords(mark, series, words)),
    ].join(" · ");
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    if (plot === null) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    setCursor(nearestPoint(plot, event.clientX - left - INSET.left));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const here = cursor ?? last;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      PageDown: here - PAGE,
      PageUp: here + PAGE,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setCursor(Math.min(last, Math.max(0, next)));
  }

  const drawnLine = measureOf(series) === "percent" ? line : null;
  return (
    <div className={c("chart")}>
      <p className={c("readOut")} aria-hidden="true">
        {readOut}
      </p>
      <div
        ref={box}
        className={c("plot")}
        role="slider"
        tabIndex={0}
        aria-label={t("history.chart", { name })}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={cursor ?? Math.max(0, last)}
        aria-valuetext={readOut}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setCursor(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
      >
        {plot !== null && (
          <ChartDrawing plot={plot} series={series} range={range} width={width} line={drawnLine} cursor={index} />
        )}
      </div>
      <ChartLegend series={series} line={drawnLine} />
    </div>
  );
}
