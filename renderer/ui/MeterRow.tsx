import { OctagonX, TriangleAlert } from "lucide-react";
import { useId } from "react";
import type { Forecast } from "../../app/forecast/forecast.ts";
import { type Meter, percentRemaining } from "../../app/quota/meter.ts";
import { forecastWords } from "../../app/wording/forecast-words.ts";
import { formatPercent } from "../../app/wording/formats.ts";
import { meterWords } from "../../app/wording/meter-words.ts";
import { useNow } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { meterLevel } from "./meter-level.ts";
import styles from "./meter-row.module.css";
import { Sparkline } from "./Sparkline.tsx";

const c = classNames(styles);

interface MeterRowProps {
  readonly meter: Meter;
  /** What it is called among its source's meters; by itself where left out. */
  readonly label?: string | undefined;
  /** Percent left that is marked on the bar. */
  readonly line: number;
  /** Where it is heading, when it has been watched long enough. */
  readonly forecast?: Forecast | undefined;
  /** The course of the last day. */
  readonly trend?: readonly number[] | undefined;
  /** The figures are not current: drawn without colour. */
  readonly dim?: boolean;
  /** A limit of the user's own: nobody's quota, so that there is no "whose" to name. */
  readonly own?: boolean;
}

/** One meter: what it is called, the bar with the line on it, what is left, when it comes back, whose it is. */
export function MeterRow({ meter, label, line, forecast, trend, dim = false, own = false }: MeterRowProps) {
  const { t, f } = useWords();
  const now = useNow();
  const labelId = useId();
  const words = meterWords(meter, now, f, t);
  const level = meterLevel(meter, line, now, dim);
  const percent = percentRemaining(meter);
  const context = [
    own ? null : words.scope,
    words.window,
    meter.confidence === "estimated" ? t("confidence.estimated") : null,
  ]
    .filter((part) => part !== null)
    .join(" · ");
  // What matters most stands at the right of the name: the share that is left, or the amount where there is no share.
  const amount = meter.unit.kind === "percent" || words.percent === null ? null : words.amount;
  const { reset, pastReset } = words;
  const heading = forecast === undefined || dim || pastReset ? null : forecastWords(forecast, meter, now, f, t);

  function share(left: string): string {
    if (pastReset) return t("meter.was", { percent: left });
    if (typeof percent === "number" && percent < 0) return t("meter.over", { percent: formatPercent(-percent, f) });
    return t("amount.left", { amount: left });
  }

  return (
    <div className={c("meter")} data-level={level}>
      <div className={c("head")}>
        <span id={labelId} className={c("label")}>
          {label ?? words.label}
        </span>
        <span className={c("figure")}>
          {trend !== undefined && !dim && !pastReset && <Sparkline trend={trend} />}
          {level === "low" && <TriangleAlert size={13} strokeWidth={2.4} aria-hidden="true" />}
          {level === "empty" && <OctagonX size={13} strokeWidth={2.4} aria-hidden="true" />}
          {words.percent === null ? words.amount : share(words.percent)}
        </span>
      </div>
      {typeof percent === "number" && (
        // The native element cannot carry the line, nor be drawn alike everywhere.
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div
          className={c("bar")}
          role="meter"
          aria-labelledby={labelId}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(Math.min(100, Math.max(0, percent)))}
          aria-valuetext={t("meter.value", { amount: words.amount, line: f.percent(line, 0) })}
          title={t("meter.line", { line: f.percent(line, 0) })}
        >
          <span className={c("track")}>
            <span className={c("fill")} style={{ inlineSize: `${Math.min(100, Math.max(0, percent))}%` }} />
          </span>
          <span className={c("line")} style={{ insetInlineStart: `${Math.min(100, Math.max(0, line))}%` }} />
        </div>
      )}
      <div className={c("facts")}>
        {amount !== null && <span className={c("amount")}>{amount}</span>}
        {reset !== null && !pastReset && (
          <span className={c("reset")}>{t("reset.in", { countdown: reset.countdown })}</span>
        )}
        {words.refill !== null && <span className={c("reset")}>{words.refill}</span>}
        <span>{context}</span>
        {reset !== null && !pastReset && <span className={c("clock")}>{reset.clock}</span>}
        {reset !== null && pastReset && <span className={c("due")}>{t("reset.past", { time: reset.clock })}</span>}
      </div>
      {heading !== null && heading.line !== null && (
        <p className={c("forecast")} title={heading.details}>
          {heading.line}
        </p>
      )}
    </div>
  );
}
