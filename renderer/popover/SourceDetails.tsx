import { ChevronRight } from "lucide-react";
import { isBudget } from "../../app/budgets/budget.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { formatClock, formatCountdown } from "../../app/wording/formats.ts";
import { useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { SettingsLink } from "../ui/SettingsLink.tsx";
import { Trace } from "../ui/Trace.tsx";
import { useWords } from "../words.tsx";
import { ForecastFacts } from "./ForecastFacts.tsx";
import { ago } from "./freshness.ts";
import { SourceAlerts } from "./SourceAlerts.tsx";
import styles from "./source-details.module.css";

const c = classNames(styles);

interface FreshnessToggleProps {
  readonly source: SourceState;
  readonly open: boolean;
  readonly controls: string;
  readonly onToggle: () => void;
}

/** How fresh the figures are; pressed, it shows where they come from. */
export function FreshnessToggle({ source, open, controls, onToggle }: FreshnessToggleProps) {
  const { t, f } = useWords();
  const now = useNow();
  const { fetchedAt } = source;
  const current = source.status.state === "fresh" || source.status.state === "loading";
  const freshness =
    fetchedAt === null
      ? t("source.never-read")
      : t(current ? "source.updated" : "source.figures-from", { ago: ago(fetchedAt, now, f, t) });
  return (
    <button type="button" className={c("toggle")} aria-expanded={open} aria-controls={controls} onClick={onToggle}>
      <span>{freshness}</span>
      <span className="visually-hidden">{t("source.details", { label: source.label })}</span>
      <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
    </button>
  );
}

/** Where the figures come from: address, times, the requests of the last poll. */
export function SourceDetails({ source, id }: { readonly source: SourceState; readonly id: string }) {
  const { t, f } = useWords();
  const now = useNow();
  const { fetchedAt, nextDueAt, dueReason } = source;
  return (
    <div className={c("body")} id={id}>
      <dl className={c("facts")}>
        {!isBudget(source) && (
          <>
            <dt>{t("source.address")}</dt>
            <dd className={c("address")}>{source.baseUrl}</dd>
            {source.servedBy !== undefined && (
              <>
                <dt>{t("source.served-by")}</dt>
                <dd className={c("address")}>{source.servedBy}</dd>
              </>
            )}
          </>
        )}
        {fetchedAt !== null && (
          <>
            <dt>{t("source.read-at")}</dt>
            <dd>{formatClock(fetchedAt, now, f)}</dd>
          </>
        )}
        {nextDueAt !== null && (
          <>
            <dt>{t("source.next-reading")}</dt>
            <dd>{next(nextDueAt)}</dd>
          </>
        )}
        <ForecastFacts source={source} />
      </dl>
      {!isBudget(source) && <Trace steps={source.trace} />}
      {!source.demo && (
        <>
          <SourceAlerts source={source} />
          <div className={c("links")}>
            <SettingsLink small place={{ type: "history", sourceId: source.id }}>
              {t("source.history")}
            </SettingsLink>
            <SettingsLink
              small
              place={isBudget(source) ? { type: "budgets" } : { type: "source", sourceId: source.id }}
            >
              {t(isBudget(source) ? "budgets.edit-here" : "source.edit")}
            </SettingsLink>
          </div>
        </>
      )}
    </div>
  );

  function next(at: number): string {
    const when =
      at <= now
        ? t("time.now")
        : t("time.in-at", { countdown: formatCountdown(at - now, f), time: formatClock(at, now, f) });
    return dueReason === null ? when : `${when} (${t(`due.${dueReason}`)})`;
  }
}
