import * as z from "zod";

/**
 * An option that names a path below the address and nothing else: no host, no way up, no query, nothing that a URL parser would
 * rewrite. Left out or empty, it is `usual`. Its problems are plain clauses.
 */
export function pathOption(usual: string): z.ZodType<string> {
  return z
    .string({ error: "not a text" })
    .trim()
    .max(200, "too long")
    .transform((path) => (path === "" ? usual : path))
    .refine((path) => path.startsWith("/"), "must begin with a slash")
    .refine((path) => !path.startsWith("//"), "must not name a host")
    .refine((path) => !/\.\.|%2e/i.test(path), "must not hold two dots")
    .refine((path) => !/[?#]/.test(path), "must not hold a query or a fragment")
    .refine((path) => /^[\w\-.~!$&'()*+,;=:@%/]*$/.test(path), "holds a character that a path cannot have")
    .default(usual);
}
