import type * as z from "zod";

/** The first complaint of a schema as one plain clause with the field's path ("cost.limit: not a number"); no value is quoted. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not as expected";
  const path = issue.path.map(String).join(".");
  const problem = issue.code === "invalid_type" ? typeProblem(issue) : issue.message;
  return path === "" ? problem : `${path}: ${problem}`;
}

/** The library's own words name JavaScript's types; a message that a schema brought along is kept. */
function typeProblem({ expected, message }: { readonly expected: string; readonly message: string }): string {
  if (!message.startsWith("Invalid input:")) return message;
  if (message.endsWith("received undefined")) return "missing";
  switch (expected) {
    case "object":
    case "record":
      return "not an object";
    case "array":
      return "not a list";
    case "string":
      return "not a text";
    case "int":
      return "not a whole number";
    case "boolean":
      return "neither true nor false";
    default:
      return `not a ${expected}`;
  }
}
