import * as z from "zod";
import { ifTold, percent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

/** `percent` is used, 0–100. A `status` of "rate-limited" says that it is used up; the figures hold all the same. */
const usageWindow = z.object({ percent: ifTold(percent), resetsAt: isoTime }).nullish();

/** `GET /zen/go/v1/usage`. */
export const usageAnswer = z.object({
  workspaceID: optionalText,
  userID: optionalText,
  usage: z.object({ rolling: usageWindow, weekly: usageWindow, monthly: usageWindow }),
});
export type GoUsage = z.infer<typeof usageAnswer>["usage"];
