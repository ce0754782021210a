import * as z from "zod";
import { ifTold, money, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET /v1/manage/apikey/self`: US dollars as decimal texts, in micros after parsing. */
export const keyAnswer = z.object({
  id: optionalText,
  name: optionalText,
  monthly_spend: money,
  /** Documented: "0" is no limit. Null is not, and says nothing. */
  monthly_limit: ifTold(money).transform((limit) => (limit === 0 ? "unlimited" : limit)),
  permissions: z.object({ manage: optionalText }).nullish().catch(null),
});

/** `GET /v1/manage/org`: US dollars, in micros after parsing. */
export const organizationAnswer = z.object({ balance: signedMoney });
