import * as z from "zod";
import type { Reading } from "../../quota/reading.ts";
import { count, ifTold, signedCount } from "../numbers.ts";
import { optionalText } from "../optional-text.ts";
import type { ReadContext, RequestOptions } from "../source.ts";
import { judgeInBandRefusal } from "./in-band-refusal.ts";
import type { Site } from "./site.ts";

const userAnswer = z.object({
  data: z.object({
    id: z.union([z.number().int().transform(String), optionalText]),
    username: optionalText,
    display_name: optionalText,
    /** What REMAINS, in quota units; used is not part of it. */
    quota: signedCount,
    used_quota: ifTold(count),
  }),
});

/** Reads the balance of the user to whom a system access token belongs. Throws ReadError. */
export async function readUser(
  context: ReadContext,
  site: Site,
  request: Pick<RequestOptions, "headers" | "secrets">,
): Promise<Reading> {
  const { data } = await context.getJson("/api/user/self", userAnswer, { ...request, judge: judgeInBandRefusal });
  return {
    meters: [
      {
        id: "balance",
        label: { key: "meter.balance" },
        unit: site.unit,
        // A share of all that was ever granted would say nothing.
        limit: "unknown",
        used: data.used_quota === "unknown" ? "unknown" : site.ofQuota(data.used_quota),
        remaining: site.ofQuota(data.quota),
        window: { kind: "balance" },
        scope: "user",
        confidence: "reported",
      },
    ],
    account: data.display_name ?? data.username,
    notices: [...site.notices],
    ...(data.id !== null && { subjects: { user: data.id } }),
  };
}
