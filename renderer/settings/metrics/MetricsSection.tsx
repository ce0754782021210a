import type { MetricsSettings } from "../../../app/settings/metrics-settings.ts";
import { formatClock } from "../../../app/wording/formats.ts";
import { useApp, useNow } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { useWords } from "../../words.tsx";
import { Panel, Section } from "../Section.tsx";
import { usePreferences } from "../use-preferences.ts";
import { CommittedInput } from "./CommittedInput.tsx";
import styles from "./metrics-section.module.css";

const c = classNames(styles);

const INTERVALS = [15, 30, 60, 300, 900] as const;

/** Figures for collectors of the user's own: an endpoint to scrape, and a push. */
export function MetricsSection() {
  const { t, f } = useWords();
  const now = useNow();
  const [{ metrics }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const status = useApp((app) => app.metrics);
  const set = (change: Partial<MetricsSettings>): void => setPreferences({ metrics: { ...metrics, ...change } });
  const { prometheus, otlp } = metrics;
  const setPrometheus = (change: Partial<MetricsSettings["prometheus"]>): void =>
    set({ prometheus: { ...prometheus, ...change } });
  const setOtlp = (change: Partial<MetricsSettings["otlp"]>): void => set({ otlp: { ...otlp, ...change } });

  return (
    <Section title={t("settings.metrics")} lead={t("metrics.lead")}>
      <Panel
        title={t("metrics.prometheus")}
        hint={t("metrics.prometheus-hint")}
        control={
          <Switch
            label={t("metrics.prometheus")}
            checked={prometheus.enabled}
            disabled={readOnly}
            onChange={(enabled) => setPrometheus({ enabled })}
          />
        }
      >
        {prometheus.enabled && (
          <>
            <Field label={t("metrics.port")} hint={t("metrics.port-hint")}>
              {(control) => (
                <CommittedInput
                  {...control}
                  inputMode="numeric"
                  placeholder={t("metrics.port-any")}
                  value={prometheus.port === null ? "" : String(prometheus.port)}
                  disabled={readOnly}
                  accept={(text) =>
                    text === "" || (/^\d{4,5}$/.test(text) && Number(text) >= 1024 && Number(text) <= 65_535)
                  }
                  problem={t("metrics.port-problem")}
                  onCommit={(text) => setPrometheus({ port: text === "" ? null : Number(text) })}
                />
              )}
            </Field>
            <Status
              problem={status.prometheus.problem}
              rows={[
                [t("metrics.address"), status.prometheus.url],
                [t("metrics.token-file"), status.prometheus.tokenFile],
              ]}
            />
            {status.prometheus.url !== null && <p className={c("note")}>{t("metrics.token-note")}</p>}
          </>
        )}
      </Panel>
      <Panel
        title={t("metrics.otlp")}
        hint={t("metrics.otlp-hint")}
        control={
          <Switch
            label={t("metrics.otlp")}
            checked={otlp.enabled}
            disabled={readOnly}
            onChange={(enabled) => setOtlp({ enabled })}
          />
        }
      >
        {otlp.enabled && (
          <>
            <Field label={t("metrics.endpoint")} hint={t("metrics.endpoint-hint")}>
              {(control) => (
                <CommittedInput
                  {...control}
                  inputMode="url"
                  value={otlp.endpoint}
                  disabled={readOnly}
                  accept={(text) => /^https?:\/\//i.test(text) && URL.canParse(text)}
                  problem={t("metrics.endpoint-problem")}
                  onCommit={(endpoint) => setOtlp({ endpoint })}
                />
              )}
            </Field>
            <div className={c("pair")}>
              <Field label={t("metrics.interval")}>
                {(control) => (
                  <Select
                    {...control}
                    value={otlp.intervalSeconds}
                    disabled={readOnly}
                    onChange={(event) => setOtlp({ intervalSeconds: Number(event.target.value) })}
                  >
                    {[...new Set([...INTERVALS, otlp.intervalSeconds])]
                      .sort((a, b) => a - b)
                      .map((seconds) => (
                        <option key={seconds} value={seconds}>
                          {t("metrics.every", { count: seconds })}
                        </option>
                      ))}
                  </Select>
                )}
              </Field>
              <Field label={t("metrics.headers")} hint={t("metrics.headers-hint")}>
                {(control) => (
                  <CommittedInput
                    {...control}
                    placeholder="OTEL_EXPORTER_OTLP_HEADERS"
                    value={otlp.headersEnv ?? ""}
                    disabled={readOnly}
                    accept={(text) => text === "" || /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)}
                    problem={t("metrics.headers-problem")}
                    onCommit={(text) => setOtlp({ headersEnv: text === "" ? null : text })}
                  />
                )}
              </Field>
            </div>
            <Status
              problem={status.otlp.problem}
              rows={[
                [
                  t("metrics.last-push"),
                  status.otlp.lastPushAt === null ? t("metrics.no-push") : formatClock(status.otlp.lastPushAt, now, f),
                ],
              ]}
            />
          </>
        )}
      </Panel>
      <Panel
        title={t("metrics.labels")}
        hint={t("metrics.labels-hint")}
        control={
          <Switch
            label={t("metrics.labels")}
            checked={metrics.includeLabels}
            disabled={readOnly}
            onChange={(includeLabels) => set({ includeLabels })}
          />
        }
      />
    </Section>
  );
}

interface StatusProps {
  readonly problem: string | null;
  readonly rows: readonly (readonly [label: string, value: string | null])[];
}

/** How it does: what is wrong, or where it is to be found. */
function Status({ problem, rows }: StatusProps) {
  const { t } = useWords();
  const shown = rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
  return (
    <div className={c("status")} aria-live="polite">
      {problem !== null && <p className={c("problem")}>{t("metrics.problem", { problem })}</p>}
      {shown.length > 0 && (
        <dl className={c("rows")}>
          {shown.map(({ label, value }) => (
            <div key={label} className={c("row")}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
