import { TriangleAlert } from "lucide-react";
import { translateDynamic } from "../../../../app/wording/translate.ts";
import { useApp } from "../../../store/context.tsx";
import { classNames } from "../../../theme/class-names.ts";
import { MeterRow } from "../../../ui/MeterRow.tsx";
import { useWords } from "../../../words.tsx";
import styles from "./meter-cards.module.css";
import type { Preview } from "./preview.ts";

const c = classNames(styles);

interface PreviewRowsProps {
  readonly preview: Preview;
  /** How many rows of one meter are drawn. */
  readonly most: number;
}

/** A meter as the popover will show it, on the figures of the sample; or why it cannot be read from it. */
export function PreviewRows({ preview, most }: PreviewRowsProps) {
  const { t } = useWords();
  const line = useApp((app) => Math.max(...app.preferences.thresholds));
  if (!preview.ok) {
    return (
      <p className={c("problem")}>
        <TriangleAlert size={14} strokeWidth={2.2} aria-hidden="true" />
        <span>{preview.problem}</span>
      </p>
    );
  }
  const hidden = preview.meters.length - most;
  return (
    <div className={c("rows")}>
      {preview.meters.slice(0, most).map((meter) => (
        <MeterRow key={meter.id} meter={meter} line={line} />
      ))}
      {hidden > 0 && <p className={c("hint")}>{t("mapping.more-rows", { count: hidden })}</p>}
      {preview.notices.map((notice) => (
        <p key={notice.key} className={c("notice")}>
          <TriangleAlert size={14} strokeWidth={2.2} aria-hidden="true" />
          <span>{translateDynamic(t, notice.key, notice.params)}</span>
        </p>
      ))}
    </div>
  );
}
