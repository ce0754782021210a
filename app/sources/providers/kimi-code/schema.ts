import * as z from "zod";
import { count, decimal, ifTold, signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { anyTime } from "../../times.ts";

const seconds = count.nullish().catch(null);

/** Figures of one limit, as texts or numbers; the names of its times differ between versions of the service. */
const detail = z
  .object({
    limit: ifTold(decimal),
    used: ifTold(decimal),
    remaining: ifTold(signedDecimal),
    name: optionalText,
    title: optionalText,
    // ISO 8601 or an epoch number.
    resetTime: anyTime,
    reset_time: anyTime,
    resetAt: anyTime,
    reset_at: anyTime,
    reset_in: seconds,
    resetIn: seconds,
    ttl: seconds,
  })
  .transform(({ limit, used, remaining, name, title, ...times }) => ({
    limit,
    used,
    remaining,
    name: name ?? title,
    resetsAt: times.resetTime ?? times.reset_time ?? times.resetAt ?? times.reset_at,
    /** Seconds from now. */
    resetsIn: times.reset_in ?? times.resetIn ?? times.ttl ?? null,
  }));
export type KimiDetail = z.infer<typeof detail>;

const window = z.object({ duration: count.nullish(), timeUnit: optionalText, time_unit: optionalText }).nullish();

const nested = z.object({ window, name: optionalText, title: optionalText, detail });

/** The figures stand under `detail`, or right in the item. */
const item = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && !("detail" in value && value.detail !== null)
      ? { ...value, detail: value }
      : value,
  nested,
);
export type KimiItem = z.infer<typeof item>;

/** `GET /coding/v1/usages`. `usage` is the week. */
export const usagesAnswer = z
  .object({ usage: detail.nullish(), limits: z.array(item).nullish() })
  .refine((answer) => "usage" in answer || "limits" in answer, { path: ["usage"], error: "missing" });
