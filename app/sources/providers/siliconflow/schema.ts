import * as z from "zod";
import { ifTold, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET /v1/user/info`. Decimal texts in major units, in micros after parsing; the body does not say of which currency. */
export const userInfoAnswer = z.object({
  data: z.object({
    id: optionalText,
    name: optionalText,
    /** "normal" as long as nothing is wrong with the account. */
    status: optionalText,
    /** The gift alone, whatever its name says. */
    balance: ifTold(signedMoney),
    chargeBalance: ifTold(signedMoney),
    totalBalance: signedMoney,
  }),
});
