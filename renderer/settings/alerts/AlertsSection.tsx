import { useApp } from "../../store/context.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { useWords } from "../../words.tsx";
import { Panel, Section } from "../Section.tsx";
import { ThresholdsEditor } from "../ThresholdsEditor.tsx";
import { usePreferences } from "../use-preferences.ts";
import { AlertLog } from "./AlertLog.tsx";
import { AlertPlaces } from "./AlertPlaces.tsx";
import { QuietHoursPanel } from "./QuietHoursPanel.tsx";
import { RulesFields } from "./RulesFields.tsx";
import { SnoozesPanel } from "./SnoozesPanel.tsx";

/** When to warn and when not, where alerts go, and what became of each. */
export function AlertsSection() {
  const { t } = useWords();
  const [{ alertsEnabled, thresholds, alertRules }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
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
      <SnoozesPanel />
      <Panel title={t("alerts.thresholds")} hint={t("alerts.thresholds-hint")}>
        <ThresholdsEditor
          value={thresholds}
          disabled={readOnly || !alertsEnabled}
          onChange={(value) => setPreferences({ thresholds: value })}
        />
      </Panel>
      <Panel title={t("alerts.rules")} hint={t("alerts.rules-hint")}>
        <RulesFields
          rules={alertRules}
          disabled={readOnly || !alertsEnabled}
          onChange={(change) => setPreferences({ alertRules: { ...alertRules, ...change } })}
        />
      </Panel>
      <QuietHoursPanel />
      <AlertPlaces />
      <AlertLog />
    </Section>
  );
}
