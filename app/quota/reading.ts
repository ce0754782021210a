import * as z from "zod";
import { meterSchema, scopeSchema } from "./meter.ts";

/** Something the source says besides its meters, as a message key of app/locales ("free tier key", "key expires …"). */
export const noticeSchema = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What one successful poll found. `account` is the name that the gateway gives the key, never the key. */
export const readingSchema = z.object({
  meters: z.array(meterSchema),
  account: z.string().nullable(),
  notices: z.array(noticeSchema),
  /**
   * By which two sources that read the same thing are known: what the service calls the key, user, team, … whose figures these
   * are. A reader gives the service's own ids; they leave the poll only as fingerprints (app/quota/same-thing.ts).
   */
  subjects: z.partialRecord(scopeSchema, z.string()).optional(),
});
export type Reading = z.infer<typeof readingSchema>;

/** One request of a poll and what came back, safe to show: no header, no key, no query, no body. */
export const traceStepSchema = z.object({
  method: z.enum(["GET", "HEAD", "POST"]),
  url: z.string(),
  /** HTTP status, or null when no answer came. */
  status: z.number().nullable(),
  ms: z.number(),
  bytes: z.number(),
  /** Why the step was not enough, in a code of failure.ts; null when it was fine. */
  problem: z.string().nullable(),
});
export type TraceStep = z.infer<typeof traceStepSchema>;
