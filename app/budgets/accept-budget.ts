import { CallFailure } from "../contract/host.ts";
import { toMicros } from "../quota/amount.ts";
import type { Settings } from "../settings/schema.ts";
import { cleanText } from "../sources/clean-text.ts";
import type { Budget } from "./budget.ts";

/** More budgets than anybody could look at; each is counted at each reading. */
export const MOST_BUDGETS = 100;
const MOST_RATES = 40;
const LONGEST_NAME = 80;

export type BudgetDraft = Omit<Budget, "id"> & { readonly id: string | null };

/**
 * A budget that may be saved. Throws CallFailure: "unknown-budget", "unknown-source" and "unknown-group" for what is not there,
 * "invalid-input" with the reason for the rest. What an edited budget is over may be gone: it is not asked for again.
 */
export function acceptBudget(
  { id, ...draft }: BudgetDraft,
  { budgets, sources }: Pick<Settings, "budgets" | "sources">,
  newId: () => string,
): Budget {
  const before = id === null ? null : budgets.find((budget) => budget.id === id);
  if (before === undefined) throw new CallFailure("unknown-budget");
  if (before === null && budgets.length >= MOST_BUDGETS) refuse(`there are ${MOST_BUDGETS} budgets already`);
  const label = cleanText(draft.label, LONGEST_NAME);
  if (label === "") refuse("the name is empty");
  judgeLimit(draft);
  judgeRates(draft);
  if (JSON.stringify(draft.scope) !== JSON.stringify(before?.scope)) judgeScope(draft.scope, sources);
  // Fields of a later version stay.
  return { ...before, ...draft, label, id: before?.id ?? newId() };
}

function judgeLimit({ unit, limit }: Pick<Budget, "unit" | "limit">): void {
  if (unit.kind !== "money") return;
  const micros = toMicros(limit);
  if (micros === null) refuse("the limit is too large to be counted exactly");
  if (micros < 1) refuse("the limit is less than a millionth of the currency's unit");
}

function judgeRates({ unit, rates }: Pick<Budget, "unit" | "rates">): void {
  const codes = Object.keys(rates);
  if (codes.length === 0) return;
  if (unit.kind !== "money") refuse("rates are for budgets of money");
  if (codes.includes(unit.currency)) refuse(`${unit.currency} is the budget's own currency and needs no rate`);
  if (codes.length > MOST_RATES) refuse(`there are more than ${MOST_RATES} rates`);
}

function judgeScope(scope: Budget["scope"], sources: Settings["sources"]): void {
  switch (scope.type) {
    case "source":
      if (!sources.some(({ id }) => id === scope.sourceId)) throw new CallFailure("unknown-source");
      return;
    case "group":
      if (!sources.some(({ group }) => group === scope.group)) throw new CallFailure("unknown-group");
      return;
    case "all":
      return;
  }
}

function refuse(detail: string): never {
  throw new CallFailure("invalid-input", detail);
}
