import * as z from "zod";

/** The rules that keep an entry in the ledger. That of "quota back" is there only until it is told or given up. */
export const ledgerRuleSchema = z.enum(["percent-left", "amount-left", "runway", "before-reset", "failing", "back"]);
export type LedgerRule = z.infer<typeof ledgerRuleSchema>;

/**
 * What waits to be told: for others of the same moment, or held back. One that was held back is told when quiet hours or the
 * snooze end, if it is still true then.
 */
export const pendingSchema = z.enum(["moment", "quiet-hours", "snoozed"]);
export type Pending = z.infer<typeof pendingSchema>;

/**
 * What has fired by one rule for one meter (or, with `meterId` null, for the source) in one instance of its window.
 * The instance is recognised by `resetsAt` (null for balances and lifetimes), which is updated as it drifts.
 */
export const ledgerEntrySchema = z.object({
  sourceId: z.string(),
  meterId: z.string().nullable(),
  rule: ledgerRuleSchema,
  resetsAt: z.number().nullable(),
  /**
   * The lowest that fired: percent, an amount in the meter's unit, days; for a window that will not last the time at which it runs
   * out (epoch milliseconds); 0 for the others.
   */
  level: z.number(),
  /** When `level` fired. */
  firedAt: z.number(),
  /** What was left then, in the meter's unit; null where that is not known. */
  remaining: z.number().nullable(),
  /** The lowest level that somebody was told of; null: nobody was (muted, alerts off, told by another source, pending). */
  told: z.number().nullable(),
  /** Set while `level` waits to be told. */
  pending: pendingSchema.nullable(),
  /** Since when every reading has shown a clear recovery within the instance; null where the last one did not. */
  recoveringSince: z.number().nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** Alerts of a meter, of a source (`meterId` null) or of everything (`sourceId` null, too) wait until a moment. */
export const snoozeSchema = z.object({
  sourceId: z.string().nullable(),
  meterId: z.string().nullable(),
  /** Epoch milliseconds. */
  until: z.number(),
});
export type Snooze = z.infer<typeof snoozeSchema>;

/** All that the alerts have to know after a restart. */
export const alertLedgerSchema = z.object({ entries: z.array(ledgerEntrySchema), snoozes: z.array(snoozeSchema) });
export type AlertLedger = z.infer<typeof alertLedgerSchema>;

export const EMPTY_LEDGER: AlertLedger = { entries: [], snoozes: [] };

/** The file of version 1 knew one rule, and took everything for told. */
const versionOneSchema = z.object({
  version: z.literal(1),
  entries: z.array(
    z.object({
      sourceId: z.string(),
      meterId: z.string(),
      resetsAt: z.number().nullable(),
      lowestFired: z.number(),
      firedAt: z.number(),
    }),
  ),
});
const versionTwoSchema = alertLedgerSchema.extend({ version: z.literal(2) });

/** The ledger that the content of a file holds, older versions brought up to date; null where it cannot be used. */
export function parseLedgerFile(content: unknown): AlertLedger | null {
  const current = versionTwoSchema.safeParse(content);
  if (current.success) return { entries: current.data.entries, snoozes: current.data.snoozes };
  const old = versionOneSchema.safeParse(content);
  if (!old.success) return null;
  return {
    entries: old.data.entries.map(({ lowestFired, ...entry }) => ({
      ...entry,
      rule: "percent-left",
      level: lowestFired,
      remaining: null,
      told: lowestFired,
      pending: null,
      recoveringSince: null,
    })),
    snoozes: [],
  };
}

/** What the file holds for a ledger. */
export function ledgerFile(ledger: AlertLedger): Readonly<Record<string, unknown>> {
  return { version: 2, ...ledger };
}
