import { BellRing } from "lucide-react";
import { formatClock } from "../../../app/wording/formats.ts";
import { labelWords } from "../../../app/wording/meter-words.ts";
import { useApp, useAppStore, useNow } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { Panel } from "../Section.tsx";
import styles from "./alerts-section.module.css";

const c = classNames(styles);

/** What is snoozed, and until when; nothing where nothing is. */
export function SnoozesPanel() {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const now = useNow();
  const sources = useApp((app) => app.sources);
  const snoozes = useApp((app) => app.snoozes).filter(({ until }) => until > now);
  if (snoozes.length === 0) return null;

  function nameOf(sourceId: string | null, meterId: string | null): string {
    if (sourceId === null) return t("snooze.everything");
    const source = sources.find(({ id }) => id === sourceId);
    const meter = source?.reading?.meters.find(({ id }) => id === meterId);
    return [source?.label ?? t("snooze.gone"), ...(meter === undefined ? [] : [labelWords(meter.label, t)])].join(
      " · ",
    );
  }

  return (
    <Panel title={t("snooze.title")}>
      <ul className={c("snoozes")}>
        {snoozes.map(({ sourceId, meterId, until }) => {
          const name = nameOf(sourceId, meterId);
          return (
            <li key={`${sourceId}|${meterId}`} className={c("snooze")}>
              <span className={c("snoozeName")}>{name}</span>
              <span className={c("snoozeUntil")}>{t("snooze.until", { time: formatClock(until, now, f) })}</span>
              <Button
                small
                variant="plain"
                icon={BellRing}
                aria-label={t("snooze.end-of", { name })}
                onClick={() => void run("alerts.unsnooze", { sourceId, meterId })}
              >
                {t("snooze.end")}
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
