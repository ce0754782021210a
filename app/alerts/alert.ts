import * as z from "zod";
import { labelSchema } from "../quota/meter.ts";

/** An alert that fired. Faces word it with app/wording/alert.ts. Holds no secret. */
export const alertSchema = z.object({
  /** Stable per source · meter · window instance · threshold, so that a platform replaces rather than repeats. */
  id: z.string(),
  sourceId: z.string(),
  sourceLabel: z.string(),
  meterId: z.string(),
  meterLabel: labelSchema,
  /** The line that was crossed, percent left. */
  threshold: z.number(),
  percentRemaining: z.number(),
  /** Epoch milliseconds, null where the window has no known reset. */
  resetsAt: z.number().nullable(),
  firedAt: z.number(),
  demo: z.boolean(),
});
export type Alert = z.infer<typeof alertSchema>;
