import { type Amount, subtract } from "../quota/amount.ts";

/** `subtract` without the noise of binary fractions: 100 less 99.9 is 0.1. Figures are exact to the millionth. */
export function difference(limit: Amount, used: Amount): Amount {
  const rest = subtract(limit, used);
  return typeof rest !== "number" || Number.isInteger(rest) ? rest : Math.round(rest * 1_000_000) / 1_000_000 + 0;
}

/** What was used of a limit of which only the rest is told; 0 where more is left than the limit is. */
export function usedOf(limit: Amount, remaining: Amount): Amount {
  if (typeof limit !== "number" || typeof remaining !== "number") return "unknown";
  const used = difference(limit, remaining);
  return typeof used === "number" ? Math.max(0, used) : used;
}
