import { Bell, BellOff } from "lucide-react";
import { isBudget } from "../../app/budgets/budget.ts";
import { resetsAt } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { distinctLabels } from "../../app/wording/distinct-labels.ts";
import { labelWords } from "../../app/wording/meter-words.ts";
import { useApp, useAppStore } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { Button } from "../ui/Button.tsx";
import { SnoozeMenu } from "../ui/SnoozeMenu.tsx";
import { useWords } from "../words.tsx";
import styles from "./source-details.module.css";

const c = classNames(styles);

/** Whether a source and each of its meters warn: mute them for good, or snooze the source for a while. */
export function SourceAlerts({ source }: { readonly source: SourceState }) {
  const { t } = useWords();
  const { run } = useAppStore();
  const readOnly = useApp((app) => app.settingsReadOnly);
  const config = useApp((app) => app.configs.find(({ id }) => id === source.id));
  const budget = useApp((app) => app.budgets.find(({ id }) => isBudget(source) && source.id.endsWith(`:${id}`)));
  const meters = source.reading?.meters ?? [];
  const labels = distinctLabels(meters, t);
  const { muted } = source;

  function setMuted(): void {
    if (budget !== undefined) void run("budgets.save", { ...budget, muted: !muted });
    else void run("sources.adjust", { id: source.id, muted: !muted });
  }

  return (
    <div className={c("alerts")}>
      <div className={c("alertActions")}>
        <Button
          small
          variant="plain"
          icon={muted ? Bell : BellOff}
          aria-label={t(muted ? "source.unmute-of" : "source.mute-of", { label: source.label })}
          disabled={readOnly}
          onClick={setMuted}
        >
          {t(muted ? "source.unmute" : "source.mute")}
        </Button>
        <SnoozeMenu
          sourceId={source.id}
          meterId={null}
          title={source.label}
          resets={meters.some((meter) => resetsAt(meter) !== null)}
        />
      </div>
      {config !== undefined && meters.length > 1 && !muted && (
        <ul className={c("meterAlerts")} aria-label={t("source.meter-alerts")}>
          {meters.map((meter) => {
            // A gateway names its meters: "constructor" is nobody's setting.
            const own = Object.hasOwn(config.meters, meter.id) ? config.meters[meter.id] : undefined;
            const isMuted = own?.muted === true;
            const name = labels.get(meter.id) ?? labelWords(meter.label, t);
            return (
              <li key={meter.id}>
                <label className={c("meterCheck")}>
                  <input
                    type="checkbox"
                    checked={!isMuted}
                    disabled={readOnly}
                    onChange={() =>
                      void run("sources.adjust", {
                        id: source.id,
                        meter: {
                          id: meter.id,
                          settings: { thresholds: null, alertRules: null, ...own, muted: !isMuted },
                        },
                      })
                    }
                  />
                  <span>{t("source.meter-warns", { meter: name })}</span>
                </label>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
