import type { Meter } from "../quota/meter.ts";
import { dayAt, daysBegunBetween, windowStart } from "./calendar-period.ts";
import { type Counter, figureOf } from "./counter.ts";
import { budgetUnitOf, chosen, isCountable, unitName } from "./counter-choice.ts";
import { firstSight, follow, type Spent } from "./follow-counter.ts";
import {
  exact,
  type Holders,
  MOST_COUNTERS,
  MOST_DAYS,
  MOST_UNITS,
  type SourceSpend,
  type SpendBook,
  spendOf,
  type UnitSpend,
} from "./spend-book.ts";

/** An increment over a longer time is divided among its days by guess. */
const PROMPT_MS = 15 * 60_000;

/** One reading, as the book takes it. */
export interface SpendReading {
  readonly sourceId: string;
  readonly reads: number;
  readonly holders: Holders;
  readonly meters: readonly Meter[];
  readonly at: number;
  /** The figures may be another key's: what lies between them and those before is no spending. */
  readonly isOtherKey: boolean;
}

/**
 * The book with one more reading of a source: each of its units gets what the chosen counter tells to have been spent since the
 * reading before, divided evenly over the time in between. What a counter told before it was first seen is not spent now.
 */
export function withReading(book: SpendBook, reading: SpendReading, timeZone: string): SpendBook {
  const known = spendOf(book, reading.sourceId);
  const before = known?.reads === reading.reads ? known : undefined;
  const meters = new Map<string, Meter[]>();
  for (const meter of reading.meters) {
    const unit = isCountable(meter) ? budgetUnitOf(meter) : null;
    if (unit === null) continue;
    const name = unitName(unit);
    meters.set(name, [...(meters.get(name) ?? []), meter]);
  }
  const units = new Map((before?.units ?? []).map((spend) => [unitName(spend.unit), spend]));
  for (const [name, list] of meters) {
    const spend = withMeters(units.get(name), list, reading, timeZone);
    if (spend !== null) units.set(name, spend);
  }
  const next: SourceSpend = {
    reads: reading.reads,
    holders: { ...before?.holders, ...reading.holders },
    units: [...units.values()].toSorted((a, b) => b.seenAt - a.seenAt).slice(0, MOST_UNITS),
  };
  return { ...book, sources: { ...book.sources, [reading.sourceId]: next } };
}

interface Step {
  readonly counter: Counter;
  /** Null at its first sight. */
  readonly spent: (Spent & { readonly since: number }) | null;
}

function withMeters(
  before: UnitSpend | undefined,
  meters: readonly Meter[],
  { at, isOtherKey }: SpendReading,
  timeZone: string,
): UnitSpend | null {
  const known = isOtherKey ? [] : (before?.counters ?? []);
  const steps = meters.slice(0, MOST_COUNTERS).flatMap((meter) => stepOf(meter, known, at));
  const [first] = meters;
  const unit = first === undefined ? null : budgetUnitOf(first);
  if (steps.length === 0 || unit === null) return before ?? null;
  const counters = steps.map(({ counter }) => counter);
  if (before === undefined) return newUnit(unit, meters, counters, at);
  const seen = new Set(counters.map(counterName));
  const unseen = before.counters.filter((counter) => !seen.has(counterName(counter)));
  const spend = {
    ...before,
    seenAt: at,
    counters: [...counters, ...unseen].slice(0, MOST_COUNTERS),
  };
  if (isOtherKey) return { ...withLost(spend, before.seenAt, at, timeZone), counters, countedAt: at };
  // A counter that was not there for a while would count again what another one counted meanwhile.
  const told = steps.flatMap(({ counter, spent }) =>
    spent !== null && spent.since >= before.countedAt ? [{ ...counter, spent }] : [],
  );
  const counting = chosen(told);
  if (counting.length === 0) return spend;
  const since = Math.min(...counting.map(({ spent }) => spent.since));
  let next: UnitSpend = { ...withLost(spend, before.countedAt, since, timeZone), countedAt: at };
  for (const { spent } of counting) {
    if (spent.lost !== null) next = withLost(next, spent.lost.from, spent.lost.to, timeZone);
    next = withSpent(next, spent, at, timeZone);
  }
  return next;
}

