import * as z from "zod";
import { count, ifTold, limitOf, money, signedCount, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const tokens = z.object({
  limit: limitOf(count),
  used: ifTold(count),
  remaining: ifTold(signedCount),
  resets_at: isoTime,
});

const cost = z.object({
  currency: z
    .string({ error: "not a currency code" })
    .regex(/^[A-Za-z]{3}$/, "not a currency code of three letters")
    .transform((code) => code.toUpperCase()),
  limit: limitOf(money),
  used: ifTold(money),
  remaining: ifTold(signedMoney),
  resets_at: isoTime,
});

/** Unknown fields are ignored; a block that is absent or null is not told. Money is in micros after parsing. */
export const neutralAnswer = z.object({
  key: optionalText,
  tokens: tokens.nullish(),
  cost: cost.nullish(),
});

/** The three figures of either block. A limit of null is "unlimited", an absent one "unknown". */
export type Block = Pick<z.infer<typeof tokens>, "limit" | "used" | "remaining">;
