import { ReadError } from "../quota/failure.ts";

/** One cost as a report lists it: micros of its currency. Credits are negative. */
export interface Cost {
  readonly micros: number;
  readonly currency: string;
}

/**
 * The sum of costs in one currency; `currencyOfNothing` is that of a report without any.
 * Throws ReadError "unexpected-shape" where currencies are mixed: no rate is known to add them by.
 */
export function sumOfCosts(costs: readonly Cost[], currencyOfNothing: string): Cost {
  const currency = costs[0]?.currency ?? currencyOfNothing;
  if (costs.some((cost) => cost.currency !== currency)) {
    throw new ReadError("unexpected-shape", { detail: "the costs are in more than one currency" });
  }
  return { micros: costs.reduce((sum, { micros }) => sum + micros, 0), currency };
}
