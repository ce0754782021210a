import type { Forecast } from "../forecast/forecast.ts";
import { type Formats, formatClock, formatCountdown } from "./formats.ts";
import type { Translate } from "./translate.ts";

/**
 * What to say of a forecast: only that something will run out, and when about; null when it lasts until its reset, or when the
 * time has come without it.
 */
export function forecastWords(forecast: Forecast, now: number, f: Formats, t: Translate): string | null {
  const { beforeReset, runsOutAt } = forecast;
  if (beforeReset === false || runsOutAt === null || runsOutAt <= now) return null;
  const countdown = formatCountdown(runsOutAt - now, f);
  const time = formatClock(runsOutAt, now, f);
  return beforeReset === null
    ? t("forecast.runs-out", { countdown, time })
    : t("forecast.runs-out-first", { countdown, time });
}
