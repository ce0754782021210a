import { meterIdentity } from "../quota/same-thing.ts";
import type { SourceState } from "../quota/snapshot.ts";
import type { Alert } from "./alert.ts";

/** Sees to it that one quantity, read through two sources, is told of by one of them. */
export interface ToldOnce {
  /** Whether this alert may be told. `identity` is what its meter counts (`meterIdentity`), null where that is not known. */
  claim(alert: Pick<Alert, "sourceId">, identity: string | null): boolean;
}

/**
 * The source that first told of a quantity goes on telling of it, for as long as it watches: when it is removed, muted, paused or
 * without figures, another one takes over. Kept while the host runs; over a restart the ledger keeps both from telling again.
 */
export function createToldOnce(sources: () => readonly SourceState[]): ToldOnce {
  const tellers = new Map<string, string>();
  return {
    claim({ sourceId }, identity) {
      if (identity === null) return true;
      const teller = tellers.get(identity);
      if (teller !== undefined && teller !== sourceId && watches(teller, identity, sources())) return false;
      tellers.set(identity, sourceId);
      return true;
    },
  };
}

function watches(sourceId: string, identity: string, sources: readonly SourceState[]): boolean {
  const source = sources.find(({ id }) => id === sourceId);
  if (source === undefined || source.muted) return false;
  if (source.status.state !== "fresh" && source.status.state !== "awaiting-reset") return false;
  return (source.reading?.meters ?? []).some((meter) => meterIdentity(source, meter) === identity);
}
