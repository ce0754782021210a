import { BellOff, BellRing } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { AlertLogEntry } from "../../../app/alerts/alert-log.ts";
import { alertWords } from "../../../app/wording/alert-words.ts";
import { formatClock } from "../../../app/wording/formats.ts";
import { labelWords } from "../../../app/wording/meter-words.ts";
import { useApp, useAppStore, useNow } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { Panel } from "../Section.tsx";
import styles from "./alert-log.module.css";

const c = classNames(styles);

const PAGE = 20;
/** As many as the host hands over. */
const MOST_AT_ONCE = 200;

/** What fired, where it was shown, and what was held back and why. */
export function AlertLog() {
  const { t } = useWords();
  const { bridge, run } = useAppStore();
  const [entries, setEntries] = useState<readonly AlertLogEntry[] | null>(null);
  const [complete, setComplete] = useState(true);
  const shown = useRef(0);

  /** Reads the newest entries, as many as are shown, or (`before`) those that follow. */
  const load = useCallback(
    async (before: number | null): Promise<void> => {
      const limit = before === null ? Math.min(MOST_AT_ONCE, Math.max(PAGE, shown.current)) : PAGE;
      const result = await run("alerts.log", { before, limit });
      if (!result.ok) return;
      setEntries((known) => {
        const next = before === null ? result.value.entries : [...(known ?? []), ...result.value.entries];
        shown.current = next.length;
        return next;
      });
      setComplete(result.value.complete);
    },
    [run],
  );

  useEffect(() => {
    void load(null);
    return bridge.on("alerts.logged", () => void load(null));
  }, [bridge, load]);

  const last = entries?.at(-1);
  return (
    <Panel title={t("log.title")} hint={t("log.hint")}>
      {entries !== null && entries.length === 0 && <p className={c("none")}>{t("log.none")}</p>}
      {entries !== null && entries.length > 0 && (
        <ol className={c("entries")} aria-label={t("log.title")}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {!complete && last !== undefined && (
        <div>
          <Button small onClick={() => void load(last.at)}>
            {t("log.more")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Entry({ entry }: { readonly entry: AlertLogEntry }) {
  const { t, f } = useWords();
  const now = useNow();
  const { alert, at, outcome } = entry;
  const sinks = useApp((app) => app.sinks);
  const { title } = alertWords(alert, alert.firedAt, f, t);
  const meter = alert.meterLabel === null ? null : labelWords(alert.meterLabel, t);
  const told = outcome.type === "told";
  const Icon = told ? BellRing : BellOff;
  return (
    <li className={c("entry")} data-outcome={outcome.type}>
      <Icon className={c("sign")} size={15} strokeWidth={2} aria-hidden="true" />
      <div className={c("words")}>
        <p className={c("what")}>
          {title}
          {meter !== null && <span className={c("meter")}> · {meter}</span>}
        </p>
        <p className={c("outcome")}>
          {told ? places() : t("log.held-back", { reason: t(`heldBack.${outcome.reason}`) })}
        </p>
      </div>
      <time className={c("at")} dateTime={new Date(at).toISOString()}>
        {formatClock(at, now, f)}
      </time>
    </li>
  );

  function places(): string {
    if (outcome.type !== "told") return "";
    if (outcome.sinks.length === 0) return t("log.told-here");
    return outcome.sinks
      .map(({ sink, ok, detail }) => {
        const name = placeName(sink);
        if (ok) return t("log.told", { name });
        return detail === null ? t("log.not-told", { name }) : t("log.not-told-because", { name, detail });
      })
      .join(" · ");
  }

  function placeName(sink: string): string {
    if (sink === "native" || sink === "browser" || sink === "terminal") return t(`log.place.${sink}`);
    return sinks.find(({ id }) => id === sink)?.label ?? t("log.place.gone");
  }
}
