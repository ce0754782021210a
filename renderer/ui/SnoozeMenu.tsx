import { BellRing, Clock } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { formatClock } from "../../app/wording/formats.ts";
import { useApp, useAppStore, useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { Button } from "./Button.tsx";
import styles from "./snooze-menu.module.css";

const c = classNames(styles);

interface SnoozeMenuProps {
  readonly sourceId: string;
  /** Null: all that its source warns of. */
  readonly meterId: string | null;
  /** What it is about, for the screen reader. */
  readonly title: string;
  /** Whether there is a reset to wait for. */
  readonly resets: boolean;
  /** What is done when a snooze has begun. */
  readonly onSnoozed?: () => void;
}

/** Holds alerts back for a while: a button that opens three choices beside it, or ends the snooze that there is. */
export function SnoozeMenu({ sourceId, meterId, title, resets, onSnoozed }: SnoozeMenuProps) {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const now = useNow();
  const choicesId = useId();
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const snoozed = useApp((app) =>
    app.snoozes.find((snooze) => snooze.sourceId === sourceId && snooze.meterId === meterId),
  );

  async function snooze(until: "hour" | "reset" | "tomorrow"): Promise<void> {
    setOpen(false);
    toggle.current?.focus();
    const result = await run("alerts.snooze", { sourceId, meterId, until });
    if (result.ok) onSnoozed?.();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !open) return;
    // The popover itself closes with Escape, too.
    event.stopPropagation();
    setOpen(false);
    toggle.current?.focus();
  }

  const isSnoozed = snoozed !== undefined && snoozed.until > now;
  return (
    <>
      {/* One button for both, so that the focus stays on it while one becomes the other. */}
      <Button
        small
        variant="plain"
        ref={toggle}
        onKeyDown={onKeyDown}
        {...(isSnoozed
          ? {
              icon: BellRing,
              "aria-label": t("snooze.end-of", { name: title }),
              onClick: () => void run("alerts.unsnooze", { sourceId, meterId }),
            }
          : {
              icon: Clock,
              "aria-expanded": open,
              "aria-controls": choicesId,
              "aria-label": t("snooze.menu-of", { title }),
              onClick: () => setOpen(!open),
            })}
      >
        {isSnoozed ? t("snooze.until-end", { time: formatClock(snoozed.until, now, f) }) : t("snooze.menu")}
      </Button>
      {open && !isSnoozed && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
        <div
          id={choicesId}
          className={c("choices")}
          role="group"
          aria-label={t("snooze.menu-of", { title })}
          onKeyDown={onKeyDown}
        >
          <Button small onClick={() => void snooze("hour")}>
            {t("snooze.hour")}
          </Button>
          {resets && (
            <Button small onClick={() => void snooze("reset")}>
              {t("snooze.reset")}
            </Button>
          )}
          <Button small onClick={() => void snooze("tomorrow")}>
            {t("snooze.tomorrow")}
          </Button>
        </div>
      )}
    </>
  );
}
