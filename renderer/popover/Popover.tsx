import { useMemo } from "react";
import { sortByUrgency } from "../../app/quota/urgency.ts";
import { useApp, useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { EmptyState } from "./EmptyState.tsx";
import { PopoverBanners } from "./PopoverBanners.tsx";
import { PopoverHeader } from "./PopoverHeader.tsx";
import styles from "./popover.module.css";
import { SourceList } from "./SourceList.tsx";

const c = classNames(styles);

/** Everything that is polled, what needs the eye first. */
export function Popover() {
  const sources = useApp((app) => app.sources);
  const now = useNow();
  const sorted = useMemo(() => sortByUrgency(sources, now), [sources, now]);
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
