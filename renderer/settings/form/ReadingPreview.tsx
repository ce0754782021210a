import type { Reading } from "../../../app/quota/reading.ts";
import { translateDynamic } from "../../../app/wording/translate.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { MeterRow } from "../../ui/MeterRow.tsx";
import { useWords } from "../../words.tsx";
import styles from "./probe-outcome.module.css";

const c = classNames(styles);

/** The quotas as the popover will show them. */
export function ReadingPreview({ reading }: { readonly reading: Reading }) {
  const { t } = useWords();
  const line = useApp((app) => Math.max(...app.preferences.thresholds));
  return (
    <div className={c("reading")}>
      <p className={c("works")}>
        {t("form.works", { count: reading.meters.length })}
        {reading.account !== null && <span className={c("account")}>{reading.account}</span>}
      </p>
      {reading.meters.map((meter) => (
        <MeterRow key={meter.id} meter={meter} line={line} />
      ))}
      {reading.notices.map((notice) => (
        <p key={notice.key} className={c("note")}>
          {translateDynamic(t, notice.key, notice.params)}
        </p>
      ))}
    </div>
  );
}
