import type { Meter, Scope } from "../quota/meter.ts";
import type { BudgetUnit } from "./budget.ts";
import { type Counter, figureOf } from "./counter.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From the narrowest to the widest. A single model's figures are a part of the key's and come last. */
const SCOPES: readonly Scope[] = ["key", "user", "team", "organization", "account", "model"];

/** The unit in which a meter's figures can be counted against a budget; null where no budget has it. */
export function budgetUnitOf({ unit }: Pick<Meter, "unit">): BudgetUnit | null {
  switch (unit.kind) {
    case "money":
      return { kind: "money", currency: unit.currency };
    case "tokens":
    case "requests":
    case "credits":
      return { kind: unit.kind };
    case "points":
    case "characters":
    case "hours":
    case "units":
    case "percent":
      return null;
  }
}

/** "money USD", "tokens": equal for equal units. */
export function unitName(unit: BudgetUnit): string {
  return unit.kind === "money" ? `money ${unit.currency}` : unit.kind;
}

/**
 * Whether a meter says anything about spending: it tells a figure that is not a part of another one's, and its window lasts
 * long enough to be seen more than once. Limits that refill (rate limits) do not.
 */
export function isCountable(meter: Meter): boolean {
  const { window } = meter;
  if (meter.partOf !== undefined || budgetUnitOf(meter) === null || figureOf(meter) === null) return false;
  if (window.kind === "rolling" || window.kind === "period") {
    if (window.resetBasis === "refill") return false;
  }
  return window.kind !== "rolling" || window.lengthMs === null || window.lengthMs > HOUR_MS;
}

/**
 * How much of what is spent a counter tells, 0 first: docs/behaviour/budgets.md has this as a table.
 * 0 never resets · 1 resets after a week or more · 2 what is left of a balance · 3 resets sooner · 4 what is left of a window
 */
export function lossClass({ direction, window, lengthMs }: Pick<Counter, "direction" | "window" | "lengthMs">): number {
  if (direction === "falling") return window === "balance" ? 2 : 4;
  switch (window) {
    case "lifetime":
    case "balance":
      return 0;
    case "period":
    case "month":
    case "week":
      return 1;
    case "rolling":
      return lengthMs !== null && lengthMs >= 7 * DAY_MS ? 1 : 3;
    case "day":
      return 3;
  }
}

/** Those of `counters` whose figures, added together, are what was spent: one, or the purses of one holder. */
export function chosen<C extends Pick<Counter, "direction" | "scope" | "window" | "lengthMs">>(
  counters: readonly C[],
): readonly C[] {
  const [best] = counters.toSorted(
    (a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope) || lossClass(a) - lossClass(b),
  );
  if (best === undefined) return [];
  if (best.window !== "balance") return [best];
  // Money in one purse is not money in another: a service that keeps several tells each of them.
  return counters.filter(
    ({ scope, window, direction }) => scope === best.scope && window === "balance" && direction === best.direction,
  );
}

/** How wide a scope is, for telling which of two figures holds the other: 0 is the narrowest. */
export function scopeWidth(scope: Scope): number {
  return SCOPES.indexOf(scope === "model" ? "key" : scope);
}
