import { clockTime } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { AppWatch, SourceWatch } from "./source-watch.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Intervals are spread by a tenth. */
const SPREAD = 1.1;
/** On battery, and with nobody there: twice as long, each. */
const SLOWER = 2;
const AUTH_PAUSE_MS = HOUR_MS;
const COOL_DOWN_MS = 2 * HOUR_MS;
/** All sources at once, eight at a time, some of them with answers of 15 s. */
const QUEUE_MS = 8 * MINUTE_MS;
/** The promise: a reset is noticed within two minutes. */
const NOTICED_MS = 2 * MINUTE_MS;
/** Whatever the app has to do at a start or after a sleep comes on top. */
const SETTLING_MS = MINUTE_MS;

/** Checks that nobody is forgotten: every source that may be polled is, and every reset is noticed. */
export interface LivenessOracle {
  /** To be called every few minutes of the world. */
  sweep(time: number): void;
  /** Before the figures are taken note of. */
  figuresCame(source: SourceWatch, beganAt: number, time: number): void;
}

export function createLivenessOracle(
  sources: readonly SourceWatch[],
  app: AppWatch,
  violations: Violations,
): LivenessOracle {
  const isWatched = (source: SourceWatch): boolean => !source.paused && !source.removed;
  const intervalMs = (source: SourceWatch): number => (source.intervalSeconds ?? app.intervalSeconds) * SECOND_MS;

  /** By when it has to be polled again. */
  const pollBy = (source: SourceWatch): number => {
    const since = Math.max(source.endedAt, source.changedAt, source.knownSince);
    // A poll waits for a reset that comes within the floor after it.
    const usual = Math.max(source.floorMs, intervalMs(source) * SLOWER * SLOWER) * SPREAD + source.floorMs;
    const heeded = source.waitUntil + 15 * SECOND_MS;
    return Math.max(since + Math.max(usual, longestPause(source)), heeded, app.calmSince) + QUEUE_MS;
  };

  const longestPause = ({ last, floorMs }: SourceWatch): number => {
    switch (last) {
      case "none":
        return 0;
      case "figures":
        return 0;
      case "needs-key":
        return AUTH_PAUSE_MS * SPREAD;
      case "failure":
        return Math.max(COOL_DOWN_MS, AUTH_PAUSE_MS, floorMs) * SPREAD;
    }
  };

  /** Resets that the last figures told, and by when they have to be read again for each. */
  const resetsDue = (source: SourceWatch): { readonly reset: number; readonly by: number }[] => {
    const { figures } = source;
    // With trouble in between, the pace is that of the trouble.
    if (figures === null || source.last !== "figures") return [];
    // A clock that is wrong, or was, says of other moments that a reset has passed.
    if (app.clockOffBy !== 0 || figures.at - app.clockSetAt < DAY_MS) return [];
    return figures.told.flatMap(({ meter: { window } }) => {
      const reset = window.kind === "balance" || window.kind === "lifetime" ? null : window.resetsAt;
      if (reset === null || ("resetBasis" in window && window.resetBasis === "refill")) return [];
      if (reset <= figures.at) return [];
      const earliest = Math.max(reset, source.endedAt + source.floorMs, source.waitUntil + 15 * SECOND_MS);
      const settled = Math.max(app.calmSince, source.changedAt, source.knownSince) + SETTLING_MS;
      return [{ reset, by: Math.max(earliest, settled) + NOTICED_MS }];
    });
  };

  const noticed = (source: SourceWatch, beganAt: number, time: number): void => {
    for (const { reset, by } of resetsDue(source)) {
      if (reset <= beganAt && time > by) {
        const late = Math.round((time - reset) / SECOND_MS);
        violations.report(
          "reset-noticed",
          source.model.id,
          `the reset of ${clockTime(reset)} was read ${late} s later`,
        );
      }
    }
  };

  return {
    sweep(time) {
      if (!app.running || app.asleep || !app.online) return;
      for (const source of sources) {
        if (!isWatched(source) || source.flying || source.pending !== null) continue;
        const by = pollBy(source);
        if (time > by) {
          const last = source.endedAt === Number.NEGATIVE_INFINITY ? "never" : clockTime(source.endedAt);
          violations.report(
            "starvation",
            source.model.id,
            `polled last ${last} (${source.last}), was due by ${clockTime(by)}`,
          );
        }
        for (const { reset, by: readBy } of resetsDue(source)) {
          if (time > readBy + 15 * SECOND_MS) {
            violations.report(
              "reset-noticed",
              source.model.id,
              `the reset of ${clockTime(reset)} was not read until now`,
            );
          }
        }
      }
    },
    figuresCame: noticed,
  };
}
