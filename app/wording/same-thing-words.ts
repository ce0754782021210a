import type { SameThing } from "../quota/same-thing.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { prepaidTotals } from "../quota/totals.ts";
import { type Formats, formatFigure } from "./formats.ts";
import type { Translate } from "./translate.ts";

/** "Same key as Work; counted once." */
export function sameThingWords({ by, label, counted }: SameThing, t: Translate): string {
  const same = t(`same.${by}`, { label });
  return counted ? t("same.counted-once", { same }) : t("same.other-kind", { same });
}

/** "Prepaid in all: $54.20 · ¥88.00"; null where there are not at least two balances to add up. */
export function prepaidWords(
  sources: readonly Pick<SourceState, "kind" | "reading" | "status">[],
  f: Formats,
  t: Translate,
): string | null {
  const totals = prepaidTotals(sources);
  if (totals.reduce((sum, { balances }) => sum + balances, 0) < 2) return null;
  const amounts = totals.map(({ currency, remaining }) => formatFigure(remaining, { kind: "money", currency }, f));
  return t("prepaid.total", { amounts: amounts.join(" · ") });
}
