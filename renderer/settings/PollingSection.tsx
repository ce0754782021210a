import { formatInterval } from "../../app/wording/formats.ts";
import { useApp } from "../store/context.tsx";
import { Field } from "../ui/Field.tsx";
import { Select } from "../ui/Select.tsx";
import { useWords } from "../words.tsx";
import { intervalChoices } from "./intervals.ts";
import { Panel, Section } from "./Section.tsx";
import { usePreferences } from "./use-preferences.ts";

/** How often gateways are asked. */
export function PollingSection() {
  const { t, f } = useWords();
  const [{ intervalSeconds }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  return (
    <Section title={t("settings.polling")} lead={t("polling.lead")}>
      <Panel>
        <Field label={t("polling.interval")} hint={t("polling.interval-hint")}>
          {(control) => (
            <Select
              {...control}
              value={intervalSeconds}
              disabled={readOnly}
              onChange={(event) => setPreferences({ intervalSeconds: Number(event.target.value) })}
            >
              {intervalChoices(intervalSeconds).map((seconds) => (
                <option key={seconds} value={seconds}>
                  {t("polling.every", { interval: formatInterval(seconds * 1000, f) })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </Panel>
    </Section>
  );
}
