import type * as z from "zod";

/** The first complaint of a schema as one plain clause with the field's path ("cost.limit: expected number"); no value is quoted. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not as expected";
  const path = issue.path.map(String).join(".");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}
