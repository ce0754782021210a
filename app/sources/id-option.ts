import * as z from "zod";

/** An id of a team, project, account, … that goes into a path or a header: letters, digits, "-" and "_". Empty: not given. */
export const idOption: z.ZodType<string> = z
  .string({ error: "not a text" })
  .trim()
  .max(100, "too long")
  .regex(/^[\w-]*$/, "holds a character that an ID does not have")
  .default("");
