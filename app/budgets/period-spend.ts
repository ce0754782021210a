import { fromMicros } from "../quota/amount.ts";
import type { Scope } from "../quota/meter.ts";
import type { Budget, BudgetUnit } from "./budget.ts";
import type { CalendarPeriod, Period } from "./calendar-period.ts";
import { chosen } from "./counter-choice.ts";
import { type Held, heldOnce } from "./holders.ts";
import { exact, type SourceSpend, type SpendBook, spendOf, type UnitSpend } from "./spend-book.ts";

/** What one source spent in a period, in one unit. */
export interface SourceFigure extends Held {
  readonly sourceId: string;
  readonly unit: BudgetUnit;
  /** In the unit (micros for money); null where nothing was read in the period yet. */
  readonly amount: number | null;
  /** The source's own figure for this very period. */
  readonly isReported: boolean;
  /** Something of it is a guess, or may be missing. */
  readonly isEstimated: boolean;
  /** From when on it is counted; null where that is the period's beginning. */
  readonly since: number | null;
  readonly seenAt: number;
  readonly meterIds: readonly string[];
}

/** What a budget has counted in its present period. */
export interface PeriodSpend {
  /** In the budget's unit (micros for money); "unknown" where nothing was read in the period yet. */
  readonly used: number | "unknown";
  readonly confidence: "reported" | "derived" | "estimated";
  /** The latest moment from which on everything is counted; null where that is the period's beginning. */
  readonly since: number | null;
  /** Currencies that something is counted in, but that no rate was given for. */
  readonly withoutRate: readonly string[];
  readonly counted: readonly SourceFigure[];
  /** Sources that were read, but tell nothing in the budget's unit. */
  readonly silent: readonly string[];
}

/** Zones of calendars differ by less than this: a month that begins some hours later than the user's is the same month. */
const OTHER_ZONE_MS = 15 * 3_600_000;
const RESET_TOLERANCE_MS = 2 * 60_000;

/** What the sources with these ids spent in a period, each of their quantities once, as far as a budget can count it. */
export function periodSpend(
  budget: Pick<Budget, "unit" | "rates" | "period">,
  book: SpendBook,
  sourceIds: readonly string[],
  period: CalendarPeriod,
): PeriodSpend {
  const figures = sourceIds.flatMap((id) => figuresOf(budget, book, id, period));
  const told = new Set(figures.map(({ sourceId }) => sourceId));
  const once = [
    ...Map.groupBy(figures, ({ unit }) => (unit.kind === "money" ? unit.currency : unit.kind)).values(),
  ].flatMap((sameUnit) => heldOnce(sameUnit));
  const rated = once.flatMap((figure) => {
    const rate = rateOf(figure.unit, budget);
    return rate === null ? [] : [{ figure, rate }];
  });
  const read = rated.flatMap(({ figure, rate }) =>
    figure.amount === null ? [] : [{ figure, rate, amount: figure.amount }],
  );
  const since = Math.max(...read.map(({ figure }) => figure.since ?? 0), 0);
  return {
    used: read.length === 0 ? "unknown" : total(read, budget.unit),
    confidence: confidenceOf(read),
    since: since === 0 ? null : since,
    withoutRate: [...new Set(once.flatMap(({ unit }) => currencyWithoutRate(unit, budget)))].toSorted(),
    counted: rated.map(({ figure }) => figure),
    silent: sourceIds.filter((id) => !told.has(id) && spendOf(book, id) !== undefined),
  };
}

/** What one unit of a figure is worth in the budget's; null where that is not known. */
function rateOf(unit: BudgetUnit, budget: Pick<Budget, "unit" | "rates">): number | null {
  if (unit.kind !== "money" || budget.unit.kind !== "money") return 1;
  if (unit.currency === budget.unit.currency) return 1;
  return Object.hasOwn(budget.rates, unit.currency) ? (budget.rates[unit.currency] ?? null) : null;
}

function currencyWithoutRate(unit: BudgetUnit, budget: Pick<Budget, "unit" | "rates">): readonly string[] {
  return unit.kind === "money" && rateOf(unit, budget) === null ? [unit.currency] : [];
}

interface Rated {
  readonly figure: SourceFigure;
  readonly rate: number;
  readonly amount: number;
}

/** Each currency is added up exactly before it is changed into another. */
function total(read: readonly Rated[], unit: BudgetUnit): number {
  const byRate = Map.groupBy(read, ({ figure, rate }) =>
    figure.unit.kind === "money" ? figure.unit.currency : `${rate}`,
  );
  let sum = 0;
  for (const list of byRate.values()) {
    const own = list.reduce((all, { amount }) => all + amount, 0);
    const changed = own * (list[0]?.rate ?? 1);
    sum += unit.kind === "money" ? Math.round(changed) : changed;
  }
  return exact(sum);
}

