import { useEffect } from "react";
import { usePage } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { AboutSection } from "./AboutSection.tsx";
import { AppearanceSection } from "./AppearanceSection.tsx";
import { AlertsSection } from "./alerts/AlertsSection.tsx";
import { BudgetsSection } from "./budgets/BudgetsSection.tsx";
import { GatewayForm } from "./form/GatewayForm.tsx";
import { FoundSection } from "./found/FoundSection.tsx";
import { GatewaysSection } from "./gateways/GatewaysSection.tsx";
import { HistorySection } from "./history/HistorySection.tsx";
import { MetricsSection } from "./metrics/MetricsSection.tsx";
import { PollingSection } from "./PollingSection.tsx";
import { goTo, type Section, useRoute } from "./route.ts";
import { SettingsNav } from "./SettingsNav.tsx";
import styles from "./settings.module.css";

const c = classNames(styles);

/** The settings window: sections at the side, one at a time, and the form for a gateway over them. */
export function Settings() {
  const { t } = useWords();
  const { section, form } = useRoute();
  const shown = usePage((state) => state.shown);

  useEffect(() => {
    document.title = t("settings.page-title", { section: t(`settings.${section}`) });
  }, [t, section]);

  useEffect(() => {
    if (shown !== null) goTo({ section: "gateways", form: { type: "edit", sourceId: shown.sourceId } });
  }, [shown]);

  return (
    <div className={c("window")}>
      <SettingsNav current={section} />
      <main className={c("content")}>{content(section)}</main>
      {form !== null && (
        <GatewayForm
          key={form.type === "add" ? "" : form.sourceId}
          sourceId={form.type === "add" ? null : form.sourceId}
          onClose={() => goTo({ section: "gateways", form: null })}
        />
      )}
    </div>
  );
}

function content(section: Section) {
  switch (section) {
    case "gateways":
      return <GatewaysSection />;
    case "found":
      return <FoundSection />;
    case "alerts":
      return <AlertsSection />;
    case "budgets":
      return <BudgetsSection />;
    case "history":
      return <HistorySection />;
    case "metrics":
      return <MetricsSection />;
    case "polling":
      return <PollingSection />;
    case "appearance":
      return <AppearanceSection />;
    case "about":
      return <AboutSection />;
  }
}
