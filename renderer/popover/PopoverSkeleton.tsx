import { classNames } from "../theme/class-names.ts";
import { Mark } from "../ui/Mark.tsx";
import { useWords } from "../words.tsx";
import popoverStyles from "./popover.module.css";
import headerStyles from "./popover-header.module.css";
import styles from "./popover-skeleton.module.css";

const c = classNames({ ...popoverStyles, ...headerStyles, ...styles });

/** The popover's shape while the host has not answered yet. It does not move: it is there for a moment only. */
export function PopoverSkeleton() {
  const { t } = useWords();
  return (
    <div className={c("column")} aria-busy="true">
      <header className={c("header")}>
        <Mark size={30} />
        <div className={c("words")}>
          <h1 className={c("name")}>{t("tray.name")}</h1>
          <p className={c("overview")}>{t("connection.connecting")}</p>
        </div>
      </header>
      <main className={c("content")}>
        {[1, 2, 3].map((card) => (
          <div key={card} className={c("ghost")} aria-hidden="true">
            <span className={c("bone", "short")} />
            <span className={c("bone")} />
            <span className={c("bone", "thin")} />
          </div>
        ))}
      </main>
    </div>
  );
}
