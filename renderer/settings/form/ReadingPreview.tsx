import type { ReactNode } from "react";
import type { Reading } from "../../../app/quota/reading.ts";
import { type SameThing, sameThings } from "../../../app/quota/same-thing.ts";
import { distinctLabels } from "../../../app/wording/distinct-labels.ts";
import { noticeWords } from "../../../app/wording/notice-words.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { MeterRow } from "../../ui/MeterRow.tsx";
import { useWords } from "../../words.tsx";
import styles from "./reading-preview.module.css";

const c = classNames(styles);

interface ReadingPreviewProps {
  readonly reading: Reading;
  readonly kind: string;
  /** The source that is being edited; null for a new one. */
  readonly sourceId: string | null;
  /** Stands before the words that it works. */
  readonly sign?: ReactNode;
}

/** The quotas as the popover will show them, and whether they are there already. */
export function ReadingPreview({ reading, kind, sourceId, sign }: ReadingPreviewProps) {
  const { t, f } = useWords();
  const line = useApp((app) => Math.max(...app.preferences.thresholds));
  const sources = useApp((app) => app.sources);
  const same = sameAsAnother();
  const labels = distinctLabels(reading.meters, t);
  return (
    <div className={c("reading")}>
      <p className={c("works")}>
        {sign}
        {t("form.works", { count: reading.meters.length })}
        {reading.account !== null && <span className={c("account")}>{reading.account}</span>}
      </p>
      {same !== undefined && (
        <p className={c("same")}>
          {t(same.by === "key" ? "form.same-key" : "form.same-account", { label: same.label })}
        </p>
      )}
      {reading.meters.map((meter) => (
        <MeterRow key={meter.id} meter={meter} label={labels.get(meter.id)} line={line} />
      ))}
      {reading.notices.map((notice) => (
        <p key={JSON.stringify(notice)} className={c("note")}>
          {noticeWords(notice, f, t)}
        </p>
      ))}
    </div>
  );

  function sameAsAnother(): SameThing | undefined {
    const others = sources.filter(({ id, demo }) => id !== sourceId && !demo);
    const previewed = "previewed";
    return sameThings([...others, { id: previewed, kind, label: "", reading }]).get(previewed);
  }
}
