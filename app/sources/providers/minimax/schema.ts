import * as z from "zod";
import { count, ifTold, signedPercent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochMillis } from "../../times.ts";

const milliseconds = count.nullish().catch(null);
const status = count.nullish().catch(null);

const model = z
  .object({
    /** "general" (earlier "MiniMax-M…") is the coding plan; "video" stands beside it. */
    model_name: optionalText,
    start_time: epochMillis,
    end_time: epochMillis,
    remains_time: milliseconds,
    current_interval_total_count: ifTold(count),
    /** What REMAINS on the international site, what is used on the Chinese one. */
    current_interval_usage_count: ifTold(count),
    current_interval_remaining_percent: ifTold(signedPercent),
    current_interval_status: status,
    weekly_start_time: epochMillis,
    weekly_end_time: epochMillis,
    weekly_remains_time: milliseconds,
    current_weekly_total_count: ifTold(count),
    current_weekly_usage_count: ifTold(count),
    current_weekly_remaining_percent: ifTold(signedPercent),
    /** Anything but 1: the plan has no weekly limit, whatever the other fields say. */
    current_weekly_status: status,
  })
  .transform((told) => ({
    name: told.model_name ?? "",
    interval: {
      startsAt: told.start_time,
      endsAt: told.end_time,
      remainsMs: told.remains_time ?? null,
      total: told.current_interval_total_count,
      count: told.current_interval_usage_count,
      percentLeft: told.current_interval_remaining_percent,
      status: told.current_interval_status ?? null,
    },
    week: {
      startsAt: told.weekly_start_time,
      endsAt: told.weekly_end_time,
      remainsMs: told.weekly_remains_time ?? null,
      total: told.current_weekly_total_count,
      count: told.current_weekly_usage_count,
      percentLeft: told.current_weekly_remaining_percent,
      status: told.current_weekly_status ?? null,
    },
  }));
export type MiniMaxModel = z.infer<typeof model>;
export type MiniMaxWindow = MiniMaxModel["interval"];

/** `GET /v1/token_plan/remains`. */
export const remainsAnswer = z.object({ model_remains: z.array(model) });
