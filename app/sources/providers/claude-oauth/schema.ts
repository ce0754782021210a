import * as z from "zod";
import { currencyCode } from "../../currency.ts";
import { firstIssue } from "../../first-issue.ts";
import { ifTold, limitOf, moneyIn, percent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

/** `utilization` is percent used, 0–100, though the response headers of the same service use fractions. */
const usageWindow = z.object({
  utilization: ifTold(percent),
  /** null while the window has not begun. */
  resets_at: isoTime,
});

/** What a limit is for alone: an object with names, or a name. */
const scoped = z
  .union([
    z.string().transform((name) => ({ id: null, display_name: name.trim() === "" ? null : name })),
    z.object({ id: optionalText, display_name: optionalText }),
  ])
  .nullish()
  .catch(null);

/** The newer list of the same windows, and of limits that have no field of their own. */
const limit = z.object({
  /** "session", "weekly_all", "weekly_scoped"; left out at times, and new ones come without notice. */
  kind: optionalText,
  /** "session", "weekly". */
  group: optionalText,
  /** Used, 0–100. */
  percent: ifTold(percent),
  resets_at: isoTime,
  scope: z.object({ model: scoped, surface: scoped }).nullish().catch(null),
});
export type ClaudeLimit = z.infer<typeof limit>;

const CENTS = 100;
const extraUsage = z.object({
  is_enabled: z.boolean().nullish().catch(null),
  monthly_limit: limitOf(moneyIn(CENTS)),
  used_credits: ifTold(moneyIn(CENTS)),
  currency: currencyCode.nullish().catch(null),
});

export interface NamedWeek {
  /** What stands behind "seven_day_": "opus", "oauth_apps", … */
  readonly name: string;
  readonly utilization: number | "unknown";
  readonly resets_at: number | null;
}

/** `GET /api/oauth/usage`. Any further `seven_day_…` that looks like a window is one; the service adds them without notice. */
export const usageAnswer = z
  .looseObject({
    five_hour: usageWindow.nullish(),
    seven_day: usageWindow.nullish(),
    limits: z.array(limit).nullish(),
    extra_usage: extraUsage.nullish(),
  })
  .refine((answer) => "five_hour" in answer || "seven_day" in answer || "limits" in answer, {
    path: ["five_hour"],
    error: "missing",
  })
  .transform(({ five_hour, seven_day, limits, extra_usage, ...rest }, context) => {
    const weeks: NamedWeek[] = [];
    for (const [field, value] of Object.entries(rest)) {
      const name = /^seven_day_(\w+)$/.exec(field)?.[1];
      if (name === undefined || typeof value !== "object" || value === null || !("utilization" in value)) continue;
      const parsed = usageWindow.safeParse(value);
      if (parsed.success) weeks.push({ name, ...parsed.data });
      else context.addIssue({ code: "custom", path: [field], message: firstIssue(parsed.error) });
    }
    return { five_hour, seven_day, limits: limits ?? [], extra_usage, weeks };
  });
export type ClaudeUsage = z.infer<typeof usageAnswer>;
