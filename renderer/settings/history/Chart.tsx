import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { HistoryMark, HistoryRange, HistorySeries } from "../../../app/history/series.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./chart.module.css";
import { markWords, momentWords, pointWords, timeTick, valueTick } from "./chart-words.ts";
import { nearestPoint, type Plot, plotSeries } from "./plot.ts";

const c = classNames(styles);

const HEIGHT = 132;
/** What stands around the plot: values at the left, times below. */
const INSET = { left: 46, right: 8, top: 14, bottom: 22 };
/** How far Page Up and Page Down go. */
const PAGE = 10;

/** What stands above the plot where the quota came back, or more was paid in. */
const SIGNS: Readonly<Record<HistoryMark["type"], string>> = { reset: "M-4 0H4L0 7Z", "top-up": "M-4 7H4L0 0Z" };

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

/** One meter over time. The pointer or the arrow keys move a cursor from point to point; what it stands on is read out above. */
export function Chart({ series, range, from, to, name, line }: ChartProps) {
  const words = useWords();
  const { t, f } = words;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = useMemo(
    () => plotSeries(series, { from, to, width: Math.max(40, width - INSET.left - INSET.right), height: HEIGHT }),
    [series, from, to, width],
  );
  const last = plot.points.length - 1;
  const at = cursor === null ? null : (plot.points[Math.min(cursor, last)] ?? null);
  const shown = at ?? plot.points[last] ?? null;
  const readOut =
    shown === null
      ? ""
      : `${momentWords(shown.point.at, f.language)} · ${pointWords(shown.point, series, words)}${marksAt(shown.point.at)}`;

  /** The marks that lie between the point before and this one. */
  function marksAt(moment: number): string {
    const index = plot.points.findIndex(({ point }) => point.at === moment);
    const before = plot.points[index - 1]?.point.at ?? from;
    const marks = series.marks.filter((mark) => mark.at > before && mark.at <= moment);
    return marks.map((mark) => ` · ${markWords(mark, series, words)}`).join("");
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
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

  const linePosition = line !== null && plot.measure === "percent" ? plot.positionOf(line) : null;
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
        <svg width={width} height={HEIGHT + INSET.top + INSET.bottom} aria-hidden="true" focusable="false">
          <g transform={`translate(${INSET.left} ${INSET.top})`}>
            {plot.values.map(({ value, position }) => (
              <g key={value} transform={`translate(0 ${position})`}>
                <line className={c("grid")} x2={Math.max(0, width - INSET.left - INSET.right)} />
                <text className={c("tick")} x={-8} dy="0.32em" textAnchor="end">
                  {valueTick(value, series, plot, words)}
                </text>
              </g>
            ))}
            {plot.times.map(({ value, position }) => (
              <text key={value} className={c("tick")} x={position} y={HEIGHT + 16} textAnchor="middle">
                {timeTick(value, range, f.language)}
              </text>
            ))}
            {plot.marks.map(({ mark, x }) => (
              <g key={`${mark.at}${mark.type}`} transform={`translate(${x} 0)`}>
                <line className={c("markLine")} y1={-4} y2={HEIGHT} />
                <path className={c("markSign")} d={SIGNS[mark.type]} transform="translate(0 -12)" />
              </g>
            ))}
            <path className={c("band")} d={plot.band} />
            {linePosition !== null && (
              <line
                className={c("limit")}
                y1={linePosition}
                y2={linePosition}
                x2={Math.max(0, width - INSET.left - INSET.right)}
              />
            )}
            <path className={c("curve")} d={plot.line} />
            {at !== null && (
              <g>
                <line className={c("cursor")} x1={at.x} x2={at.x} y2={HEIGHT} />
                {at.y !== null && <circle className={c("dot")} cx={at.x} cy={at.y} r={4} />}
              </g>
            )}
          </g>
        </svg>
      </div>
      <Legend plot={plot} line={linePosition === null ? null : line} />
    </div>
  );
}

interface LegendProps {
  readonly plot: Plot;
  /** Percent, where it is drawn. */
  readonly line: number | null;
}

/** What the signs of this chart mean, as far as it has any. The read-out says the same in words. */
function Legend({ plot, line }: LegendProps) {
  const { t, f } = useWords();
  const types = [...new Set(plot.marks.map(({ mark }) => mark.type))].sort();
  if (types.length === 0 && line === null && plot.band === "") return null;
  return (
    <ul className={c("legend")} aria-hidden="true">
      {types.map((type) => (
        <li key={type}>
          <svg aria-hidden="true" width={8} height={7} viewBox="-4 0 8 7">
            <path className={c("markSign")} d={SIGNS[type]} />
          </svg>
          {t(`history.${type}`)}
        </li>
      ))}
      {line !== null && (
        <li>
          <svg aria-hidden="true" width={18} height={2} viewBox="0 0 18 2">
            <line className={c("limit")} x2={18} y1={1} y2={1} />
          </svg>
          {t("history.line", { line: f.percent(line, 0) })}
        </li>
      )}
      {plot.band !== "" && (
        <li>
          <svg aria-hidden="true" width={12} height={8} viewBox="0 0 12 8">
            <rect className={c("band")} width={12} height={8} rx={2} />
          </svg>
          {t("history.band")}
        </li>
      )}
    </ul>
  );
}

/** The width of an element, kept up while it changes. */
function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(560);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}
