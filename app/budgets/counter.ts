import * as z from "zod";
import { type Meter, scopeSchema } from "../quota/meter.ts";

export const MOST_RECENT_FIGURES = 40;

/**
 * One meter followed from reading to reading, so that what was spent in between can be told. Amounts are in the meter's unit
 * (micros for money), times epoch milliseconds. Holds nothing but figures.
 */
export const counterSchema = z.object({
  meterId: z.string().max(200),
  /** rising: what was used; falling: what is left, where nothing else is told. */
  direction: z.enum(["rising", "falling"]),
  scope: scopeSchema,
  window: z.enum(["balance", "lifetime", "period", "rolling", "day", "week", "month"]),
  lengthMs: z.number().nullable(),
  estimated: z.boolean(),
  /** When it was read last. */
  at: z.number(),
  /** The highest figure of the present window where it rises, the lowest where it falls: late figures do not count twice. */
  figure: z.number(),
  resetsAt: z.number().nullable(),
  /** Figures of the present window from the last minutes, and the one before them, oldest first: late ones lie between them. */
  recent: z.array(z.object({ at: z.number(), figure: z.number() })).max(MOST_RECENT_FIGURES),
  /** Since a reset or a top-up a moment ago: figures beyond this one may still be late ones from before it. */
  former: z.object({ figure: z.number(), until: z.number() }).nullable(),
});
export type Counter = z.infer<typeof counterSchema>;

/** The figure to follow of a meter; null where it tells none that says anything about spending. */
export function figureOf(meter: Meter): Pick<Counter, "direction" | "figure"> | null {
  const { used, limit, remaining } = meter;
  if (typeof used === "number") return { direction: "rising", figure: Math.max(0, used) };
  if (typeof remaining !== "number") return null;
  // What was not told follows from the rest; a balance has no limit to take it from.
  if (typeof limit === "number" && meter.window.kind !== "balance")
    return { direction: "rising", figure: Math.max(0, limit - remaining) };
  return { direction: "falling", figure: remaining };
}

/** What changes with the settings of a gateway rather than with what was spent. */
export function kindOf(meter: Meter): Pick<Counter, "scope" | "window" | "lengthMs" | "estimated"> {
  const { window } = meter;
  return {
    scope: meter.scope,
    window: window.kind === "calendar" ? window.period : window.kind,
    lengthMs: window.kind === "rolling" ? window.lengthMs : null,
    estimated: meter.confidence === "estimated",
  };
}
