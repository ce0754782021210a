import { BellRing } from "lucide-react";
import { useState } from "react";
import { useApp, useAppStore } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { Button } from "../ui/Button.tsx";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../words.tsx";
import styles from "./alerts-section.module.css";
import { Panel, Section } from "./Section.tsx";
import { ThresholdsEditor } from "./ThresholdsEditor.tsx";
import { usePreferences } from "./use-preferences.ts";

const c = classNames(styles);

/** When to warn, whether at all, and a sample to see how it looks. */
export function AlertsSection() {
  const { t } = useWords();
  const { run } = useAppStore();
  const [{ alertsEnabled, thresholds }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const [sample, setSample] = useState<"shown" | "not-shown" | null>(null);

  async function showSample(): Promise<void> {
    setSample(null);
    const result = await run("alerts.sample", undefined);
    if (result.ok) setSample(result.value.shown ? "shown" : "not-shown");
  }

  return (
    <Section title={t("settings.alerts")} lead={t("alerts.lead")}>
      <Panel
        title={t("alerts.enabled")}
        hint={t("alerts.enabled-hint")}
        control={
          <Switch
            label={t("alerts.enabled")}
            checked={alertsEnabled}
            disabled={readOnly}
            onChange={(on) => setPreferences({ alertsEnabled: on })}
          />
        }
      />
      <Panel title={t("alerts.thresholds")} hint={t("alerts.thresholds-hint")}>
        <ThresholdsEditor
          value={thresholds}
          disabled={readOnly || !alertsEnabled}
          onChange={(value) => setPreferences({ thresholds: value })}
        />
      </Panel>
      <Panel
        title={t("alerts.sample-title")}
        hint={t("alerts.sample-hint")}
        control={
          <Button icon={BellRing} onClick={() => void showSample()}>
            {t("alerts.sample")}
          </Button>
        }
      >
        <output className={c("outcome")}>{sample !== null && t(`alerts.sample-${sample}`)}</output>
      </Panel>
    </Section>
  );
}
