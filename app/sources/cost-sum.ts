import { LARGEST_EXACT } from "../quota/amount.ts";
import { ReadError } from "../quota/failure.ts";

/** One cost as a report lists it: micros of its currency. Credits are negative. */
export interface Cost {
  readonly micros: number;
  readonly currency: string;
}

/**
 * The sum of costs in one currency, 0 where credits outweigh them; `currencyOfNothing` is that of a report without any.
 * Throws ReadError "unexpected-shape" where currencies are mixed (no rate is known to add them by), or the sum is not exact.
 */
export function sumOfCosts(costs: readonly Cost[], currencyOfNothing: string): Cost {
  const currency = costs[0]?.currency ?? currencyOfNothing;
  if (costs.some((cost) => cost.currency !== currency)) {
    throw new ReadError("unexpected-shape", { detail: "the costs are in more than one currency" });
  }
  const micros = costs.reduce((sum, cost) => sum + cost.micros, 0);
  if (Math.abs(micros) > LARGEST_EXACT)
    throw new ReadError("unexpected-shape", { detail: "the costs are too large to be true" });
  return { micros: Math.max(0, micros), currency };
}
