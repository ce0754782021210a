import * as z from "zod";

/** A text that only decorates a reading (a name, a label): anything but a non-empty string is null, never a failure. */
export const optionalText: z.ZodType<string | null> = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" && value.trim() !== "" ? value : null));
