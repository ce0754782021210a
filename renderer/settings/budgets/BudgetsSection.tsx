import { PiggyBank, Plus } from "lucide-react";
import { useState } from "react";
import type { Budget } from "../../../app/budgets/budget.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { Section } from "../Section.tsx";
import { BudgetForm } from "./BudgetForm.tsx";
import { BudgetRow } from "./BudgetRow.tsx";
import styles from "./budgets.module.css";

const c = classNames(styles);

/** The user's own limits, and the form for one. */
export function BudgetsSection() {
  const { t } = useWords();
  const budgets = useApp((app) => app.budgets);
  const readOnly = useApp((app) => app.settingsReadOnly);
  const [edited, setEdited] = useState<Budget | "new" | null>(null);
  const add = (
    <Button variant="primary" icon={Plus} disabled={readOnly} onClick={() => setEdited("new")}>
      {t("budgets.add")}
    </Button>
  );
  return (
    <Section title={t("settings.budgets")} lead={t("budgets.lead")} action={budgets.length > 0 && add}>
      {budgets.length === 0 ? (
        <div className={c("empty")}>
          <PiggyBank size={30} strokeWidth={1.6} aria-hidden="true" />
          <h2>{t("budgets.empty")}</h2>
          <p>{t("budgets.empty-next")}</p>
          {add}
        </div>
      ) : (
        <ul className={c("list")} aria-label={t("budgets.list")}>
          {budgets.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} readOnly={readOnly} onEdit={() => setEdited(budget)} />
          ))}
        </ul>
      )}
      {edited !== null && <BudgetForm budget={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}
