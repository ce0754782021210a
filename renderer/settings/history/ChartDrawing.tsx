import { memo } from "react";
import type { HistoryRange, HistorySeries } from "../../../app/history/series.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import { MARK_SIGNS } from "./ChartLegend.tsx";
import styles from "./chart.module.css";
import { timeTick, valueTick } from "./chart-words.ts";
import type { Plot } from "./plot.ts";

const c = classNames(styles);

/** Of the plot alone, in CSS pixels. */
export const CHART_HEIGHT = 132;
/** What stands around the plot: values at the left, marks above, times below. */
export const INSET = { left: 46, right: 8, top: 14, bottom: 22 };

interface ChartDrawingProps {
  readonly plot: Plot;
  readonly series: HistorySeries;
  readonly range: HistoryRange;
  readonly width: number;
  /** Percent, where it is drawn. */
  readonly line: number | null;
  /** The index of the point that is read out; null for none. */
  readonly cursor: number | null;
}

/** The picture of a plot. Its words stand beside it. */
export function ChartDrawing({ plot, series, range, width, line, cursor }: ChartDrawingProps) {
  const inner = Math.max(0, width - INSET.left - INSET.right);
  const at = cursor === null ? undefined : plot.points[cursor];
  return (
    <svg width={width} height={CHART_HEIGHT + INSET.top + INSET.bottom} aria-hidden="true" focusable="false">
      <g transform={`translate(${INSET.left} ${INSET.top})`}>
        <Course plot={plot} series={series} range={range} inner={inner} line={line} />
        {at !== undefined && (
          <g>
            <line className={c("cursor")} x1={at.x} x2={at.x} y2={CHART_HEIGHT} />
            {at.y !== null && <circle className={c("dot")} cx={at.x} cy={at.y} r={4} />}
          </g>
        )}
      </g>
    </svg>
  );
}

/** All but the cursor: drawn once, however it moves. */
const Course = memo(function Course({
  plot,
  series,
  range,
  inner,
  line,
}: Pick<ChartDrawingProps, "plot" | "series" | "range" | "line"> & { readonly inner: number }) {
  const words = useWords();
  const linePosition = line === null ? null : plot.positionOf(line);
  return (
    <>
      {plot.values.map(({ value, position }) => (
        <g key={value} transform={`translate(0 ${position})`}>
          <line className={c("grid")} x2={inner} />
          <text className={c("tick")} x={-8} dy="0.32em" textAnchor="end">
            {valueTick(value, series, plot, words)}
          </text>
        </g>
      ))}
      {plot.times.map(({ value, position }) => (
        <text key={value} className={c("tick")} x={position} y={CHART_HEIGHT + 16} textAnchor="middle">
          {timeTick(value, range, words.f.language)}
        </text>
      ))}
      {plot.marks.map(({ mark, x }) => (
        <g key={`${mark.at}${mark.type}`} transform={`translate(${x} 0)`}>
          <line className={c("markLine")} y1={-4} y2={CHART_HEIGHT} />
          <path className={c("markSign")} d={MARK_SIGNS[mark.type]} transform="translate(0 -12)" />
        </g>
      ))}
      <path className={c("band")} d={plot.band} />
      {linePosition !== null && <line className={c("limit")} y1={linePosition} y2={linePosition} x2={inner} />}
      <path className={c("curve")} d={plot.line} />
    </>
  );
});
