import * as z from "zod";
import { queryAt } from "./query.ts";

const names = z.array(z.string().min(1).max(100)).min(1).max(20);

/** A literal own-property path: a list of names, or a text with dots between them. Null where it is neither. */
export function placeOf(value: unknown): readonly string[] | null {
  const list = typeof value === "string" ? value.split(".") : value;
  const parsed = names.safeParse(list);
  return parsed.success ? parsed.data : null;
}

/** A number source: a path alone, or with what to divide by. Null where there is no path, or another divisor than the format has. */
export function readSource(value: unknown): { readonly path: string; readonly scale?: number } | null {
  const bare = placeOf(value);
  if (bare !== null) return { path: queryAt(bare) };
  const parsed = z
    .object({
      path: z.unknown(),
      divideBy: z.union([z.literal(1), z.literal(100), z.literal(1000), z.literal(1_000_000)]).optional(),
    })
    .safeParse(value);
  if (!parsed.success) return null;
  const place = placeOf(parsed.data.path);
  if (place === null) return null;
  const { divideBy } = parsed.data;
  return { path: queryAt(place), ...(divideBy !== undefined && divideBy !== 1 && { scale: divideBy }) };
}
