import * as z from "zod";

/**
 * Why no history is kept or can be read: this command does not need it; this Node has no SQLite; the file was made by a newer or (where it
 * may only be read) an older version; there is none yet; it is broken; the folder or the disk refuses.
 */
export const historyOffReasonSchema = z.enum([
  "not-needed",
  "no-sqlite",
  "newer-version",
  "older-version",
  "absent",
  "damaged",
  "not-writable",
  "disk-full",
  "cannot-open",
]);
export type HistoryOffReason = z.infer<typeof historyOffReasonSchema>;

/** What keeps figures from being written for now; they are held in memory, as far as it goes, and tried again. */
export const historyProblemSchema = z.enum(["disk-full", "not-writable", "locked", "damaged", "failed"]);
export type HistoryProblem = z.infer<typeof historyProblemSchema>;

/** Whether history is kept. Holds no secret; `detail` is one plain clause. */
export const historyStatusSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("on"),
    path: z.string(),
    /** Of the database with what is not yet folded into it. */
    bytes: z.number(),
    /** Rows as read, and of the roll-ups. */
    rows: z.object({ samples: z.number(), hours: z.number(), days: z.number() }),
    problem: historyProblemSchema.nullable(),
    /** Where a broken file of before was put at this start; null where there was none. */
    keptAside: z.string().nullable(),
  }),
  z.object({ kind: z.literal("off"), reason: historyOffReasonSchema, detail: z.string().nullable() }),
]);
export type HistoryStatus = z.infer<typeof historyStatusSchema>;
