import * as z from "zod";
import type { Clock, Logger, WaitStore } from "../ports.ts";
import { failureSchema } from "../quota/failure.ts";
import type { SourceConfig } from "../settings/schema.ts";
import { originOf } from "./poll-target.ts";
import type { ResumeSource } from "./resume-source.ts";
import { newRecord, type SourceRecord } from "./source-record.ts";
import type { SteadyTime } from "./steady-time.ts";

/** What a service asked for: not to be called before a time (epoch milliseconds), by whom that was meant, and how it was said. */
export const keptWaitSchema = z.object({
  sourceId: z.string(),
  origin: z.string(),
  /** Where the key comes from, so that another key does not wait for it. */
  credential: z.string(),
  until: z.number(),
  /** When it was said, by the clock of then; 0 where an earlier version did not note it. */
  saidAt: z.number().default(0),
  /** Null where it was said along with figures. */
  failure: failureSchema.nullable(),
});
export type KeptWait = z.infer<typeof keptWaitSchema>;

export const waitsFileSchema = z.object({ version: z.literal(1), waits: z.array(keptWaitSchema) });

/** Keeps what services asked for over restarts: a start is no reason to call one that wants to be left alone. */
export interface KeptWaits {
  /** Reads what is kept. Never rejects. */
  load(): Promise<void>;
  /** What is kept of a source when it is first taken up; null where nothing is, or it is over, or meant for another customer. */
  readonly resume: ResumeSource;
  /** Takes up what a poll has found. */
  note(record: SourceRecord, time: Pick<SteadyTime, "toWall">): void;
}

/** Shorter waits are over before anything has started again: a command takes less than a second. */
const WORTH_KEEPING_MS = 500;

export function createKeptWaits(ports: {
  readonly waits?: WaitStore;
  readonly clock: Clock;
  readonly logger: Logger;
}): KeptWaits {
  const { waits: store, clock, logger } = ports;
  const kept = new Map<string, KeptWait>();

  /** That of a source which was removed stays until it is over: it may be brought back. */
  const save = (): void => {
    const now = clock.now();
    for (const [id, { until }] of kept) if (until <= now) kept.delete(id);
    store?.write([...kept.values()]).catch(() => logger.log("warn", "waits-not-kept"));
  };
  const forget = (sourceId: string): void => {
    if (kept.delete(sourceId)) save();
  };

  return {
    async load() {
      const now = clock.now();
      for (const wait of (await store?.read()) ?? []) {
        const until = heldAgainst(wait, now);
        if (until > now) kept.set(wait.sourceId, { ...wait, until });
      }
    },
    resume(config, time) {
      const wait = kept.get(config.id);
      if (wait === undefined || wait.until <= clock.now()) return null;
      if (wait.origin !== originOf(config.baseUrl) || wait.credential !== credentialOf(config)) return null;
      const failure = wait.failure ?? { cause: "rate-limited", detail: null, status: null, retryAt: wait.until };
      const last = { type: "failure", failure, since: clock.now(), consecutive: 1 } as const;
      return { record: { ...newRecord(config, false, 0), last, waitUntil: time.fromWall(wait.until) }, due: null };
    },
    note({ config, demo, last, waitUntil }, time) {
      const until = waitUntil === null ? 0 : Math.ceil(time.toWall(waitUntil));
      if (demo || until - clock.now() < WORTH_KEEPING_MS) return forget(config.id);
      const failure = last.type === "failure" ? last.failure : null;
      const before = kept.get(config.id);
      const wait = {
        sourceId: config.id,
        origin: originOf(config.baseUrl),
        credential: credentialOf(config),
        until,
        saidAt: before?.until === until ? before.saidAt : clock.now(),
        failure,
      };
      if (JSON.stringify(before) === JSON.stringify(wait)) return;
      kept.set(config.id, wait);
      save();
    },
  };
}

/** Until when it holds by the clock as it is now: one that was set back meanwhile makes nobody wait longer than was asked for. */
function heldAgainst({ until, saidAt }: KeptWait, now: number): number {
  return saidAt === 0 ? until : Math.min(until, now + (until - saidAt));
}

/** Without any secret: those are not in the settings. */
function credentialOf({ credential }: SourceConfig): string {
  return JSON.stringify(credential);
}
