import { useEffect, useState } from "react";
import type { HistoryQuery, HistoryView } from "../../../app/history/series.ts";
import type { HistoryStatus } from "../../../app/history/status.ts";
import { useApp, useAppStore } from "../../store/context.tsx";

export interface ShownHistory {
  readonly view: HistoryView;
  readonly status: HistoryStatus;
}

/** Figures are asked for again at most so often while gateways are being polled. */
const AGAIN_MS = 5_000;

/** What the history holds of some sources, kept up while they are polled; null until it has come. */
export function useHistory({ sourceIds, range }: HistoryQuery): ShownHistory | null {
  const { run } = useAppStore();
  const [shown, setShown] = useState<(ShownHistory & { readonly query: string }) | null>(null);
  const query = JSON.stringify({ sourceIds, range });
  const polledAt = useApp((app) => Math.max(0, ...app.sources.map(({ fetchedAt }) => fetchedAt ?? 0)));
  const isOther = shown?.query !== query;

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for another query, and after a poll
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const [view, status] = await Promise.all([
        run("history.view", { sourceIds: sourceIds === null ? null : [...sourceIds], range }),
        run("history.status", undefined),
      ]);
      if (!gone && view.ok && status.ok) setShown({ view: view.value, status: status.value, query });
    };
    const timer = setTimeout(() => void load(), isOther ? 0 : AGAIN_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [query, polledAt]);

  return isOther ? null : shown;
}
