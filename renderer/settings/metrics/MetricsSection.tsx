import { useWords } from "../../words.tsx";
import { Section } from "../Section.tsx";

export function MetricsSection() {
  const { t } = useWords();
  return <Section title={t("settings.metrics")} lead={t("metrics.lead")} />;
}
