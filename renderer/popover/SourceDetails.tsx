import { ChevronRight } from "lucide-react";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { formatClock, formatCountdown } from "../../app/wording/formats.ts";
import { useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { SettingsLink } from "../ui/SettingsLink.tsx";
import { Trace } from "../ui/Trace.tsx";
import { useWords } from "../words.tsx";
import { ago } from "./freshness.ts";
import styles from "./source-details.module.css";

const c = classNames(styles);

/** How fresh the figures are, and behind it where they come from: address, times, the requests of the last poll. */
export function SourceDetails({ source }: { readonly source: SourceState }) {
  const { t, f } = useWords();
  const now = useNow();
  const { fetchedAt, nextDueAt, dueReason } = source;
  const current = source.status.state === "fresh" || source.status.state === "loading";
  const freshness =
    fetchedAt === null
      ? t("source.never-read")
      : t(current ? "source.updated" : "source.figures-from", { ago: ago(fetchedAt, now, f, t) });
  return (
    <details className={c("details")}>
      <summary className={c("summary")}>
        <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
        <span>{freshness}</span>
        <span className="visually-hidden">{t("source.details", { label: source.label })}</span>
      </summary>
      <div className={c("body")}>
        <dl className={c("facts")}>
          <dt>{t("source.address")}</dt>
          <dd className={c("address")}>{source.baseUrl}</dd>
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
        </dl>
        <Trace steps={source.trace} />
        {!source.demo && (
          <div>
            <SettingsLink small sourceId={source.id}>
              {t("source.edit")}
            </SettingsLink>
          </div>
        )}
      </div>
    </details>
  );

  function next(at: number): string {
    const when =
      at <= now
        ? t("time.now")
        : t("time.in-at", { countdown: formatCountdown(at - now, f), time: formatClock(at, now, f) });
    return dueReason === null ? when : `${when} (${t(`due.${dueReason}`)})`;
  }
}
