import { Bell, BellOff, ChartLine, Pencil, Trash2 } from "lucide-react";
import { useId } from "react";
import { type Budget, budgetSourceId } from "../../../app/budgets/budget.ts";
import { noticeWords } from "../../../app/wording/notice-words.ts";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { MeterRow } from "../../ui/MeterRow.tsx";
import { useWords } from "../../words.tsx";
import { goTo } from "../route.ts";
import styles from "./budgets.module.css";
import { scopeWords } from "./scope-words.ts";

const c = classNames(styles);

interface BudgetRowProps {
  readonly budget: Budget;
  readonly readOnly: boolean;
  readonly onEdit: () => void;
}

/** One budget: what it counts, how it stands, and what can be done with it. */
export function BudgetRow({ budget, readOnly, onEdit }: BudgetRowProps) {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const nameId = useId();
  const configs = useApp((app) => app.configs);
  const state = useApp((app) => app.sources.find(({ id }) => id === budgetSourceId(budget.id)));
  const { id, label, muted, scope } = budget;
  const meters = state?.reading?.meters ?? [];
  return (
    <li className={c("row")} aria-labelledby={nameId}>
      <div className={c("head")}>
        <h2 id={nameId} className={c("name")}>
          {label}
          {muted && (
            <span className={c("muted")} title={t("source.muted")}>
              <BellOff size={13} aria-hidden="true" />
              <span className="visually-hidden">{t("source.muted")}</span>
            </span>
          )}
        </h2>
        <span className={c("scope")}>{scopeWords(scope, configs, t)}</span>
      </div>
      {meters.length === 0 ? (
        <p className={c("note")}>{t("budgets.counting")}</p>
      ) : (
        meters.map((meter) => (
          <MeterRow
            key={meter.id}
            meter={meter}
            line={state?.linePercent ?? 20}
            forecast={state?.forecasts?.[meter.id]}
            dim={state?.status.state !== "fresh"}
            own
          />
        ))
      )}
      {state?.reading?.notices.map((notice) => (
        <p key={notice.key} className={c("note")}>
          {noticeWords(notice, f, t)}
        </p>
      ))}
      <div className={c("actions")}>
        <Button variant="plain" small icon={Pencil} aria-describedby={nameId} disabled={readOnly} onClick={onEdit}>
          {t("budgets.edit")}
        </Button>
        <Button
          variant="plain"
          small
          icon={muted ? Bell : BellOff}
          aria-describedby={nameId}
          disabled={readOnly}
          onClick={() => void run("budgets.save", { ...budget, muted: !muted })}
        >
          {t(muted ? "budgets.unmute" : "budgets.mute")}
        </Button>
        <Button
          variant="plain"
          small
          icon={ChartLine}
          aria-describedby={nameId}
          onClick={() => goTo({ section: "history", form: null, of: budgetSourceId(id) })}
        >
          {t("budgets.history")}
        </Button>
        <Button
          variant="plain"
          small
          icon={Trash2}
          aria-describedby={nameId}
          disabled={readOnly}
          onClick={() => void run("budgets.remove", { id })}
        >
          {t("budgets.remove")}
        </Button>
      </div>
    </li>
  );
}
