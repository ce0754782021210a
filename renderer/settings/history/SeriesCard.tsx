import { Table2 } from "lucide-react";
import { memo, useId, useState } from "react";
import type { HistoryRange, HistorySeries } from "../../../app/history/series.ts";
import { labelWords } from "../../../app/wording/meter-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { Chart } from "./Chart.tsx";
import styles from "./history.module.css";
import { SeriesTable } from "./SeriesTable.tsx";

const c = classNames(styles);

interface SeriesCardProps {
  readonly series: HistorySeries;
  readonly range: HistoryRange;
  readonly from: number;
  readonly to: number;
  readonly line: number | null;
}

/** One meter: its name, its chart, and the same as a table. */
export const SeriesCard = memo(function SeriesCard({ series, range, from, to, line }: SeriesCardProps) {
  const { t } = useWords();
  const [asTable, setAsTable] = useState(false);
  const tableId = useId();
  const meter = labelWords(series.label, t);
  const name = `${series.sourceLabel}, ${meter}`;
  return (
    <li className={c("card")} data-series={`${series.sourceId}|${series.meterId}`}>
      <div className={c("head")}>
        <h2 className={c("name")}>
          {series.sourceLabel} <span className={c("meter")}>{meter}</span>
        </h2>
        <Button
          small
          variant="plain"
          icon={Table2}
          aria-expanded={asTable}
          aria-controls={tableId}
          aria-label={t("history.table-of", { name })}
          onClick={() => setAsTable(!asTable)}
        >
          {t("history.table")}
        </Button>
      </div>
      <Chart series={series} range={range} from={from} to={to} name={name} line={line} />
      <div id={tableId}>{asTable && <SeriesTable series={series} name={name} />}</div>
    </li>
  );
});
