import { Temporal } from "temporal-polyfill";
import type { QuietHours } from "../settings/alert-settings.ts";

/** Whether quiet hours are in force at a moment, and until when that holds. Epoch milliseconds. */
export interface QuietSpan {
  readonly isQuiet: boolean;
  /** When quiet hours end, or when the next ones begin; at most a week away, where nothing is known further on. */
  readonly until: number;
}

/** Further on than a week everything repeats. */
const FURTHEST_DAYS = 8;

/**
 * The quiet hours around a moment. They begin on chosen weekdays at `from` and end at the next `to`, by the clock on the wall of
 * their zone; with `from` and `to` the same they last a whole day. Where the clock is put forward over a time, the first moment
 * after it counts; where it is put back, they begin with the first of two and end with the second. Quiet hours that follow on one
 * another without a gap are one.
 */
export function quietSpan(quietHours: QuietHours, now: number, localZone: string): QuietSpan {
  const zone = quietHours.timeZone ?? localZone;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const horizon = now + FURTHEST_DAYS * 24 * 3_600_000;
  if (!quietHours.enabled) return { isQuiet: false, until: horizon };
  const spans: { readonly from: number; readonly to: number }[] = [];
  for (let day = -1; day <= FURTHEST_DAYS; day += 1) {
    const date = today.add({ days: day });
    if (quietHours.days.includes(date.dayOfWeek)) spans.push(spanOf(date, quietHours, zone));
  }
  const current = spans.find(({ from, to }) => from <= now && now < to);
  if (current === undefined) {
    return { isQuiet: false, until: spans.find(({ from }) => from > now)?.from ?? horizon };
  }
  let until = current.to;
  for (const { from, to } of spans) if (from <= until) until = Math.max(until, to);
  return { isQuiet: true, until };
}

function spanOf(date: Temporal.PlainDate, { from, to }: QuietHours, zone: string): { from: number; to: number } {
  const lastsOver = to <= from;
  return {
    from: momentOf(date, from, zone, "earlier"),
    to: momentOf(lastsOver ? date.add({ days: 1 }) : date, to, zone, "later"),
  };
}

/** A time on the wall of a zone; `twice` says which is meant of one that comes twice. */
function momentOf(date: Temporal.PlainDate, time: string, timeZone: string, twice: "earlier" | "later"): number {
  const local = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  const later = local.toZonedDateTime(timeZone, { disambiguation: "later" });
  if (earlier.toPlainDateTime().equals(local)) return (twice === "earlier" ? earlier : later).epochMilliseconds;
  // The time does not come on this day: the clock is put forward over it, which is the moment that stands for it.
  const forward = earlier.getTimeZoneTransition("next");
  return (forward ?? later).epochMilliseconds;
}

const MORNING_HOUR = 8;
/** Who snoozes until tomorrow in the small hours means the morning to come, if there is a night left before it. */
const LEAST_NIGHT_MS = 4 * 3_600_000;

/** The next 8:00 of a zone that is at least four hours away, epoch milliseconds. */
export function nextMorning(now: number, timeZone: string): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let day = 0; ; day += 1) {
    const morning = today
      .add({ days: day })
      .toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(MORNING_HOUR) });
    if (morning.epochMilliseconds - now >= LEAST_NIGHT_MS) return morning.epochMilliseconds;
  }
}
