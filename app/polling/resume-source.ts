import type { SourceState } from "../quota/snapshot.ts";
import type { SourceConfig } from "../settings/schema.ts";
import type { Due } from "./policy.ts";
import { newRecord, type SourceRecord } from "./source-record.ts";
import type { SteadyTime } from "./steady-time.ts";

/** What an engine begins with for a source that another one has just read. */
export interface Resumed {
  readonly record: SourceRecord;
  /** When that one would have polled it next; null where it was about to, or never would. */
  readonly due: Due | null;
}

/** Gives each source's beginning once: whatever comes later under the same id is new. */
export type ResumeSource = (config: SourceConfig, time: Pick<SteadyTime, "fromWall">) => Resumed | null;

/**
 * Lets an engine go on from the states that another one told last, so that taking over polls nothing before its time. `now` is in
 * epoch milliseconds. States of the demo, and such as belong to other settings than those in force, are of no use.
 */
export function resumeFrom(states: readonly SourceState[], now: () => number): ResumeSource {
  const left = new Map(states.map((state) => [state.id, state]));
  return (config, time) => {
    const known = left.get(config.id);
    left.delete(config.id);
    if (known === undefined || known.demo) return null;
    if (known.kind !== config.kind || known.baseUrl !== config.baseUrl) return null;
    const last = lastPollOf(known, now());
    if (last.type === "none") return null;
    const { nextDueAt, dueReason } = known;
    const isWish = dueReason === "retry-after" || dueReason === "retry-after-capped";
    const record: SourceRecord = {
      ...newRecord(config, false, 0),
      reading: known.reading,
      fetchedAt: known.fetchedAt,
      // Of a poll that failed only the figures' time is told. That it was long ago at most makes the next one wait less.
      polledAt: known.fetchedAt === null ? null : time.fromWall(known.fetchedAt),
      waitUntil: isWish && nextDueAt !== null ? time.fromWall(nextDueAt) : null,
      last,
      servedBy: known.servedBy ?? null,
      trace: known.trace,
    };
    return { record, due: nextDueAt === null || dueReason === null ? null : { dueAt: nextDueAt, reason: dueReason } };
  };
}

function lastPollOf({ status, reading }: SourceState, now: number): SourceRecord["last"] {
  switch (status.state) {
    case "loading":
      return { type: "none" };
    case "fresh":
    case "awaiting-reset":
      return { type: "reading" };
    case "paused":
      return reading === null ? { type: "none" } : { type: "reading" };
    case "stale":
    case "failed":
      return { type: "failure", failure: status.failure, since: status.since, consecutive: 1 };
    case "needs-key":
      return { type: "needs-key", reason: status.reason, detail: status.detail, since: now };
  }
}
