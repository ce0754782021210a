import type { LedgerEntry } from "./ledger.ts";
import type { MeterEntries } from "./meter-rules.ts";
import { instanceOf } from "./window-instance.ts";

/**
 * Whether one of the sources that read the same quantity has told people of it: by the same rule, at this level or a lower one, in
 * this instance of the window. `others` is what has fired for the meters that show it.
 */
export function isToldByAnother(
  entry: Pick<LedgerEntry, "rule" | "resetsAt">,
  level: number,
  others: readonly MeterEntries[],
  now: number,
): boolean {
  return others.some((entries) => {
    const other = entries.get(entry.rule);
    if (other === undefined || other.told === null) return false;
    // Of a window that will not last there is one thing to say, whatever the time that each source works out.
    if (entry.rule !== "before-reset" && other.told > level) return false;
    return instanceOf(other, { resetsAt: entry.resetsAt, lengthMs: null }, now) === "same";
  });
}
