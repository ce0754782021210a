import * as z from "zod";
import { type Amount, amountSchema } from "./amount.ts";

/** What a meter counts. Money is in integer micros of an ISO 4217 currency; `percent` is 0–100 and has no absolute amount. */
export const unitSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("money"), currency: z.string().regex(/^[A-Z]{3}$/) }),
  z.object({ kind: z.literal("tokens") }),
  z.object({ kind: z.literal("requests") }),
  z.object({ kind: z.literal("credits") }),
  z.object({ kind: z.literal("points") }),
  z.object({ kind: z.literal("characters") }),
  z.object({ kind: z.literal("hours") }),
  /** The service counts something that it does not name. */
  z.object({ kind: z.literal("units") }),
  z.object({ kind: z.literal("percent") }),
]);
export type Unit = z.infer<typeof unitSchema>;

/**
 * Where the reset time comes from: the server said so, or we worked it out from the documented calendar. `refill`: it is no reset at
 * all but when a limit that refills all the time, or within minutes, is full again; nobody waits for it, and figures do not go
 * stale with it.
 */
export const resetBasisSchema = z.enum(["reported", "derived", "refill"]);

/**
 * When the quota comes back.
 * `resetsAt`: epoch milliseconds, null where not known. `period` windows have a reset but no known length.
 */
export const windowSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("rolling"),
    lengthMs: z.number().nullable(),
    resetsAt: z.number().nullable(),
    resetBasis: resetBasisSchema,
  }),
  z.object({
    kind: z.literal("calendar"),
    period: z.enum(["day", "week", "month"]),
    timeZone: z.string(),
    resetsAt: z.number(),
    resetBasis: resetBasisSchema,
  }),
  z.object({ kind: z.literal("period"), resetsAt: z.number().nullable(), resetBasis: resetBasisSchema }),
  z.object({ kind: z.literal("balance") }),
  z.object({ kind: z.literal("lifetime") }),
]);
export type Window = z.infer<typeof windowSchema>;

export const scopeSchema = z.enum(["key", "user", "team", "organization", "account", "model"]);
export type Scope = z.infer<typeof scopeSchema>;

/** reported: the server's own figure; derived: computed exactly from its figures; estimated: our best guess. */
export const confidenceSchema = z.enum(["reported", "derived", "estimated"]);
export type Confidence = z.infer<typeof confidenceSchema>;

/**
 * A label that we word (a message key of app/locales, with what the gateway calls it as parameters) or one that the gateway
 * gave (shown as it is).
 */
export const labelSchema = z.union([
  z.object({ key: z.string(), params: z.record(z.string(), z.string()).optional() }),
  z.object({ text: z.string() }),
]);
export type Label = z.infer<typeof labelSchema>;

/** One limited quantity of one source. `id` is stable within its source across polls and versions. */
export const meterSchema = z.object({
  id: z.string(),
  label: labelSchema,
  unit: unitSchema,
  limit: amountSchema,
  used: amountSchema,
  remaining: amountSchema,
  window: windowSchema,
  scope: scopeSchema,
  confidence: confidenceSchema,
  /** The id of the meter that this one is a part of ("granted" of the balance): told beside it, not added to it. */
  partOf: z.string().optional(),
});
export type Meter = z.infer<typeof meterSchema>;

/**
 * Share of the limit that is left, in percent, not rounded; negative when overdrawn, above 100 when more was granted.
 * "unlimited" when there is no limit; "unknown" when remaining is not told, or something remains of a limit that is not
 * told or 0. Nothing remaining is 0 even where the limit is not told.
 */
export function percentRemaining(meter: Pick<Meter, "unit" | "limit" | "remaining">): Amount {
  const { limit, remaining } = meter;
  if (limit === "unlimited" || remaining === "unlimited") return "unlimited";
  if (meter.unit.kind === "percent") return remaining;
  if (remaining === "unknown") return "unknown";
  // A balance has no limit to take a share of, but none left is none left.
  if (limit === "unknown") return remaining <= 0 ? 0 : "unknown";
  if (limit > 0) return (remaining / limit) * 100;
  return remaining <= 0 ? 0 : "unknown";
}

/** The time the window resets, epoch milliseconds; null for balances, lifetimes, refills and windows that do not say. */
export function resetsAt(meter: Pick<Meter, "window">): number | null {
  const { window } = meter;
  if (window.kind === "balance" || window.kind === "lifetime") return null;
  return window.resetBasis === "refill" ? null : window.resetsAt;
}

/** When a limit that refills is full again, epoch milliseconds; null where it does not refill, or does not say. */
export function refillsAt(meter: Pick<Meter, "window">): number | null {
  const { window } = meter;
  return window.kind === "rolling" && window.resetBasis === "refill" ? window.resetsAt : null;
}

/** True once the window's reset time has passed: what was read before it no longer holds. */
export function isPastReset(meter: Pick<Meter, "window">, now: number): boolean {
  const at = resetsAt(meter);
  return at !== null && at <= now;
}
