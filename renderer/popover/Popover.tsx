import { useEffect, useMemo } from "react";
import { sortByUrgency, tightestMeter } from "../../app/quota/urgency.ts";
import { formatPercent } from "../../app/wording/formats.ts";
import { useApp, useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { PopoverBanners } from "./PopoverBanners.tsx";
import { PopoverHeader } from "./PopoverHeader.tsx";
import styles from "./popover.module.css";
import { SourceList } from "./SourceList.tsx";

const c = classNames(styles);

/** Everything that is polled, what needs the eye first. */
export function Popover() {
  const sources = useApp((app) => app.sources);
  const { t, f } = useWords();
  const now = useNow();
  const sorted = useMemo(() => sortByUrgency(sources, now), [sources, now]);
  const tightest = Math.min(...sorted.map((source) => tightestMeter(source, now)?.percent ?? Number.POSITIVE_INFINITY));
  const title = Number.isFinite(tightest)
    ? t("popover.title-left", { percent: formatPercent(Math.max(0, tightest), f) })
    : t("tray.name");

  // In a browser the tab tells the one figure that matters.
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className={c("column")}>
      <PopoverHeader sources={sorted} />
      <main className={c("content")}>
        <PopoverBanners />
        {sorted.length === 0 ? <EmptyState /> : <SourceList sources={sorted} />}
      </main>
    </div>
  );
}
