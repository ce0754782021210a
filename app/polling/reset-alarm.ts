import type { Clock } from "../ports.ts";
import { createAlarm } from "./alarm.ts";
import { nextReset, type SourceRecord } from "./source-record.ts";
import type { SteadyTime } from "./steady-time.ts";

/** Tells when what is shown of a source stops being true by itself, because a window resets. */
export interface ResetAlarm {
  /** Follows the resets of a source as it is known now. */
  follow(id: string, record: SourceRecord): void;
  forget(id: string): void;
  /** Looks at the clock again, after a sleep. */
  look(): void;
  /** For good. */
  stop(): void;
}

export function createResetAlarm(parts: {
  readonly clock: Clock;
  readonly time: SteadyTime;
  /** A reset of this source has passed; null where nobody is to be told of the next. */
  readonly onReset: (id: string) => SourceRecord | null;
}): ResetAlarm {
  const { clock, time, onReset } = parts;
  let stopped = false;
  const alarm = createAlarm({
    clock,
    time,
    ring: (id) => {
      const record = onReset(id);
      if (record !== null) follow(id, record);
    },
  });

  function follow(id: string, record: SourceRecord): void {
    const at = stopped ? null : nextReset(record, clock.now());
    if (at === null) alarm.delete(id);
    else alarm.set(id, at);
  }

  return {
    follow,
    forget: (id) => alarm.delete(id),
    look: () => alarm.look(),
    stop() {
      // Flights that end while the poller is being stopped come by here, too.
      stopped = true;
      alarm.clear();
    },
  };
}
