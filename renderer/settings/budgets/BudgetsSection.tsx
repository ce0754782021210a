import { useWords } from "../../words.tsx";
import { Section } from "../Section.tsx";

export function BudgetsSection() {
  const { t } = useWords();
  return <Section title={t("settings.budgets")} lead={t("budgets.lead")} />;
}
