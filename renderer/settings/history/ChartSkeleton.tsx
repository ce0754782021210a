import { classNames } from "../../theme/class-names.ts";
import { useWords } from "../../words.tsx";
import styles from "./history.module.css";

const c = classNames(styles);

/** Stands where charts will, so that nothing jumps when they come. */
export function ChartSkeleton() {
  const { t } = useWords();
  return (
    <div className={c("skeleton")} role="status">
      <span className="visually-hidden">{t("history.loading")}</span>
    </div>
  );
}
