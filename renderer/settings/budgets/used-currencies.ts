import type { SourceState } from "../../../app/quota/snapshot.ts";

/** The currencies in which the gateways tell money, the most frequent first. */
export function usedCurrencies(sources: readonly SourceState[]): string[] {
  const counts = new Map<string, number>();
  for (const { reading, demo } of sources) {
    for (const { unit } of demo ? [] : (reading?.meters ?? [])) {
      if (unit.kind === "money") counts.set(unit.currency, (counts.get(unit.currency) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
}
