import { formatInterval } from "../../app/wording/formats.ts";
import { useApp, useAppStore } from "../store/context.tsx";
import { Field } from "../ui/Field.tsx";
import { Select } from "../ui/Select.tsx";
import { useWords } from "../words.tsx";
import { intervalChoices } from "./intervals.ts";
import { Panel, Section } from "./Section.tsx";

/** How often gateways are asked. */
export function PollingSection() {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const { intervalSeconds } = useApp((app) => app.preferences);
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
              onChange={(event) => void run("preferences.set", { intervalSeconds: Number(event.target.value) })}
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
