import type { AppState } from "../../../app/contract/contract.ts";

/** What the history is shown of: all, the sources of a group, or one source (a budget is one, too). */
export type HistoryScope =
  | { readonly type: "all" }
  | { readonly type: "group"; readonly group: string }
  | { readonly type: "source"; readonly sourceId: string };

/** The choice as a form control holds it. */
export function scopeValue(scope: HistoryScope): string {
  switch (scope.type) {
    case "all":
      return "all";
    case "group":
      return `group ${scope.group}`;
    case "source":
      return `source ${scope.sourceId}`;
  }
}

export function scopeOf(value: string): HistoryScope {
  if (value.startsWith("group ")) return { type: "group", group: value.slice("group ".length) };
  if (value.startsWith("source ")) return { type: "source", sourceId: value.slice("source ".length) };
  return { type: "all" };
}

/** The sources that it asks for; null: all. */
export function sourceIdsOf(scope: HistoryScope, { configs }: Pick<AppState, "configs">): string[] | null {
  switch (scope.type) {
    case "all":
      return null;
    case "group":
      return configs.filter(({ group }) => group === scope.group).map(({ id }) => id);
    case "source":
      return [scope.sourceId];
  }
}
