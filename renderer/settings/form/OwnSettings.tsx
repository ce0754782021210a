import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { effectiveRules } from "../../../app/alerts/effective-rules.ts";
import { formatInterval } from "../../../app/wording/formats.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { RulesFields } from "../alerts/RulesFields.tsx";
import { intervalChoices } from "../intervals.ts";
import { ThresholdsEditor } from "../ThresholdsEditor.tsx";
import styles from "./gateway-form.module.css";
import type { GatewayFormModel } from "./use-gateway-form.ts";

const c = classNames(styles);

/** Interval, alerts and group of this gateway alone. */
export function OwnSettings({ form }: { readonly form: GatewayFormModel }) {
  const { t, f } = useWords();
  const preferences = useApp((app) => app.preferences);
  const { values, set } = form;
  const usual = formatInterval(preferences.intervalSeconds * 1000, f);
  const groupsId = useId();
  const groups = useApp((app) => app.configs).flatMap(({ group }) => group ?? []);
  // Decided once: it must not close while somebody empties the last of its fields.
  const [opensWith] = useState(
    values.intervalSeconds !== null || values.thresholds !== null || values.alertRules !== null || values.group !== "",
  );
  return (
    <details className={c("own")} open={opensWith}>
      <summary className={c("ownTitle")}>
        <ChevronRight className={c("chevron")} size={14} strokeWidth={2.3} aria-hidden="true" />
        {t("form.own")}
      </summary>
      <div className={c("ownBody")}>
        <Field label={t("polling.interval")}>
          {(control) => (
            <Select
              {...control}
              value={values.intervalSeconds ?? ""}
              onChange={({ target }) =>
                set({ ...values, intervalSeconds: target.value === "" ? null : Number(target.value) })
              }
            >
              <option value="">{t("form.as-for-all", { value: t("polling.every", { interval: usual }) })}</option>
              {intervalChoices(values.intervalSeconds ?? preferences.intervalSeconds).map((seconds) => (
                <option key={seconds} value={seconds}>
                  {t("polling.every", { interval: formatInterval(seconds * 1000, f) })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <label className={c("consent", "quiet")}>
          <input
            type="checkbox"
            checked={values.thresholds !== null}
            onChange={({ target }) => set({ ...values, thresholds: target.checked ? preferences.thresholds : null })}
          />
          <span>{t("form.own-thresholds")}</span>
        </label>
        {values.thresholds !== null && (
          <ThresholdsEditor value={values.thresholds} onChange={(thresholds) => set({ ...values, thresholds })} />
        )}
        <label className={c("consent", "quiet")}>
          <input
            type="checkbox"
            checked={values.alertRules !== null}
            onChange={({ target }) => set({ ...values, alertRules: target.checked ? preferences.alertRules : null })}
          />
          <span>{t("form.own-rules")}</span>
        </label>
        {values.alertRules !== null && (
          <RulesFields
            rules={effectiveRules(preferences, { thresholds: null, alertRules: values.alertRules, meters: {} }, null)}
            disabled={false}
            onChange={(change) => set({ ...values, alertRules: { ...values.alertRules, ...change } })}
          />
        )}
        <Field label={t("form.group")} hint={t("form.group-hint")}>
          {(control) => (
            <>
              <input
                {...control}
                autoComplete="off"
                maxLength={80}
                list={groupsId}
                value={values.group}
                onChange={({ target }) => set({ ...values, group: target.value })}
              />
              <datalist id={groupsId}>
                {[...new Set(groups)].map((group) => (
                  <option key={group} value={group} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
    </details>
  );
}
