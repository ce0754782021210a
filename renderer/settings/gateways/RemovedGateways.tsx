import { Undo2 } from "lucide-react";
import { formatClock } from "../../../app/wording/formats.ts";
import { useApp, useAppStore, useNow } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { Panel } from "../Section.tsx";
import styles from "./gateways.module.css";

const c = classNames(styles);

/** What was removed and can still be brought back, with its key. */
export function RemovedGateways() {
  const { t, f } = useWords();
  const { run, showToast } = useAppStore();
  const now = useNow();
  const removed = useApp((app) => app.removed);
  if (removed.length === 0) return null;

  async function restore(id: string, label: string): Promise<void> {
    const result = await run("sources.restore", { id });
    if (result.ok) showToast({ type: "restored", label });
  }

  return (
    <Panel title={t("gateways.removed")} hint={t("gateways.removed-hint")}>
      <ul className={c("removed")}>
        {removed.map(({ id, label, undoUntil }) => (
          <li key={id} className={c("gone")}>
            <span className={c("goneName")}>{label}</span>
            <span className={c("facts")}>{t("gateways.removed-until", { time: formatClock(undoUntil, now, f) })}</span>
            <Button small icon={Undo2} onClick={() => void restore(id, label)}>
              {t("gateways.restore", { label })}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
