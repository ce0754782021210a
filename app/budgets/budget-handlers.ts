import { CallFailure, type Handlers } from "../contract/host.ts";
import type { Ports } from "../ports.ts";
import type { LiveSettings } from "../settings/live-settings.ts";
import { acceptBudget } from "./accept-budget.ts";
import type { Budget } from "./budget.ts";

export interface BudgetHandlerParts {
  readonly ports: Pick<Ports, "random" | "clock">;
  readonly settings: () => LiveSettings;
  /** Makes what is shown follow the settings. */
  readonly apply: () => Promise<void>;
}

/** The answers to the calls about budgets. */
export function createBudgetHandlers({
  ports,
  settings,
  apply,
}: BudgetHandlerParts): Pick<Handlers, "budgets.save" | "budgets.remove"> {
  return {
    "budgets.save": async (draft) => {
      const saved = { id: "" };
      await settings().change((current) => {
        // Judged by the settings that it is written into: another process may have changed them.
        const budget = acceptBudget(draft, current, () => ports.random.id());
        saved.id = budget.id;
        return { ...current, budgets: withBudget(current.budgets, budget) };
      });
      await apply();
      return saved;
    },
    "budgets.remove": async ({ id }) => {
      await settings().change((current) => {
        if (!current.budgets.some((budget) => budget.id === id)) throw new CallFailure("unknown-budget");
        return { ...current, budgets: current.budgets.filter((budget) => budget.id !== id) };
      });
      await apply();
      return undefined;
    },
  };
}

function withBudget(budgets: readonly Budget[], budget: Budget): readonly Budget[] {
  const isThere = budgets.some(({ id }) => id === budget.id);
  return isThere ? budgets.map((other) => (other.id === budget.id ? budget : other)) : [...budgets, budget];
}
