import { useWords } from "../../words.tsx";
import { Section } from "../Section.tsx";

export function HistorySection() {
  const { t } = useWords();
  return <Section title={t("settings.history")} lead={t("history.lead")} />;
}
