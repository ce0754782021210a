import * as z from "zod";
import { ifTold, money } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

const account = z.object({
  /** "accounts/<id>" */
  name: z.string().regex(/^accounts\/(?=.{1,100}$)[\w-]+(\.[\w-]+)*$/, "not the name of an account"),
  displayName: optionalText,
  /** UNSUSPENDED, DELINQUENT, OVER_QUOTA, … */
  suspendState: optionalText,
});
export type Account = z.infer<typeof account>;

/** `GET /v1/accounts`. */
export const accountsAnswer = z.object({ accounts: z.array(account).default([]), nextPageToken: optionalText });

/** The cap on what a calendar month may cost. The service has many more quotas, of machines and of rates. */
export const MONTHLY_SPEND = "monthly-spend-usd";

/**
 * `GET /v1/accounts/{id}/quotas`, read for the monthly spend alone: other quotas count other things.
 * `value` is the limit that counts (`maxValue` is how far it may be raised), a text; `usage` is a number. Whole dollars are
 * presumed for both.
 */
export const quotasAnswer = z.object({
  quotas: z
    .array(z.object({ name: z.string(), value: z.unknown().optional(), usage: z.unknown().optional() }))
    .default([])
    .transform((quotas) =>
      quotas.filter(({ name }) => name.endsWith(`/${MONTHLY_SPEND}`)).map(({ value, usage }) => ({ value, usage })),
    )
    .pipe(z.array(z.object({ value: ifTold(money), usage: ifTold(money) }))),
  nextPageToken: optionalText,
});
