import { subtract } from "../../../quota/amount.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import { countedWords, windowWords } from "../../named-window.ts";
import { wholeSlug } from "../../slug.ts";
import { type BudgetDuration, budgetWindow, parseBudgetDuration } from "./budget-window.ts";
import { type KeyInfo, modelBudget, modelUsage, windowEntry, windowUsage } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/**
 * The further budgets of a key, one per window ("1d", "30d"). Recent, and not the same in all versions: an entry that does not
 * fit is left out, and spend that is not found is unknown.
 */
export function keyBudgets(info: KeyInfo): Meter[] {
  const meters = new Map<string, Meter>();
  for (const entry of info.budget_limits ?? []) {
    const parsed = windowEntry.safeParse(entry);
    const length = parsed.success ? parseBudgetDuration(parsed.data.budget_duration) : null;
    if (!parsed.success || length === null) continue;
    const { budget_duration: duration, max_budget: limit, reset_at } = parsed.data;
    const used = windowSpend(info.budget_limits_usage, duration);
    const id = `key-budget-${duration.trim()}`;
    meters.set(id, {
      id,
      label: { key: "meter.key-budget-of", params: { name: words(length) } },
      unit: USD,
      limit,
      used,
      remaining: subtract(limit, used),
      window: budgetWindow(duration, reset_at),
      scope: "key",
      confidence: used === "unknown" ? "reported" : "derived",
    });
  }
  return [...meters.values()];
}

function words(length: BudgetDuration): string {
  return "months" in length ? countedWords(length.months, "month") : windowWords(length.ms);
}

/** By duration in newer versions, as a list whose items name it in others. */
function windowSpend(usage: unknown, duration: string): number | "unknown" {
  if (typeof usage !== "object" || usage === null) return "unknown";
  const items = Array.isArray(usage)
    ? usage.filter((item) => windowUsage.safeParse(item).data?.budget_duration === duration)
    : [new Map<string, unknown>(Object.entries(usage)).get(duration)];
  const { data } = windowUsage.safeParse(items[0]);
  if (data === undefined) return "unknown";
  return data.current_spend === "unknown" ? data.spend : data.current_spend;
}

/**
 * One meter per model that has a budget of its own. `model_max_budget_usage` is the spend of the window; versions without it
 * tell only `model_spend`, which is that of the key's whole life and so says nothing of a budget that resets.
 */
export function modelBudgets(info: KeyInfo): Meter[] {
  const ids = new Set<string>();
  return Object.entries(info.model_max_budget ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([model, value]) => {
      const { data: budget } = modelBudget.safeParse(value);
      if (budget === undefined) return [];
      const used = modelSpend(info, model, budget.period !== null);
      return [
        {
          id: freeId(`model-${wholeSlug(model)}`, ids),
          label: { key: "meter.model-budget", params: { name: model } },
          unit: USD,
          limit: budget.limit,
          used,
          remaining: subtract(budget.limit, used),
          window: budgetWindow(budget.period, null),
          scope: "model" as const,
          confidence: used === "unknown" ? "reported" : "derived",
        } satisfies Meter,
      ];
    });
}

function modelSpend(info: KeyInfo, model: string, resets: boolean): number | "unknown" {
  const current = modelUsage.safeParse(info.model_max_budget_usage?.[model]);
  if (current.success) return current.data.current_spend;
  if (resets) return "unknown";
  const spent = modelUsage.safeParse({ current_spend: info.model_spend?.[model] });
  return spent.success ? spent.data.current_spend : "unknown";
}

/** Two models whose names differ only in punctuation still get an id each. */
function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let nth = 2; taken.has(id); nth += 1) id = `${wanted}-${nth}`;
  taken.add(id);
  return id;
}
