import { LARGEST_EXACT } from "../quota/amount.ts";
import { type Meter, resetsAt } from "../quota/meter.ts";
import { windowStart } from "./calendar-period.ts";
import { type Counter, kindOf, MOST_RECENT_FIGURES } from "./counter.ts";

/** What was spent between two readings of one counter. */
export interface Spent {
  readonly amount: number;
  /** The stretch of time in which it was spent, up to the later reading. */
  readonly from: number;
  /** A window ended unseen: what was spent between these moments is not known. */
  readonly lost: { readonly from: number; readonly to: number } | null;
}

const MINUTE = 60_000;
/** Replicas and caches of a gateway are behind by less than this: a step back within it is a late figure. */
const LATE_MS = 15 * MINUTE;
/** Longer ago than any figure that comes late. */
const UNSEEN_MS = 60 * MINUTE;
/** Figures are exact to the millionth. */
const LEAST = 0.000_001;
/** For so long a counter may go on with its old figures after its reset, before they are taken for those of the new window. */
const UNRESET_MS = 2 * 60 * MINUTE;
/** Servers compute reset times afresh and round them. */
const RESET_TOLERANCE_MS = 2 * MINUTE;
/** A window that ends within this after a reading ended as good as seen. */
const PROMPT_MS = 15 * MINUTE;

/**
 * A counter at its first sight. What it stood at before is not known, so that a late figure may lie anywhere, and of a window that
 * has only just begun even above.
 */
export function firstSight(meter: Meter, told: Pick<Counter, "direction" | "figure">, at: number): Counter {
  const { direction, figure } = told;
  const began = windowStart(meter.window);
  const hasJustBegun = began !== null && began <= at && at - began <= LATE_MS && direction === "rising";
  return {
    meterId: meter.id,
    direction,
    ...kindOf(meter),
    at,
    figure,
    resetsAt: resetsAt(meter),
    recent: [
      { at: at - UNSEEN_MS, figure: direction === "rising" ? 0 : LARGEST_EXACT },
      { at, figure },
    ],
    former: hasJustBegun ? { figure: LEAST, until: at + LATE_MS } : null,
  };
}

/**
 * The counter after a further reading, and what was spent since the one before.
 *
 * A rise of what was used is spending. A fall is a new window where its reset has passed, or where less than half is left of
 * the figure; then what the new window tells is what was spent in it. Every other fall is a late or corrected figure: nothing
 * was spent, and the climb back is not counted again. Of balances the same holds upside down, and each rise is a top-up.
 */
export function follow(
  counter: Counter,
  meter: Meter,
  figure: number,
  at: number,
): { readonly counter: Counter; readonly spent: Spent } {
  const read = { ...counter, ...kindOf(meter), at, recent: within(counter.recent, at) };
  return counter.direction === "rising"
    ? followUse(counter, read, meter, figure)
    : followRest(counter, { ...read, resetsAt: resetsAt(meter) }, figure);
}

function followUse(before: Counter, read: Counter, meter: Meter, figure: number) {
  const { at } = read;
  const due = before.resetsAt;
  const reset = resetsAt(meter);
  // It tells a window that is over, while a later one is known already.
  const isOver = reset !== null && due !== null && reset <= at && reset < due - RESET_TOLERANCE_MS;
  if (isOver || isFormer(before, figure, at)) return none(before, read);
  const isTurned =
    due !== null && at >= due - RESET_TOLERANCE_MS && (reset === null || reset > due + RESET_TOLERANCE_MS);
  // A reset that is told only sometimes stays known until it has passed.
  const next = { ...read, resetsAt: isTurned ? reset : (reset ?? due) };
  const isLate = figure < before.figure && (isRepeated(before, read, figure) || isJustRestarted(before, at));
  if (!isTurned) {
    if (figure >= before.figure) return risen(before, next, figure);
    return isLate || figure >= before.figure / 2 ? late(before, next, figure) : newWindow(before, next, figure, null);
  }
  if (isLate) return late(before, read, figure);
  const began = Math.max(due, startedBy(meter, at) ?? due);
  if (figure < before.figure || before.figure === 0) return newWindow(before, next, figure, began);
  switch (withoutFall(before, figure, at - due, before.at >= due)) {
    case "new-window":
      return newWindow(before, next, figure, began);
    case "goes-on":
      return risen(before, next, figure);
    case "not-reset-yet":
      // The old reset time is kept, so that the fall is known for what it is when it comes.
      return risen(before, { ...read, resetsAt: due }, figure);
  }
}

