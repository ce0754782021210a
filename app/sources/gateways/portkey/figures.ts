import { type Amount, subtract, toMicros } from "../../../quota/amount.ts";
import type { Confidence, Meter, Unit } from "../../../quota/meter.ts";

/** What a limit of this type counts: dollars, tokens, or what we have no name for. */
export function unitOf(type: string | null): Unit {
  switch (type) {
    // Limits were in dollars before there were types.
    case null:
    case "cost":
      return { kind: "money", currency: "USD" };
    case "tokens":
      return { kind: "tokens" };
    case "requests":
      return { kind: "requests" };
    default:
      return { kind: "units" };
  }
}

/** A figure as sent, in the meter's unit: dollars become micros. */
export function inUnit(unit: Unit, value: number | "unknown"): number | "unknown" {
  return value === "unknown" || unit.kind !== "money" ? value : (toMicros(value) ?? "unknown");
}

/**
 * The figures of a limit; one that is told to be exhausted has nothing left, whatever is known of its use. An estimate that reaches
 * the limit of one that is not told to be exhausted does not say what is left: it counts more than the limit does.
 */
export function figures(
  limit: Amount,
  used: Amount,
  exhausted: boolean,
  confidence: Confidence,
): Pick<Meter, "limit" | "used" | "remaining" | "confidence"> {
  if (!exhausted || typeof limit !== "number") {
    const rest = subtract(limit, used);
    const doubtful = confidence === "estimated" && typeof rest === "number" && rest <= 0;
    return { limit, used, remaining: doubtful ? "unknown" : rest, confidence };
  }
  const atLeast = typeof used === "number" ? Math.max(used, limit) : limit;
  return { limit, used: atLeast, remaining: limit - atLeast, confidence: "derived" };
}
