import type { HistoryMark, HistorySeries } from "../../../app/history/series.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./chart.module.css";
import { isRanged } from "./plot.ts";

const c = classNames(styles);

/** What stands above the plot where the quota came back, or more was paid in; 8 by 7 pixels around the moment. */
export const MARK_SIGNS: Readonly<Record<HistoryMark["type"], string>> = {
  reset: "M-4 0H4L0 7Z",
  "top-up": "M-4 7H4L0 0Z",
};

interface ChartLegendProps {
  readonly series: HistorySeries;
  /** Percent, where it is drawn. */
  readonly line: number | null;
}

/** What the signs of a chart mean, as far as it has any. The read-out says the same in words. */
export function ChartLegend({ series, line }: ChartLegendProps) {
  const { t, f } = useWords();
  const types = [...new Set(series.marks.map(({ type }) => type))].sort();
  const hasBand = isRanged(series);
  if (types.length === 0 && line === null && !hasBand) return null;
  return (
    <ul className={c("legend")} aria-hidden="true">
      {types.map((type) => (
        <li key={type}>
          <svg aria-hidden="true" width={8} height={7} viewBox="-4 0 8 7">
            <path className={c("markSign")} d={MARK_SIGNS[type]} />
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
      {hasBand && (
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
