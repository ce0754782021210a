import { lazy, Suspense } from "react";
import { useWords } from "../../words.tsx";
import { Section } from "../Section.tsx";
import { ChartSkeleton } from "./ChartSkeleton.tsx";

const HistoryPage = lazy(async () => ({ default: (await import("./HistoryPage.tsx")).HistoryPage }));

/** What was left over time. Its charts are loaded when somebody comes to look. */
export function HistorySection() {
  const { t } = useWords();
  return (
    <Section title={t("settings.history")} lead={t("history.lead")}>
      <Suspense fallback={<ChartSkeleton />}>
        <HistoryPage />
      </Suspense>
    </Section>
  );
}
