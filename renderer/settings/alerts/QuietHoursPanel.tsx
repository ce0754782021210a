import { useId } from "react";
import type { QuietHours } from "../../../app/settings/alert-settings.ts";
import { formatClock } from "../../../app/wording/formats.ts";
import { useApp, useNow } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { useWords } from "../../words.tsx";
import { Panel } from "../Section.tsx";
import { usePreferences } from "../use-preferences.ts";
import styles from "./alerts-section.module.css";
import { weekdayNames, zoneNames } from "./zones.ts";

const c = classNames(styles);

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** When alerts wait, and which do not. */
export function QuietHoursPanel() {
  const { t, f } = useWords();
  const now = useNow();
  const daysId = useId();
  const [{ quietHours }, setPreferences] = usePreferences();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const quietUntil = useApp((app) => app.quietUntil);
  const set = (change: Partial<QuietHours>): void => setPreferences({ quietHours: { ...quietHours, ...change } });
  const names = weekdayNames(f.language);
  const overnight = quietHours.to <= quietHours.from;
  return (
    <Panel
      title={t("quiet.title")}
      hint={t("quiet.hint")}
      control={
        <Switch
          label={t("quiet.title")}
          checked={quietHours.enabled}
          disabled={readOnly}
          onChange={(enabled) => set({ enabled })}
        />
      }
    >
      {quietHours.enabled && (
        <>
          <div className={c("times")}>
            <Field label={t("quiet.from")}>
              {(control) => (
                <input
                  {...control}
                  type="time"
                  value={quietHours.from}
                  disabled={readOnly}
                  onChange={({ target }) => target.value !== "" && set({ from: target.value })}
                />
              )}
            </Field>
            <Field label={t(overnight ? "quiet.to-next-day" : "quiet.to")}>
              {(control) => (
                <input
                  {...control}
                  type="time"
                  value={quietHours.to}
                  disabled={readOnly}
                  onChange={({ target }) => target.value !== "" && set({ to: target.value })}
                />
              )}
            </Field>
            <Field label={t("quiet.zone")}>
              {(control) => (
                <Select
                  {...control}
                  value={quietHours.timeZone ?? ""}
                  disabled={readOnly}
                  onChange={({ target }) => set({ timeZone: target.value === "" ? null : target.value })}
                >
                  <option value="">{t("quiet.zone-own")}</option>
                  {zoneNames(quietHours.timeZone).map((zone) => (
                    <option key={zone} value={zone}>
                      {zone.replaceAll("_", " ")}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
          <fieldset className={c("days")} aria-labelledby={daysId} disabled={readOnly}>
            <span id={daysId} className={c("ruleName")}>
              {t("quiet.days")}
            </span>
            <div className={c("dayList")}>
              {WEEKDAYS.map((day) => (
                <label key={day} className={c("day")}>
                  <input
                    type="checkbox"
                    className={c("dayBox")}
                    checked={quietHours.days.includes(day)}
                    onChange={({ target }) =>
                      set({
                        days: target.checked
                          ? [...quietHours.days, day]
                          : quietHours.days.filter((other) => other !== day),
                      })
                    }
                  />
                  <span aria-hidden="true">{names[day - 1]?.short}</span>
                  <span className="visually-hidden">{names[day - 1]?.long}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <label className={c("rule")}>
            <input
              type="checkbox"
              checked={quietHours.exceptUsedUp}
              disabled={readOnly}
              onChange={({ target }) => set({ exceptUsedUp: target.checked })}
            />
            <span>{t("quiet.except-used-up")}</span>
          </label>
          <p className={c("note")} aria-live="polite">
            {quietHours.days.length === 0 && t("quiet.no-days")}
            {quietUntil !== null && t("quiet.now", { time: formatClock(quietUntil, now, f) })}
          </p>
        </>
      )}
    </Panel>
  );
}
