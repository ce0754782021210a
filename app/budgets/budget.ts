import * as z from "zod";
import { thresholdsSchema } from "../settings/alert-settings.ts";

/** What a budget limits. Money names its currency; amounts of two currencies are added only by a rate that the user gave. */
export const budgetUnitSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("money"), currency: z.string().regex(/^[A-Z]{3}$/) }),
  z.object({ kind: z.literal("tokens") }),
  z.object({ kind: z.literal("requests") }),
  z.object({ kind: z.literal("credits") }),
]);
export type BudgetUnit = z.infer<typeof budgetUnitSchema>;

/** Over what it counts: one source, the sources of one group, or all. */
export const budgetScopeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("source"), sourceId: z.string().min(1).max(64) }),
  z.object({ type: z.literal("group"), group: z.string().min(1).max(80) }),
  z.object({ type: z.literal("all") }),
]);
export type BudgetScope = z.infer<typeof budgetScopeSchema>;

/** A limit of the user's own over what sources report as used. */
export const budgetSchema = z.object({
  /** Short enough that the id of its source is one, too. */
  id: z.string().min(1).max(56),
  label: z.string().min(1).max(80),
  period: z.enum(["day", "week", "month"]),
  unit: budgetUnitSchema,
  /** Major units for money (dollars), else the unit itself. */
  limit: z.number().positive().max(1_000_000_000_000),
  scope: budgetScopeSchema,
  /** What one unit of another currency is worth in the budget's own, by its code; currencies without a rate are not counted. */
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive().max(1_000_000_000)).default({}),
  /** Percent left at which to warn; null: as for all. */
  thresholds: thresholdsSchema.nullable().default(null),
  muted: z.boolean().default(false),
});
export type Budget = z.infer<typeof budgetSchema>;

/** The kind of the sources as which budgets are shown: nothing is polled for them, and no gateway stands behind them. */
export const BUDGET_KIND = "budget";

/** Whether a source that is shown is a budget rather than a gateway. */
export function isBudget({ kind }: { readonly kind: string }): boolean {
  return kind === BUDGET_KIND;
}

/** The id of the source as which a budget is shown. */
export function budgetSourceId(budgetId: string): string {
  return `budget:${budgetId}`;
}
