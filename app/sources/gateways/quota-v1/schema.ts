import * as z from "zod";
import { signedPercent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const shared = {
  name: optionalText,
  /** A shorter name, written to stand before the figure ("Month:"). */
  label: optionalText,
  /** quota, rate_limit, usage, spend, budget, balance or status. */
  resultType: optionalText,
  resetTimeIso: isoTime,
};

const percentEntry = z.object({
  ...shared,
  kind: z.literal("percent"),
  /** Negative when over the limit. */
  percentRemaining: signedPercent.refine((percent) => percent <= 100, "more than 100"),
  /** The same in words, to be shown as it is: "730k/2M". */
  right: optionalText,
});
export type PercentEntry = z.infer<typeof percentEntry>;

const valueEntry = z.object({
  ...shared,
  kind: z.literal("value"),
  /** Written for people: "$11.75". */
  value: z.string({ error: "not a text" }),
});
export type ValueEntry = z.infer<typeof valueEntry>;

/** The whole answer. Fields that are not named here are ignored. */
export const quotaAnswer = z.object({
  version: z.literal("quota-v1", { error: "not quota-v1" }),
  entries: z
    .array(z.discriminatedUnion("kind", [percentEntry, valueEntry], { error: "neither percent nor value" }))
    .min(1, "holds no entry")
    .max(100, "holds more than 100 entries"),
});
