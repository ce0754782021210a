import { describe, expect, it } from "vitest";
import type { Forecast } from "../forecast/forecast.ts";
import type { Meter } from "../quota/meter.ts";
import { forecastWords } from "./forecast-words.ts";
import { createFormats } from "./formats.ts";
import { createTranslator } from "./translate.ts";

const t = createTranslator("en", {});
const f = createFormats({ language: "en", timeZone: "UTC" });
/** A Friday. */
const NOW = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Intl joins number and unit with spaces of several kinds; which one is the library's business.
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

const meter = (window: Meter["window"], unit: Meter["unit"] = { kind: "tokens" }): Meter => ({
  id: "quota",
  label: { key: "meter.tokens" },
  unit,
  limit: 1_000_000,
  used: "unknown",
  remaining: 200_000,
  window,
  scope: "key",
  confidence: "reported",
});
const resetting = meter({ kind: "period", resetsAt: NOW + 6 * HOUR, resetBasis: "reported" });
const balance = meter({ kind: "balance" }, { kind: "money", currency: "USD" });

const inDeficit: Forecast = {
  burnPerHour: 54_321,
  pace: 1.62,
  runsOutAt: NOW + 3 * HOUR + 41 * MINUTE,
  earliest: NOW + 3 * HOUR + 9 * MINUTE,
  latest: NOW + 4 * HOUR + 31 * MINUTE,
  beforeReset: true,
  runwayDays: null,
  verdict: "in-deficit",
};
const lasting: Forecast = {
  ...inDeficit,
  runsOutAt: NOW + 20 * HOUR,
  earliest: NOW + 15 * HOUR,
  latest: NOW + 30 * HOUR,
  beforeReset: false,
  verdict: "in-reserve",
};
const unused: Forecast = { ...lasting, burnPerHour: 0, pace: 0, runsOutAt: null, earliest: null, latest: null };
const days = (runwayDays: number): Forecast => ({
  burnPerHour: 87_654,
  pace: null,
  runsOutAt: NOW + runwayDays * DAY,
  earliest: NOW + runwayDays * 0.6 * DAY,
  latest: NOW + runwayDays * 1.5 * DAY,
  beforeReset: null,
  runwayDays,
  verdict: null,
});

const words = (forecast: Forecast, of: Meter = resetting) => {
  const { line, details } = forecastWords(forecast, of, NOW, f, t);
  return { line: line === null ? null : plain(line), details: plain(details) };
};

describe("the line", () => {
  it.each<[string, Forecast, Meter, string | null]>([
    ["before its reset", inDeficit, resetting, "Runs out about 3:40 PM UTC, 2 hr before its reset"],
    [
      "soon",
      { ...inDeficit, runsOutAt: NOW + 17.2 * MINUTE },
      resetting,
      "Runs out about 12:17 PM UTC, 5 hr before its reset",
    ],
    ["not before its reset", lasting, resetting, null],
    ["no use", unused, resetting, null],
    ["already now", { ...inDeficit, runsOutAt: NOW }, resetting, null],
    ["a balance for days", days(6.4), balance, "About 6 days left at this week's rate"],
    ["a balance for a day", days(1.2), balance, "Runs out about Sat 4:45 PM UTC"],
    ["a balance for a very long time", { ...unused, burnPerHour: 5 }, balance, null],
    [
      "a reset that is not told",
      { ...inDeficit, beforeReset: null, verdict: null },
      balance,
      "Runs out about 3:40 PM UTC",
    ],
  ])("of %s", (_name, forecast, of, expected) => {
    expect(words(forecast, of).line?.replace("Sat, ", "Sat ") ?? null).toBe(expected);
  });
});

describe("the details", () => {
  it.each<[string, Forecast, Meter, string]>([
    [
      "a deficit",
      inDeficit,
      resetting,
      "In deficit: runs out before its reset. Used at 1.6 times an even pace. Runs out about 3:40 PM UTC (3:10 – 4:30 PM UTC). About 54,000 tokens per hour.",
    ],
    [
      "a range without an end",
      { ...inDeficit, latest: null },
      resetting,
      "In deficit: runs out before its reset. Used at 1.6 times an even pace. Runs out about 3:40 PM UTC, not before 3:10 PM UTC. About 54,000 tokens per hour.",
    ],
    [
      "a reserve",
      lasting,
      resetting,
      "In reserve: lasts beyond its reset. Used at 1.6 times an even pace. About 54,000 tokens per hour.",
    ],
    [
      "no use",
      unused,
      resetting,
      "In reserve: lasts beyond its reset. Hardly used in this window. Nothing was used of late.",
    ],
    [
      "an even pace",
      { ...lasting, pace: 1.04, verdict: "on-pace" },
      resetting,
      "On pace: lasts about until its reset. Used at an even pace. About 54,000 tokens per hour.",
    ],
    ["a balance", days(6.4), balance, "Runs out about Nov 26 (Nov 24 – 30). About $2.10 per day."],
    ["one for few days", days(2.5), balance, "Runs out about Monday (Sun – Tue). About $2.10 per day."],
    [
      "one until tomorrow",
      { ...days(0.7), earliest: NOW + 0.45 * DAY, latest: NOW + DAY },
      balance,
      "Runs out about Sat 4:45 AM UTC (10:50 PM UTC – Sat 12:00 PM UTC). About $2.10 per day.",
    ],
    [
      "one for longer than is told",
      { ...unused, burnPerHour: 500, verdict: null, pace: null },
      balance,
      "At this rate it lasts for more than two months. About $0.0005 per hour.",
    ],
  ])("of %s", (_name, forecast, of, expected) => {
    expect(words(forecast, of).details.replaceAll("Sat, ", "Sat ")).toBe(
      `${expected} Estimated from the readings so far.`,
    );
  });

  it("gives percent in percent", () => {
    const percent = meter({ kind: "period", resetsAt: NOW + 6 * HOUR, resetBasis: "reported" }, { kind: "percent" });
    expect(words({ ...lasting, burnPerHour: 3.217 }, percent).details).toContain("About 3.2% per hour.");
  });
});
