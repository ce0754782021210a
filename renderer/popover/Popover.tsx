import { useEffect, useMemo, useRef } from "react";
import { type SameThing, sameThings } from "../../app/quota/same-thing.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { sortByUrgency, tightestMeter } from "../../app/quota/urgency.ts";
import { formatPercent } from "../../app/wording/formats.ts";
import { prepaidWords } from "../../app/wording/same-thing-words.ts";
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
  const same = useStableSameThings(sources);
  const prepaid = useMemo(() => prepaidWords(sources, f, t), [sources, f, t]);
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
        {sorted.length === 0 ? <EmptyState /> : <SourceList sources={sorted} same={same} />}
        {prepaid !== null && <p className={c("prepaid")}>{prepaid}</p>}
      </main>
    </div>
  );
}

/** Who is the same as whom, each entry the same object while it says the same: memoized cards compare by identity. */
function useStableSameThings(sources: readonly SourceState[]): ReadonlyMap<string, SameThing> {
  const last = useRef<ReadonlyMap<string, SameThing>>(new Map());
  return useMemo(() => {
    const next = new Map(
      [...sameThings(sources)].map(([id, same]) => {
        const before = last.current.get(id);
        const unchanged =
          before?.id === same.id &&
          before.label === same.label &&
          before.by === same.by &&
          before.counted === same.counted;
        return [id, unchanged ? before : same] as const;
      }),
    );
    last.current = next;
    return next;
  }, [sources]);
}
