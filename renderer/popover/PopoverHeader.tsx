import { RefreshCw, Settings } from "lucide-react";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { tightestMeter } from "../../app/quota/urgency.ts";
import { useAppStore, useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { IconButton } from "../ui/Button.tsx";
import { Mark } from "../ui/Mark.tsx";
import { SettingsIcon } from "../ui/SettingsLink.tsx";
import { useWords } from "../words.tsx";
import { ago, overviewOf } from "./freshness.ts";
import styles from "./popover-header.module.css";

const c = classNames(styles);

/** The mark, what the whole comes to, and the two things to do. `sources` is in order of urgency. */
export function PopoverHeader({ sources }: { readonly sources: readonly SourceState[] }) {
  const { t, f } = useWords();
  const { refresh } = useAppStore();
  const now = useNow();
  const overview = overviewOf(sources, now);
  const { polling } = overview;
  const levels = sources
    .map((source) => tightestMeter(source, now)?.percent)
    .filter((percent) => percent !== undefined);
  return (
    <header className={c("header")}>
      <Mark size={30} level={levels.length === 0 ? null : Math.min(...levels)} />
      <div className={c("words")}>
        <h1 className={c("name")}>{t("tray.name")}</h1>
        {sources.length > 0 && <p className={c("overview")}>{inWords()}</p>}
      </div>
      <IconButton
        icon={RefreshCw}
        label={polling ? t("action.refreshing") : t("action.refresh-all")}
        spinning={polling}
        disabled={sources.length === 0}
        onClick={() => void refresh(null)}
      />
      <SettingsIcon icon={Settings} label={t("action.settings")} />
    </header>
  );

  function inWords(): string {
    const verdict =
      overview.attention > 0
        ? t("overview.attention", { count: overview.attention })
        : overview.measured
          ? t("overview.fine")
          : null;
    const age = overview.oldest === null ? null : t("overview.updated", { ago: ago(overview.oldest, now, f, t) });
    return [verdict, age].filter((part) => part !== null).join(" · ");
  }
}
