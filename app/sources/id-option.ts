import * as z from "zod";

const id = z
  .string({ error: (issue) => (issue.input === undefined ? "missing" : "not a text") })
  .trim()
  .max(100, "too long")
  .regex(/^[\w-]*$/, "holds a character that an ID does not have");

/** An id of a team, project, account, … that goes into a path or a header: letters, digits, "-" and "_". Empty: not given. */
export const idOption: z.ZodType<string> = id.default("");

/** The same, where nothing can be asked without it. */
export const requiredId: z.ZodType<string> = id.min(1, "missing");