function counterName({ meterId, direction }: Pick<Counter, "meterId" | "direction">): string {
  return `${direction} ${meterId}`;
}

function stepOf(meter: Meter, known: readonly Counter[], at: number): readonly Step[] {
  const told = figureOf(meter);
  if (told === null) return [];
  const before = known.find((counter) => counter.meterId === meter.id && counter.direction === told.direction);
  if (before === undefined) return [{ counter: firstSight(meter, told, at), spent: null }];
  const { counter, spent } = follow(before, meter, told.figure, at);
  return [{ counter, spent: { ...spent, since: before.at } }];
}

function newUnit(
  unit: UnitSpend["unit"],
  meters: readonly Meter[],
  counters: readonly Counter[],
  at: number,
): UnitSpend {
  const scope = chosen(counters)[0]?.scope;
  const openings = meters.flatMap((meter) => {
    const told = figureOf(meter);
    const from = windowStart(meter.window);
    const isHolder = meter.scope === scope && told?.direction === "rising";
    return isHolder && from !== null && from < at ? [{ from, amount: told.figure }] : [];
  });
  return {
    unit,
    firstAt: at,
    seenAt: at,
    countedAt: at,
    openings: openings.slice(0, MOST_COUNTERS),
    days: {},
    cut: [],
    lost: [],
    counters: counters.slice(0, MOST_COUNTERS),
  };
}

function withSpent(spend: UnitSpend, { amount, from }: Spent, at: number, timeZone: string): UnitSpend {
  if (!(amount > 0)) return spend;
  const days = { ...spend.days };
  const begun = daysBegunBetween(Math.min(from, at), at, timeZone, MOST_DAYS);
  const parts = divided(amount, Math.min(from, at), at, begun, spend.unit.kind === "money");
  const first = begun[0];
  const before = first === undefined ? dayAt(at, timeZone) : dayAt(first.at - 1, timeZone);
  for (const [index, part] of parts.entries()) {
    const day = index === 0 ? before : (begun[index - 1]?.day ?? before);
    if (part > 0) days[day] = exact((days[day] ?? 0) + part);
  }
  const cut = at - from > PROMPT_MS ? begun.map(({ day }) => day) : [];
  return { ...spend, days: newest(days), cut: newestOf([...spend.cut, ...cut]) };
}

/** The amount by the days of its time, in whole micros where it is money; the parts are the amount again. */
function divided(
  amount: number,
  from: number,
  to: number,
  begun: readonly { readonly at: number }[],
  isMoney: boolean,
): readonly number[] {
  const upTo = (at: number) => {
    const share = amount * ((at - from) / (to - from));
    return isMoney ? Math.round(share) : exact(share);
  };
  const marks = [...begun.map(({ at }) => upTo(at)), amount];
  return marks.map((mark, index) => exact(mark - (marks[index - 1] ?? 0)));
}

function withLost(spend: UnitSpend, from: number, to: number, timeZone: string): UnitSpend {
  if (to - from <= PROMPT_MS) return spend;
  const last = to - 1;
  const begun = daysBegunBetween(from, last, timeZone, MOST_DAYS - 1);
  const days = [dayAt(begun[0] === undefined ? last : begun[0].at - 1, timeZone), ...begun.map(({ day }) => day)];
  return { ...spend, lost: newestOf([...spend.lost, ...days]) };
}

function newest(days: UnitSpend["days"]): UnitSpend["days"] {
  const entries = Object.entries(days);
  if (entries.length <= MOST_DAYS) return days;
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(-MOST_DAYS));
}

function newestOf(days: readonly string[]): string[] {
  return [...new Set(days)].toSorted().slice(-MOST_DAYS);
}
