import type { AppWatch, SourceWatch } from "./source-watch.ts";

/** Quiet hours as their user set them: they begin daily at `from`, "HH:MM" in the zone. */
export interface Quiet {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** What keeps an alert from being told, as far as its user knows: switches, snoozes and quiet hours. Wall time. */
export interface HoldBacks {
  setQuiet(quiet: Quiet | null, wall: number): void;
  /** Its user is about to set them: until the app says so, either may hold. */
  settingQuiet(wall: number): void;
  /** A snooze takes the place of another of the same target. */
  snooze(source: string | null, meter: string | null, until: number): void;
  /** Something that only delays what is told. */
  delays(source: string, meter: string | null, wall: number, isUsedUp: boolean): "quiet-hours" | "snoozed" | null;
  /** Something has delayed alerts of this meter within so much time. */
  delayedWithin(ms: number, source: string, meter: string | null, wall: number, isUsedUp: boolean): boolean;
  /** Somebody wants to hear nothing of it, ever. */
  silences(source: SourceWatch): boolean;
}

/** What is about to be told while a switch is turned may slip through. */
const SWITCH_MS = 10_000;
const DAY_MS = 24 * 60 * 60_000;

export function createHoldBacks(app: AppWatch): HoldBacks {
  let quiet: Quiet | null = null;
  const snoozes = new Map<string, { source: string | null; meter: string | null; until: number }>();
  let quietChangedAt = Number.NEGATIVE_INFINITY;

  const snoozedUntil = (source: string, meter: string | null): number => {
    let latest = Number.NEGATIVE_INFINITY;
    for (const snooze of snoozes.values()) {
      const covers =
        snooze.source === null || (snooze.source === source && (snooze.meter === null || snooze.meter === meter));
      if (covers) latest = Math.max(latest, snooze.until);
    }
    return latest;
  };

  return {
    setQuiet(next, wall) {
      quietChangedAt = wall;
      quiet = next;
    },
    settingQuiet(wall) {
      quietChangedAt = wall;
    },
    snooze(source, meter, until) {
      snoozes.set(`${source} ${meter}`, { source, meter, until });
    },
    delays(source, meter, wall, isUsedUp) {
      if (wall < snoozedUntil(source, meter)) return "snoozed";
      if (Math.abs(wall - quietChangedAt) < SWITCH_MS) return null;
      return quiet !== null && !isUsedUp && isQuiet(quiet, wall) ? "quiet-hours" : null;
    },
    delayedWithin(ms, source, meter, wall, isUsedUp) {
      if (wall - quietChangedAt < ms) return true;
      if (wall < snoozedUntil(source, meter) + ms) return true;
      if (quiet === null || isUsedUp) return false;
      return isQuiet(quiet, wall) || isQuiet(quiet, wall - ms);
    },
    silences: (source) => source.muted || !app.alertsOn,
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the clock in a zone stands between two times of day. The days of the week all count. */
export function isQuiet({ from, to, zone }: Quiet, wall: number): boolean {
  const minutes = minutesOfDay(zone, wall);
  const [begin, end] = [from, to].map(inMinutes);
  if (begin === undefined || end === undefined) return false;
  return begin <= end ? begin <= minutes && minutes < end : minutes >= begin || minutes < end;
}

function inMinutes(text: string): number {
  const [hours = "0", minutes = "0"] = text.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function minutesOfDay(zone: string, wall: number): number {
  if (zone === "UTC") return (((wall % DAY_MS) + DAY_MS) % DAY_MS) / 60_000;
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    formats.set(zone, format);
  }
  return inMinutes(format.format(wall)) + (wall % 60_000) / 60_000;
}
