import { Fragment } from "react";
import { isPastReset } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { distinctLabels } from "../../app/wording/distinct-labels.ts";
import { forecastWords } from "../../app/wording/forecast-words.ts";
import { useNow } from "../store/context.tsx";
import { useWords } from "../words.tsx";

/** Where the meters of a source are heading, in full: terms and descriptions for a list. */
export function ForecastFacts({ source }: { readonly source: SourceState }) {
  const { t, f } = useWords();
  const now = useNow();
  const { reading, forecasts = {}, status } = source;
  // Of figures that are old, nothing is foretold.
  const current = status.state === "fresh" || status.state === "awaiting-reset";
  if (reading === null || !current) return null;
  const labels = distinctLabels(reading.meters, t);
  return reading.meters.map((meter) => {
    const forecast = forecasts[meter.id];
    if (forecast === undefined || isPastReset(meter, now)) return null;
    return (
      <Fragment key={meter.id}>
        <dt>{t("forecast.of", { meter: labels.get(meter.id) ?? "" })}</dt>
        <dd>{forecastWords(forecast, meter, now, f, t).details}</dd>
      </Fragment>
    );
  });
}
