import { BellOff, RefreshCw } from "lucide-react";
import { memo, useId, useState } from "react";
import { isBudget } from "../../app/budgets/budget.ts";
import type { SameThing } from "../../app/quota/same-thing.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { noticeWords } from "../../app/wording/notice-words.ts";
import { sameThingWords } from "../../app/wording/same-thing-words.ts";
import { useAppStore } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { IconButton } from "../ui/Button.tsx";
import { StatusSign } from "../ui/StatusSign.tsx";
import { useWords } from "../words.tsx";
import { MeterList } from "./MeterList.tsx";
import { FreshnessToggle, SourceDetails } from "./SourceDetails.tsx";
import { SourceTrouble } from "./SourceTrouble.tsx";
import styles from "./source-card.module.css";

const c = classNames(styles);

interface SourceCardProps {
  readonly source: SourceState;
  /** The source before it that reads the same thing. */
  readonly same: SameThing | undefined;
}

/** One source: who it is, how it stands, its meters, and what lies behind them. Memoized: most cards do not change. */
export const SourceCard = memo(function SourceCard({ source, same }: SourceCardProps) {
  const { t, f } = useWords();
  const { refresh } = useAppStore();
  const nameId = useId();
  const detailsId = useId();
  const [open, setOpen] = useState(false);
  const { reading } = source;
  const kind = source.kindName ?? source.kind;
  // A source that is called as its kind is says it once.
  const who = [kind === source.label ? null : kind, reading?.account ?? null]
    .filter((part) => part !== null)
    .join(" · ");
  return (
    <li className={c("card")} data-source={source.id} tabIndex={-1} aria-labelledby={nameId}>
      <div className={c("head")}>
        <h2 id={nameId} className={c("name")} title={source.label}>
          {source.label}
        </h2>
        <StatusSign source={source} />
        {/* A budget is not read: it counts what its gateways tell. */}
        {!isBudget(source) && (
          <IconButton
            small
            icon={RefreshCw}
            label={t(source.polling ? "source.refreshing" : "source.refresh", { label: source.label })}
            spinning={source.polling}
            onClick={() => void refresh(source.id)}
          />
        )}
        <div className={c("sub")}>
          <p className={c("who")} title={who}>
            {source.demo && <span className={c("tag")}>{t("alert.demo")}</span>}
            {who}
            {source.muted && (
              <span className={c("muted")} title={t("source.muted")}>
                <BellOff size={12} aria-hidden="true" />
                <span className="visually-hidden">{t("source.muted")}</span>
              </span>
            )}
          </p>
          <FreshnessToggle source={source} open={open} controls={detailsId} onToggle={() => setOpen(!open)} />
        </div>
      </div>
      {open && <SourceDetails source={source} id={detailsId} />}
      <SourceTrouble source={source} />
      {same !== undefined && <p className={c("same")}>{sameThingWords(same, t)}</p>}
      {reading !== null && <MeterList source={source} meters={reading.meters} />}
      {reading !== null && reading.notices.length > 0 && (
        <ul className={c("notices")}>
          {reading.notices.map((notice) => (
            <li key={JSON.stringify(notice)}>{noticeWords(notice, f, t)}</li>
          ))}
        </ul>
      )}
    </li>
  );
});
