import * as z from "zod";

/**
 * What has fired for one meter in one instance of its window.
 * The instance is recognised by `resetsAt` (null for balances and lifetimes), which is updated as it drifts.
 */
export const ledgerEntrySchema = z.object({
  sourceId: z.string(),
  meterId: z.string(),
  resetsAt: z.number().nullable(),
  /** The lowest threshold that fired in this instance. */
  lowestFired: z.number(),
  firedAt: z.number(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** The file that holds the ledger. */
export const ledgerFileSchema = z.object({ version: z.literal(1), entries: z.array(ledgerEntrySchema) });
