import type { Scope } from "../quota/meter.ts";
import type { Reading } from "../quota/reading.ts";
import { scopeWidth } from "./counter-choice.ts";
import type { Holders } from "./spend-book.ts";

/**
 * Which name stands for which mark of a key, user, account …, for as long as the host runs. Marks are made anew at each start and
 * are never stored; names are stored in their place, so that two sources that were the same before a restart are the same after it.
 */
export type HolderNames = ReadonlyMap<string, string>;

/**
 * The names of what a reading is about. A mark that was not seen yet gets the name that the source had before the restart, unless
 * that is another mark's by now, else a new one. The same map where no mark is new.
 */
export function nameHolders(
  names: HolderNames,
  sourceId: string,
  subjects: Reading["subjects"],
  stored: Holders,
): { readonly names: HolderNames; readonly holders: Holders } {
  let next = names;
  const holders: Holders = {};
  for (const scope of SCOPES) {
    const mark = subjects?.[scope];
    if (mark === undefined) continue;
    const key = `${scope} ${mark}`;
    const name = next.get(key) ?? freeName(next, scope, [stored[scope], sourceId]);
    if (!next.has(key)) next = new Map(next).set(key, name);
    holders[scope] = name;
  }
  return { names: next, holders };
}

const SCOPES = ["key", "user", "team", "organization", "account"] as const satisfies readonly Scope[];

function freeName(names: HolderNames, scope: Scope, wishes: readonly (string | undefined)[]): string {
  const taken = new Set([...names].filter(([key]) => key.startsWith(`${scope} `)).map(([, name]) => name));
  for (const wish of wishes) if (wish !== undefined && !taken.has(wish)) return wish;
  const stem = wishes.at(-1) ?? scope;
  let count = 2;
  while (taken.has(`${stem} ${count}`)) count += 1;
  return `${stem} ${count}`;
}

/** Whose spending a figure is: of the scope that its meter tells, by whom the source names. */
export interface Held {
  readonly holders: Holders;
  readonly scope: Scope;
  /** Null where it is not known yet. */
  readonly amount: number | null;
}

/**
 * The figures that tell of different spending. Of two with one key, the narrower one stays, for what others spend on the same
 * account is not of that key; then what a wider figure holds already is left out. Of two that tell the same, the one that has seen
 * more of it stays (it is watched for longer, or is read while the other one fails), and among equals the earlier one.
 */
export function heldOnce<H extends Held>(figures: readonly H[]): readonly H[] {
  const byKey = new Map<string, H>();
  const ofKey = new Map<string, Holders>();
  for (const figure of figures) {
    const { key } = figure.holders;
    if (key === undefined) continue;
    // Whose key it is, one of them may tell and the other not.
    const holders = { ...figure.holders, ...ofKey.get(key) };
    ofKey.set(key, holders);
    const other = byKey.get(key);
    if (other === undefined || width(figure) < width(other) || hasSeenMore(figure, other)) byKey.set(key, figure);
  }
  const left = figures.flatMap((figure) => {
    const { key } = figure.holders;
    if (key === undefined) return [figure];
    return byKey.get(key) === figure ? [{ ...figure, holders: ofKey.get(key) ?? figure.holders }] : [];
  });
  // By whom each figure is of: the widest one, and of several the one that has seen most.
  const holding = new Map<string, H>();
  for (const figure of left) {
    const name = heldName(figure);
    const other = name === null ? undefined : holding.get(name);
    if (name === null) continue;
    if (other === undefined || width(other) < width(figure) || hasSeenMore(figure, other)) holding.set(name, figure);
  }
  return left.filter((figure) =>
    SCOPES.every((scope) => {
      const name = figure.holders[scope];
      const other = name === undefined ? undefined : holding.get(`${scope} ${name}`);
      if (other === undefined || other === figure || width(other) < width(figure)) return true;
      return width(other) === width(figure) && heldName(figure) !== `${scope} ${name}`;
    }),
  );
}

function hasSeenMore(figure: Held, other: Held): boolean {
  return width(figure) === width(other) && (figure.amount ?? -1) > (other.amount ?? -1);
}

function width({ scope }: Held): number {
  return scopeWidth(scope);
}

/** Whose figure it is: by the holder of its scope, or by its key where that is not named. */
function heldName({ holders, scope }: Held): string | null {
  const named = scope === "model" || holders[scope] === undefined ? "key" : scope;
  const name = holders[named];
  return name === undefined ? null : `${named} ${name}`;
}