/** The reset has passed, and yet nothing fell: the figure lags behind, or more was used since than in the whole window before. */
function withoutFall(
  before: Counter,
  figure: number,
  behind: number,
  wasSeenSince: boolean,
): "new-window" | "goes-on" | "not-reset-yet" {
  if (wasSeenSince || figure === before.figure) return behind > UNRESET_MS ? "goes-on" : "not-reset-yet";
  return behind > LATE_MS ? "new-window" : "not-reset-yet";
}

/** When the window that is told now began, where that is known and not in the future. */
function startedBy(meter: Meter, at: number): number | null {
  const start = windowStart(meter.window);
  return start !== null && start <= at ? start : null;
}

function followRest(before: Counter, read: Counter, figure: number) {
  if (isFormer(before, figure, read.at)) return none(before, read);
  if (figure <= before.figure) return risen(before, read, figure);
  if (isRepeated(before, read, figure)) return late(before, read, figure);
  // A top-up or a reset: what was spent beside it cannot be told.
  return { counter: restarted(before, read, figure), spent: { amount: 0, from: before.at, lost: null } };
}

/**
 * A step back to where the counter stood a moment ago, while the figure that it steps back from was seen a moment ago, too: two
 * replicas answer in turn. When it stays, it was none.
 */
function isRepeated(before: Counter, { at, recent }: Counter, figure: number): boolean {
  const isRising = before.direction === "rising";
  const wasThere = recent.some((told) => (isRising ? told.figure <= figure : told.figure >= figure));
  const furthest = recent.findLast((told) => (isRising ? told.figure >= before.figure : told.figure <= before.figure));
  return wasThere && furthest !== undefined && at - furthest.at <= LATE_MS;
}

function none(before: Counter, read: Counter): { counter: Counter; spent: Spent } {
  return { counter: read, spent: { amount: 0, from: before.at, lost: null } };
}

/** Nothing was spent, but the figure was told. */
function late(before: Counter, read: Counter, figure: number): { counter: Counter; spent: Spent } {
  return none(before, { ...read, recent: withTold(read, figure) });
}

function withTold({ at, recent }: Counter, figure: number): Counter["recent"] {
  if (recent.at(-1)?.figure === figure) return [...recent.slice(0, -1), { at, figure }];
  return [...recent, { at, figure }].slice(-MOST_RECENT_FIGURES);
}

function risen(before: Counter, read: Counter, figure: number): { counter: Counter; spent: Spent } {
  return {
    counter: { ...read, figure, recent: withTold(read, figure) },
    spent: { amount: Math.abs(figure - before.figure), from: before.at, lost: null },
  };
}

/** `began`: when the new window did, null where no reset was told. */
function newWindow(before: Counter, read: Counter, figure: number, began: number | null) {
  const from = began === null ? before.at : Math.min(read.at, Math.max(before.at, began));
  const lost = from - before.at > PROMPT_MS ? { from: before.at, to: from } : null;
  return { counter: restarted(before, read, figure), spent: { amount: figure, from, lost } };
}

function restarted(before: Counter, read: Counter, figure: number): Counter {
  const former = before.former !== null && isJustRestarted(before, read.at) ? [before.former.figure] : [];
  const told = [before.figure, ...former, ...read.recent.map((sample) => sample.figure)];
  return {
    ...read,
    figure,
    recent: [{ at: read.at, figure }],
    former: { figure: nearestTo(before, told), until: read.at + LATE_MS },
  };
}

/** The figure beyond which the counter stood a moment ago. One that stood at nothing has nothing to come back to. */
function nearestTo({ direction, figure }: Counter, told: readonly number[]): number {
  if (direction === "falling") return Math.max(...told);
  return figure === 0 ? LARGEST_EXACT : Math.max(LEAST, Math.min(...told));
}

/** A late answer from before the reset or the top-up. Taken for one, a true figure is counted a little later, not lost. */
function isFormer(counter: Counter, figure: number, at: number): boolean {
  const { former, direction, figure: present } = counter;
  if (former === null || !isJustRestarted(counter, at)) return false;
  return direction === "rising"
    ? figure > present && figure >= former.figure
    : figure < present && figure <= former.figure;
}

function isJustRestarted({ former }: Counter, at: number): boolean {
  return former !== null && at <= former.until;
}

/**
 * What was told lately, and the figure before it: what comes late lies between them. Twice as long as anything comes late, because
 * what was told then may have been late itself.
 */
function within(recent: Counter["recent"], at: number): Counter["recent"] {
  const past = recent.filter((told) => told.at <= at);
  const first = past.findIndex((told) => at - told.at <= 2 * LATE_MS);
  return first === -1 ? past.slice(-1) : past.slice(Math.max(0, first - 1));
}
