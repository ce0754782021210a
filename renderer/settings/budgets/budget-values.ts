import type { Budget, BudgetScope, BudgetUnit } from "../../../app/budgets/budget.ts";
import type { CallInput } from "../../../app/contract/contract.ts";

/** What the form of a budget holds: texts as they are typed. */
export interface BudgetValues {
  readonly id: string | null;
  readonly label: string;
  readonly period: Budget["period"];
  readonly unit: BudgetUnit["kind"];
  readonly currency: string;
  readonly limit: string;
  readonly scope: BudgetScope;
  readonly rates: readonly { readonly currency: string; readonly rate: string }[];
  readonly thresholds: readonly number[] | null;
  readonly muted: boolean;
}

/** Which field is not usable yet. */
export type BudgetProblem = "limit" | "currency" | "rate" | "source" | "group";

export type BudgetDraftResult =
  | { readonly ok: true; readonly draft: CallInput<"budgets.save"> }
  | { readonly ok: false; readonly problem: BudgetProblem };

/** What the form begins with. */
export function openingValues(budget: Budget | null, currency: string): BudgetValues {
  if (budget === null) {
    return {
      id: null,
      label: "",
      period: "month",
      unit: "money",
      currency,
      limit: "",
      scope: { type: "all" },
      rates: [],
      thresholds: null,
      muted: false,
    };
  }
  const { id, label, period, unit, limit, scope, rates, thresholds, muted } = budget;
  return {
    id,
    label,
    period,
    unit: unit.kind,
    currency: unit.kind === "money" ? unit.currency : currency,
    limit: String(limit),
    scope,
    rates: Object.entries(rates).map(([code, rate]) => ({ currency: code, rate: String(rate) })),
    thresholds,
    muted,
  };
}

/** The draft that the values make, with `name` where none was given; or the first field that is not usable. */
export function toBudgetDraft(values: BudgetValues, name: string): BudgetDraftResult {
  const limit = parseNumber(values.limit);
  if (limit === null) return { ok: false, problem: "limit" };
  const { scope } = values;
  if (scope.type === "source" && scope.sourceId === "") return { ok: false, problem: "source" };
  if (scope.type === "group" && scope.group === "") return { ok: false, problem: "group" };
  const isMoney = values.unit === "money";
  const currency = values.currency.trim().toUpperCase();
  if (isMoney && !isCurrency(currency)) return { ok: false, problem: "currency" };
  const rates: [string, number][] = [];
  for (const given of isMoney ? values.rates : []) {
    const code = given.currency.trim().toUpperCase();
    if (code === "" && given.rate.trim() === "") continue;
    const rate = parseNumber(given.rate);
    if (!isCurrency(code) || code === currency || rate === null) return { ok: false, problem: "rate" };
    rates.push([code, rate]);
  }
  return {
    ok: true,
    draft: {
      id: values.id,
      label: values.label.trim() === "" ? name : values.label.trim(),
      period: values.period,
      unit: values.unit === "money" ? { kind: "money", currency } : { kind: values.unit },
      limit,
      scope,
      rates: Object.fromEntries(rates),
      thresholds: values.thresholds === null ? null : [...values.thresholds],
      muted: values.muted,
    },
  };
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}

/** A positive number, with a point or a comma before its decimals; null for anything that could be read in two ways. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(/[\s\u00a0\u202f'’_]/g, "");
  if (!/^\d{1,15}([.,]\d{1,6})?$/.test(plain)) return null;
  // "1,000" is a thousand to one reader and one to another.
  if (/^\d{1,3},\d{3}$/.test(plain)) return null;
  const value = Number(plain.replace(",", "."));
  return value > 0 ? value : null;
}
