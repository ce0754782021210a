import type { BudgetScope } from "../../../app/budgets/budget.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import type { UiTranslate } from "../../words.tsx";

/** Over what a budget counts. */
export function scopeWords(scope: BudgetScope, configs: readonly SourceConfig[], t: UiTranslate): string {
  switch (scope.type) {
    case "all":
      return t("budgets.over.all");
    case "group":
      return t("budgets.over.group", { group: scope.group });
    case "source": {
      const source = configs.find(({ id }) => id === scope.sourceId);
      return source === undefined ? t("budgets.over.gone") : t("budgets.over.source", { label: source.label });
    }
  }
}
