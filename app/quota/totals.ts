import { countedOnce } from "./same-thing.ts";
import type { SourceState } from "./snapshot.ts";

/** What is left of all prepaid balances in one currency. Currencies are never added together. */
export interface PrepaidTotal {
  readonly currency: string;
  /** Integer micros. */
  readonly remaining: number;
  /** How many balances it is made of. */
  readonly balances: number;
}

/**
 * The prepaid money left, by currency, the largest number of balances first. One account counts once, through however many keys it
 * is read. Sources that the user paused do not count, and balances that are not told do not either; a part of another balance
 * (granted, paid) is told beside the whole and is not money of its own.
 */
export function prepaidTotals(
  sources: readonly Pick<SourceState, "kind" | "reading" | "status">[],
): readonly PrepaidTotal[] {
  const totals = new Map<string, { remaining: number; balances: number }>();
  const counting = sources.filter(({ status }) => status.state !== "paused");
  for (const { meter } of countedOnce(counting)) {
    if (meter.window.kind !== "balance" || meter.unit.kind !== "money" || typeof meter.remaining !== "number") continue;
    if (meter.partOf !== undefined) continue;
    const before = totals.get(meter.unit.currency) ?? { remaining: 0, balances: 0 };
    totals.set(meter.unit.currency, {
      remaining: before.remaining + meter.remaining,
      balances: before.balances + 1,
    });
  }
  return [...totals]
    .map(([currency, total]) => ({ currency, ...total }))
    .sort((a, b) => b.balances - a.balances || (a.currency < b.currency ? -1 : 1));
}
