import * as z from "zod";

/** Percent left at which to warn: 1–8 different whole numbers, highest first. The highest is "the line". */
export const thresholdsSchema = z
  .array(z.number().int().min(0).max(99))
  .min(1)
  .max(8)
  .transform((list) => [...new Set(list)].sort((a, b) => b - a));

/** "Below $5": warn when less than so many major units of a currency are left. */
export const amountLeftSchema = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  below: z.number().positive().max(1_000_000_000),
});
export type AmountLeft = z.infer<typeof amountLeftSchema>;

/** What to warn of beside percent left. */
export const alertRulesSchema = z.object({
  amountsLeft: z.array(amountLeftSchema).max(8),
  /** A balance will last less than so many days; null: not warned of. */
  runwayDays: z.number().positive().max(365).nullable(),
  /** A window will not last until its reset. */
  beforeReset: z.boolean(),
  /** A source has failed for so long; null: not warned of. */
  failingMinutes: z.number().int().min(5).max(10_080).nullable(),
  /** Tell when a quota that was warned of is back. */
  quotaBack: z.boolean(),
});
export type AlertRules = z.infer<typeof alertRulesSchema>;

export const DEFAULT_ALERT_RULES: AlertRules = {
  amountsLeft: [],
  runwayDays: 2,
  beforeReset: true,
  failingMinutes: 120,
  quotaBack: true,
};

/** What a source or a meter sets otherwise; what it leaves out is as for all. */
export const ownAlertRulesSchema = alertRulesSchema.partial();
export type OwnAlertRules = z.infer<typeof ownAlertRulesSchema>;

/** What one meter of a source sets otherwise. */
export const meterSettingsSchema = z.object({
  muted: z.boolean().default(false),
  thresholds: thresholdsSchema.nullable().default(null),
  alertRules: ownAlertRulesSchema.nullable().default(null),
});
export type MeterSettings = z.infer<typeof meterSettingsSchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Whether this computer knows an IANA time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** When alerts wait. They begin on `days` at `from` and end at the next `to`, which may lie on the day after. */
export const quietHoursSchema = z.object({
  enabled: z.boolean(),
  /** "22:00", local time of `timeZone`. */
  from: clockTime,
  to: clockTime,
  /** ISO weekdays on which they begin: 1 is Monday. */
  days: z
    .array(z.number().int().min(1).max(7))
    .max(7)
    .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
  /** IANA name; null: the computer's own zone. */
  timeZone: z.string().max(60).refine(isTimeZone, "is no known time zone").nullable(),
  /** What is used up is told all the same. */
  exceptUsedUp: z.boolean(),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

export const DEFAULT_QUIET_HOURS: QuietHours = {
  enabled: false,
  from: "22:00",
  to: "07:00",
  days: [1, 2, 3, 4, 5, 6, 7],
  timeZone: null,
  exceptUsedUp: true,
};
