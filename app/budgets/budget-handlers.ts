import { CallFailure, type Handlers } from "../contract/host.ts";
import type { Ports } from "../ports.ts";
import type { LiveSettings } from "../settings/live-settings.ts";
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
  const find = (id: string): Budget => {
    const found = settings()
      .current()
      .budgets.find((budget) => budget.id === id);
    if (found === undefined) throw new CallFailure("unknown-budget");
    return found;
  };
  return {
    "budgets.save": async ({ id, ...draft }) => {
      const before = id === null ? null : find(id);
      const budget: Budget = { ...before, ...draft, id: before?.id ?? ports.random.id() };
      await settings().change((current) => ({
        ...current,
        budgets:
          before === null
            ? [...current.budgets, budget]
            : current.budgets.map((other) => (other.id === budget.id ? budget : other)),
      }));
      await apply();
      return { id: budget.id };
    },
    "budgets.remove": async ({ id }) => {
      find(id);
      await settings().change((current) => ({
        ...current,
        budgets: current.budgets.filter((budget) => budget.id !== id),
      }));
      await apply();
      return undefined;
    },
  };
}
