import type { Forecast } from "../forecast/forecast.ts";
import { type Meter, resetsAt, type Unit } from "../quota/meter.ts";
import { type Formats, formatAge, formatAmount } from "./formats.ts";
import type { Translate } from "./translate.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From here on, days say more than a time. */
const RUNWAY_DAYS_FROM = 2;

/** A forecast in words. */
export interface ForecastWords {
  /** One line, without a full stop, of what will run out: "Runs out about 3:40 PM UTC, 2 hr before its reset". Null while it lasts. */
  readonly line: string | null;
  /** All that there is to say, in sentences. */
  readonly details: string;
}

/** Words for a forecast of a meter at a time, epoch milliseconds. */
export function forecastWords(forecast: Forecast, meter: Meter, now: number, f: Formats, t: Translate): ForecastWords {
  const sentences = [
    forecast.verdict === null ? null : t(`forecast.${forecast.verdict}`),
    paceWords(forecast, f, t),
    timeWords(forecast, meter, now, f, t),
    rateWords(forecast, meter, f, t),
    t("forecast.estimate"),
  ];
  return {
    line: lineWords(forecast, resetsAt(meter), now, f, t),
    details: sentences.filter((sentence) => sentence !== null).join(" "),
  };
}

function lineWords(
  { beforeReset, runsOutAt, runwayDays }: Forecast,
  reset: number | null,
  now: number,
  f: Formats,
  t: Translate,
): string | null {
  if (beforeReset === false || runsOutAt === null || runsOutAt <= now) return null;
  if (runwayDays !== null && runwayDays >= RUNWAY_DAYS_FROM)
    return t("forecast.runway", { count: Math.floor(runwayDays) });
  const time = f.about(rounded(runsOutAt, now), now);
  return beforeReset === null || reset === null
    ? t("forecast.runs-out", { time })
    : t("forecast.runs-out-first", { time, early: formatAge(reset - runsOutAt, f) });
}

function paceWords({ pace }: Forecast, f: Formats, t: Translate): string | null {
  if (pace === null) return null;
  const figure = Math.round(pace * 10) / 10;
  if (figure === 0) return t("forecast.pace-none");
  return figure === 1 ? t("forecast.pace-even") : t("forecast.pace", { pace: f.number(figure) });
}

/** Beyond the reset a time would be that of something that does not happen. */
function timeWords(
  { beforeReset, burnPerHour, runsOutAt, earliest, latest }: Forecast,
  meter: Meter,
  now: number,
  f: Formats,
  t: Translate,
): string | null {
  if (burnPerHour === 0) return t("forecast.unused");
  if (runsOutAt === null || earliest === null) return resetsAt(meter) === null ? t("forecast.not-soon") : null;
  if (beforeReset === false || runsOutAt <= now) return null;
  const time = f.about(rounded(runsOutAt, now), now);
  const from = rounded(earliest, now);
  if (latest === null) return t("forecast.time-from", { time, earliest: f.about(from, now) });
  const to = rounded(latest, now);
  return from === to
    ? t("forecast.time", { time })
    : t("forecast.time-range", { time, range: f.aboutRange(from, to, now) });
}

function rateWords({ burnPerHour, runwayDays }: Forecast, meter: Meter, f: Formats, t: Translate): string | null {
  if (burnPerHour === 0) return null;
  const daily = runwayDays !== null;
  const amount = aboutAmount(daily ? burnPerHour * 24 : burnPerHour, meter.unit, f, t);
  return t(daily ? "forecast.per-day" : "forecast.per-hour", { amount });
}

/** Two digits: more would say that it is known better than it is. */
function aboutAmount(value: number, unit: Unit, f: Formats, t: Translate): string {
  const digits = 10 ** (Math.floor(Math.log10(value)) - 1);
  const about = digits >= 1 ? Math.round(value / digits) * digits : Number(value.toPrecision(2));
  if (unit.kind === "percent") return f.percent(about, 1);
  return formatAmount(unit.kind === "money" ? Math.round(about) : about, unit, f, t);
}

/** An estimate is told to the minute only where it is near. */
function rounded(at: number, now: number): number {
  const away = at - now;
  const step = away < HOUR ? MINUTE : away < 12 * HOUR ? 5 * MINUTE : 15 * MINUTE;
  return Math.max(now, Math.round(at / step) * step);
}
