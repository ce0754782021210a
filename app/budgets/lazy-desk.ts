import type { BudgetDesk, BudgetDeskOptions, BudgetSettings } from "./budget-desk.ts";

type Later = (desk: BudgetDesk) => void;

/**
 * The desk of the budgets, loaded (with its calendar) when it is asked to `load`, and by a command that ends at once only where there
 * is a budget. What comes before that waits for it.
 */
export function createLazyBudgetDesk(options: BudgetDeskOptions): BudgetDesk {
  let desk: BudgetDesk | null = null;
  let loading: Promise<void> | null = null;
  let settings: BudgetSettings | null = null;
  let waiting: Later[] = [];
  let stopped = false;

  const load = async (): Promise<void> => {
    const { createBudgetDesk } = await import("./budget-desk.ts");
    if (stopped) return;
    const made = createBudgetDesk(options);
    if (settings !== null) made.configure(settings);
    const queue = waiting;
    waiting = [];
    desk = made;
    for (const later of queue) later(made);
    await made.load();
  };

  const isNeeded = (): boolean => options.automatic || (settings?.budgets.length ?? 0) > 0;

  const soon = (later: Later): void => {
    if (desk !== null) later(desk);
    else if (isNeeded()) waiting.push(later);
  };

  return {
    async load() {
      if (!isNeeded() || stopped) return;
      loading ??= load();
      await loading;
    },
    configure(next) {
      settings = next;
      desk?.configure(next);
    },
    keepOnly: (sourceIds) => soon((made) => made.keepOnly(sourceIds)),
    take: (record) => soon((made) => made.take(record)),
    seed: (budgetId, samples) => soon((made) => made.seed(budgetId, samples)),
    states: () => desk?.states() ?? [],
    async stop() {
      stopped = true;
      await loading?.catch(() => undefined);
      await desk?.stop();
    },
  };
}
