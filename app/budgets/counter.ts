import * as z from "zod";
import { type Meter, resetsAt, scopeSchema } from "../quota/meter.ts";

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
  /** Figures of the present window that were told within the last minutes, oldest first: a late answer repeats one of them. */
  recent: z.array(z.object({ at: z.number(), figure: z.number() })).max(20),
  /** What the window before (or the balance before a top-up) told last: a late answer may repeat that, too. */
  former: z.object({ least: z.number(), most: z.number(), until: z.number() }).nullable(),
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

/** A counter at its first sight. */
export function newCounter(
  meter: Meter,
  { direction, figure }: Pick<Counter, "direction" | "figure">,
  at: number,
): Counter {
  return {
    meterId: meter.id,
    direction,
    ...kindOf(meter),
    at,
    figure,
    resetsAt: resetsAt(meter),
    recent: [{ at, figure }],
    former: null,
  };
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