function confidenceOf(read: readonly Rated[]): PeriodSpend["confidence"] {
  if (read.some(({ figure, rate, amount }) => figure.isEstimated || (rate !== 1 && amount > 0))) return "estimated";
  // One figure is the source's own; several are added up.
  return read.length === 1 && read[0]?.figure.isReported === true ? "reported" : "derived";
}

/** What a source that was not read since told of a period before: budgets over many sources are counted at each reading of one. */
const answered = new WeakMap<SourceSpend, Map<string, readonly SourceFigure[]>>();

function figuresOf(
  budget: Pick<Budget, "unit" | "period">,
  book: SpendBook,
  sourceId: string,
  period: CalendarPeriod,
): readonly SourceFigure[] {
  const source = spendOf(book, sourceId);
  if (source === undefined) return [];
  const question = `${budget.unit.kind} ${budget.period} ${period.start} ${period.end}`;
  const known = answered.get(source);
  const before = known?.get(question);
  if (before !== undefined) return before;
  const figures = source.units
    .filter(({ unit }) => unit.kind === budget.unit.kind)
    .flatMap((spend) => figureOfUnit(spend, budget.period, period))
    .map((figure) => ({ ...figure, sourceId, holders: source.holders }));
  if (known === undefined) answered.set(source, new Map([[question, figures]]));
  else known.set(question, figures);
  return figures;
}

function figureOfUnit(
  spend: UnitSpend,
  name: Period,
  period: CalendarPeriod,
): readonly Omit<SourceFigure, "sourceId" | "holders">[] {
  const counting = chosen(spend.counters.filter(({ at }) => at === spend.seenAt));
  const [first] = counting;
  if (first === undefined) return [];
  const meterIds = counting.map(({ meterId }) => meterId);
  const figures = ownWindow(spend, first.scope, name, period) ?? summed(spend, first.scope, period, meterIds);
  return [{ ...figures, unit: spend.unit, seenAt: spend.seenAt }];
}

type Figures = Omit<SourceFigure, "sourceId" | "unit" | "holders" | "seenAt">;

/** The source counts by the same calendar: its own figure is exact, however long it was watched. */
function ownWindow(spend: UnitSpend, scope: Scope, name: Period, { start, end }: CalendarPeriod): Figures | null {
  const counter = spend.counters.find(
    (one) =>
      one.at === spend.seenAt &&
      one.scope === scope &&
      one.direction === "rising" &&
      one.window === name &&
      one.resetsAt !== null &&
      Math.abs(one.resetsAt - end) <= RESET_TOLERANCE_MS &&
      one.at >= start &&
      one.at < end,
  );
  if (counter === undefined) return null;
  return {
    scope,
    amount: counter.figure,
    isReported: true,
    isEstimated: counter.estimated,
    since: null,
    meterIds: [counter.meterId],
  };
}

function summed(
  spend: UnitSpend,
  scope: Scope,
  { start, end, firstDay, nextDay }: CalendarPeriod,
  meterIds: readonly string[],
): Figures {
  const days = Object.entries(spend.days).filter(([day]) => day >= firstDay && day < nextDay);
  const opening = openingOf(spend, start, end);
  const from = opening?.from ?? (spend.firstAt > start && spend.firstAt < end ? spend.firstAt : start);
  // A month of another time zone begins at another hour; that is not worth a word, but it is no exact figure either.
  const isLater = from - start > (opening !== null && end - start > 2 * OTHER_ZONE_MS ? OTHER_ZONE_MS : 0);
  const isRead = spend.seenAt >= start;
  return {
    scope,
    amount: isRead ? exact(days.reduce((sum, [, amount]) => sum + amount, opening?.amount ?? 0)) : null,
    isReported: false,
    isEstimated:
      from > start ||
      spend.cut.includes(firstDay) ||
      spend.lost.some((day) => day >= firstDay && day < nextDay) ||
      spend.counters.some(
        ({ at, direction, estimated, meterId }) =>
          at === spend.seenAt && meterIds.includes(meterId) && (direction === "falling" || estimated),
      ) ||
      scope === "model",
    since: isLater ? from : null,
    meterIds,
  };
}

/** What a window told at the first sight of the source, where it began in the period: of several, the one that began first. */
function openingOf(spend: UnitSpend, start: number, end: number): UnitSpend["openings"][number] | null {
  if (spend.firstAt < start || spend.firstAt >= end) return null;
  const within = spend.openings.filter(({ from }) => from >= start);
  return within.toSorted((a, b) => a.from - b.from)[0] ?? null;
}

/** Money in major units, everything else as it is counted. */
export function shownAmount(amount: number, unit: BudgetUnit): number {
  return unit.kind === "money" ? fromMicros(amount) : amount;
}
