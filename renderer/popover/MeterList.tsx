import { useState } from "react";
import { isBudget } from "../../app/budgets/budget.ts";
import type { Meter } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { distinctLabels } from "../../app/wording/distinct-labels.ts";
import { classNames } from "../theme/class-names.ts";
import { Button } from "../ui/Button.tsx";
import { MeterRow } from "../ui/MeterRow.tsx";
import { useWords } from "../words.tsx";
import styles from "./source-card.module.css";

const c = classNames(styles);

/** More meters than this are put behind a button. */
const SHOWN_AT_FIRST = 4;

interface MeterListProps {
  readonly source: SourceState;
  readonly meters: readonly Meter[];
}

export function MeterList({ source, meters }: MeterListProps) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  // One meter more than fits is shown rather than hidden behind a button of the same height.
  const fits = meters.length <= SHOWN_AT_FIRST + 1;
  const shown = all || fits ? meters : meters.slice(0, SHOWN_AT_FIRST);
  const labels = distinctLabels(meters, t);
  const { state } = source.status;
  const dim = state === "stale" || state === "needs-key" || state === "paused";
  if (meters.length === 0) return <p className={c("nothing")}>{t("source.no-meters")}</p>;
  return (
    <>
      <ul className={c("meters")} aria-label={t("source.meters", { label: source.label })}>
        {shown.map((meter) => (
          <li key={meter.id}>
            <MeterRow
              meter={meter}
              label={labels.get(meter.id)}
              line={source.linePercent}
              forecast={source.forecasts?.[meter.id]}
              trend={source.trends?.[meter.id]}
              dim={dim}
              own={isBudget(source)}
            />
          </li>
        ))}
      </ul>
      {!fits && (
        <Button variant="plain" small aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("source.fewer-meters") : t("source.more-meters", { count: meters.length - shown.length })}
        </Button>
      )}
    </>
  );
}
