import type { HistorySeries } from "../../../app/history/series.ts";
import { formatAmount, formatPercent } from "../../../app/wording/formats.ts";
import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import { markWords, momentWords } from "./chart-words.ts";
import styles from "./history.module.css";

const c = classNames(styles);

/** The points of a chart and its marks as a table, newest first. */
export function SeriesTable({ series, name }: { readonly series: HistorySeries; readonly name: string }) {
  const words = useWords();
  const { t, f } = words;
  const { unit } = series;
  const amount = (value: number | null): string =>
    value === null ? t("amount.unknown") : formatAmount(value, unit, f, t);
  const rows = [
    ...series.points.map((point) => ({ at: point.at, point, mark: null })),
    ...series.marks.map((mark) => ({ at: mark.at, point: null, mark })),
  ].sort((a, b) => b.at - a.at);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={c("tableBox")} tabIndex={0} aria-label={t("history.table-of", { name })}>
      <table className={c("table")}>
        <caption className="visually-hidden">{t("history.table-of", { name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("history.time")}</th>
            <th scope="col">{t("history.share-left")}</th>
            <th scope="col">{t("history.left")}</th>
            <th scope="col">{t("history.of-used")}</th>
            <th scope="col">{t("history.limit")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, point, mark }, index) =>
            point === null ? (
              <tr key={`${at}${mark.type}`} className={c("markRow")}>
                <th scope="row">{momentWords(at, f.language)}</th>
                <td colSpan={4}>{markWords(mark, series, words)}</td>
              </tr>
            ) : (
              // Two points may share a moment: one ends there, the other begins.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={`${at}-${index}`}>
                <th scope="row">{momentWords(at, f.language)}</th>
                <td>{point.percentLeft === null ? "–" : formatPercent(point.percentLeft, f)}</td>
                <td>{unit.kind === "percent" ? "–" : amount(point.remaining)}</td>
                <td>{unit.kind === "percent" ? "–" : amount(point.used)}</td>
                <td>{unit.kind === "percent" || point.limit === null ? "–" : amount(point.limit)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </section>
  );
}
