import { isBudget } from "../../app/budgets/budget.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { formatClock, formatCountdown } from "../../app/wording/formats.ts";
import { statusWords } from "../../app/wording/status-words.ts";
import { useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { SettingsLink } from "../ui/SettingsLink.tsx";
import { useWords } from "../words.tsx";
import styles from "./source-trouble.module.css";

const c = classNames(styles);

/** Why there are no current figures, what to do about it, and when Plimsoll tries again. Nothing when all is well. */
export function SourceTrouble({ source }: { readonly source: SourceState }) {
  const { t, f } = useWords();
  const now = useNow();
  const { status, nextDueAt } = source;
  const words = statusWords(source, now, f, t);
  if (status.state === "loading" || status.state === "fresh") return null;
  if (words.title === null) {
    // Paused: nothing went wrong, so one quiet line is enough. A reset that is awaited is told by its meter.
    return status.state === "paused" ? <p className={c("quiet")}>{t("source.paused")}</p> : null;
  }
  return (
    <div className={c("trouble", status.state === "failed" ? "danger" : "warn")}>
      <p className={c("title")}>{words.title}</p>
      {words.detail !== null && <p className={c("detail")}>{words.detail}</p>}
      <p>
        {words.next} {nextDueAt !== null && <span className={c("when")}>{nextTry(nextDueAt)}</span>}
      </p>
      {!source.demo && !isBudget(source) && mendedInSettings() && (
        <div className={c("actions")}>
          <SettingsLink small place={{ type: "source", sourceId: source.id }}>
            {t("source.edit")}
          </SettingsLink>
        </div>
      )}
    </div>
  );

  function nextTry(at: number): string {
    if (source.polling || at <= now) return t("source.trying-now");
    return t("source.next-try", { countdown: formatCountdown(at - now, f), time: formatClock(at, now, f) });
  }

  function mendedInSettings(): boolean {
    if (status.state === "needs-key") return status.reason !== "env-not-set" && status.reason !== "keyring-unavailable";
    if (status.state !== "failed" && status.state !== "stale") return false;
    switch (status.failure.cause) {
      case "key-refused":
      case "key-lacks-permission":
      case "not-found":
      case "unexpected-shape":
      case "redirected-elsewhere":
      case "invalid-options":
      case "invalid-address":
      case "answer-too-large":
        return true;
      case "quota-used-up":
      case "rate-limited":
      case "challenge-page":
      case "tls-untrusted":
      case "timed-out":
      case "unreachable":
      case "server-error":
      case "unknown-kind":
      case "internal":
        return false;
    }
  }
}
