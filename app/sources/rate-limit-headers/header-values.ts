import type * as z from "zod";

/** Headers of one answer that may tell a limit, names in lower case. */
export type LimitHeaders = ReadonlyMap<string, string>;

/** No limit needs more; what is longer is somebody's cookie or an attack. */
const LONGEST_VALUE = 4096;
const TELLS_LIMITS =
  /ratelimit|^anthropic-priority-|^x-codex-|^x-litellm-key-|^x-(?:trial-)?endpoint-|^retry-after|^date$/i;

/** The few headers that the parsers look at, so that each of them sees no others. */
export function limitHeaders(headers: Readonly<Record<string, string>>): LimitHeaders {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (TELLS_LIMITS.test(name) && value.length <= LONGEST_VALUE) found.set(name.toLowerCase(), value);
  }
  return found;
}

/**
 * The value of a header. One that was sent twice comes joined by a comma: the same value twice is that value, and of two
 * different ones (the gateway's and its upstream's) nobody can say which holds, so that is null.
 */
export function soleValue(text: string | undefined): string | null {
  const [first = "", ...others] = (text ?? "").split(",").map((part) => part.trim());
  return first !== "" && others.every((other) => other === first) ? first : null;
}

/** A header read by one of the schemas of numbers.ts; null where it is absent or does not fit. */
export function figure(text: string | undefined, schema: z.ZodType<number>): number | null {
  const value = soleValue(text);
  const parsed = value === null ? null : schema.safeParse(value);
  return parsed?.success === true ? parsed.data : null;
}
