import * as z from "zod";
import { scopeSchema } from "../quota/meter.ts";
import { budgetUnitSchema } from "./budget.ts";
import { counterSchema } from "./counter.ts";

/** Days that are kept of each source, those with spending alone. */
export const MOST_DAYS = 40;
export const MOST_COUNTERS = 24;
export const MOST_UNITS = 16;
const MILLION = 1_000_000;

const dayName = z.string().regex(/^[+-]?\d{4,6}-\d{2}-\d{2}$/);

/** What one source spent in one unit. Amounts are in the unit (micros for money), times epoch milliseconds. */
export const unitSpendSchema = z.object({
  unit: budgetUnitSchema,
  /** When the first figure came: what was spent before is not known, but for `openings`. */
  firstAt: z.number(),
  /** The latest reading with a figure in this unit. */
  seenAt: z.number(),
  /** Up to when everything is in `days`. */
  countedAt: z.number(),
  /** What windows that had begun before `firstAt` told at it. */
  openings: z.array(z.object({ from: z.number(), amount: z.number() })).max(MOST_COUNTERS),
  /** Spent by day of the user's time zone. */
  days: z.record(dayName, z.number().nonnegative()),
  /** Days at whose beginning an amount was divided by guess. */
  cut: z.array(dayName).max(MOST_DAYS),
  /** Days of which a part was not seen, because a counter was reset unseen. */
  lost: z.array(dayName).max(MOST_DAYS),
  counters: z.array(counterSchema).max(MOST_COUNTERS),
});
export type UnitSpend = z.infer<typeof unitSpendSchema>;

/** Names by which two sources with one key, user, account … are known: equal names mean one holder, and say nothing else. */
export const holdersSchema = z.partialRecord(scopeSchema, z.string().max(200));
export type Holders = z.infer<typeof holdersSchema>;

export const sourceSpendSchema = z.object({
  /** Which gateway and options it was read by, as a number: of another one, nothing of this holds. */
  reads: z.number(),
  holders: holdersSchema,
  units: z.array(unitSpendSchema).max(MOST_UNITS),
});
export type SourceSpend = z.infer<typeof sourceSpendSchema>;

/** What was spent, by source id. Immutable; what did not change keeps its identity. */
export const spendBookSchema = z.object({ sources: z.record(z.string(), sourceSpendSchema) });
export type SpendBook = z.infer<typeof spendBookSchema>;

/** The file that holds the book. */
export const spendFileSchema = spendBookSchema.extend({ version: z.literal(1) });

export const EMPTY_BOOK: SpendBook = { sources: {} };

/** What is known of a source; undefined where it was never read. */
export function spendOf(book: SpendBook, sourceId: string): SourceSpend | undefined {
  return Object.hasOwn(book.sources, sourceId) ? book.sources[sourceId] : undefined;
}

/** The book without sources that are gone. */
export function onlySources(book: SpendBook, ids: ReadonlySet<string>): SpendBook {
  const entries = Object.entries(book.sources);
  const kept = entries.filter(([id]) => ids.has(id));
  return kept.length === entries.length ? book : { ...book, sources: Object.fromEntries(kept) };
}

/** Figures are exact to the millionth; sums of them carry the noise of binary fractions. */
export function exact(amount: number): number {
  return Number.isInteger(amount) ? amount : Math.round(amount * MILLION) / MILLION;
}
