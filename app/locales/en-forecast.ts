/** English words of forecasts: where a quota is heading, always as an estimate. Part of the engine's catalog in en.ts. */
export const forecast = {
  // One line beside a meter, only of what will run out
  "forecast.runs-out": "Runs out about {{time}}",
  "forecast.runs-out-first": "Runs out about {{time}}, {{early}} before its reset",
  "forecast.runway_one": "About {{count}} day left at this week's rate",
  "forecast.runway_other": "About {{count}} days left at this week's rate",

  // All of it
  "forecast.of": "Forecast, {{meter}}",
  "forecast.in-reserve": "In reserve: lasts beyond its reset.",
  "forecast.on-pace": "On pace: lasts about until its reset.",
  "forecast.in-deficit": "In deficit: runs out before its reset.",
  "forecast.pace": "Used at {{pace}} times an even pace.",
  "forecast.pace-even": "Used at an even pace.",
  "forecast.pace-none": "Hardly used in this window.",
  "forecast.time": "Runs out about {{time}}.",
  "forecast.time-range": "Runs out about {{time}} ({{range}}).",
  "forecast.time-from": "Runs out about {{time}}, not before {{earliest}}.",
  "forecast.not-soon": "At this rate it lasts for more than two months.",
  "forecast.unused": "Nothing was used of late.",
  "forecast.per-hour": "About {{amount}} per hour.",
  "forecast.per-day": "About {{amount}} per day.",
  "forecast.estimate": "Estimated from the readings so far.",
} as const;
