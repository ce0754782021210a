import * as z from "zod";

/**
 * How much of something: a finite number in the meter's unit, no limit at all, or not told.
 * "unknown" is never 0, and a sum with an unknown in it is unknown.
 */
export type Amount = number | "unlimited" | "unknown";

export const amountSchema = z.union([z.number(), z.literal("unlimited"), z.literal("unknown")]);

/** Integer micros of a currency's major unit: 1 USD is 1_000_000. */
export const MICROS_PER_UNIT = 1_000_000;

/** Beyond this an integer in micros, or a token count, could no longer be exact. */
export const LARGEST_EXACT = Number.MAX_SAFE_INTEGER;

/**
 * Major units (dollars) to integer micros, rounded half away from zero.
 * Returns null when the result would not be an exact integer (NaN, infinite, or beyond 9 billion units).
 */
export function toMicros(majorUnits: number): number | null {
  if (!Number.isFinite(majorUnits)) return null;
  const micros = Math.sign(majorUnits) * Math.round(Math.abs(majorUnits) * MICROS_PER_UNIT);
  return Math.abs(micros) <= LARGEST_EXACT ? micros + 0 : null;
}

/** Integer micros to major units (dollars). */
export function fromMicros(micros: number): number {
  return micros / MICROS_PER_UNIT;
}

/** `limit − used`; unlimited stays unlimited, and anything unknown makes the result unknown. May be negative. */
export function subtract(limit: Amount, used: Amount): Amount {
  if (limit === "unlimited") return "unlimited";
  if (limit === "unknown" || used === "unknown" || used === "unlimited") return "unknown";
  return limit - used;
}
