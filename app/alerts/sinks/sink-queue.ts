import type { Clock, Random } from "../../ports.ts";
import { type Attempt, LONGEST_PAUSE_MS, nextTry, quietUntil } from "./attempt.ts";
import type { SinkMessage } from "./sink-message.ts";

/** As many deliveries wait for one sink; then the oldest goes. */
export const MOST_WAITING = 50;

export interface Delivered {
  readonly ok: boolean;
  readonly detail: string;
}

/** Sends to one sink: in order, one at a time, again where that helps. */
export interface SinkQueue {
  /** Resolves when it was delivered or given up. Never rejects. */
  add(message: SinkMessage): Promise<Delivered>;
  /** From now on nothing waits: what is there is tried once more. */
  hurry(): void;
  /** Ends what is under way; all that is still there was not delivered. */
  end(): void;
}

interface Job {
  readonly message: SinkMessage;
  readonly settle: (outcome: Delivered) => void;
}

const ENDED: Delivered = { ok: false, detail: "Plimsoll ended before it was delivered" };

/** `send` tries once and does not reject; `onDropped` hears of each delivery that had to go because too many waited. */
export function createSinkQueue(options: {
  readonly clock: Clock;
  readonly random: Random;
  readonly send: (message: SinkMessage, signal: AbortSignal) => Promise<Attempt>;
  readonly onDropped: () => void;
}): SinkQueue {
  const { clock, random } = options;
  const abort = new AbortController();
  let waiting: readonly Job[] = [];
  let running = false;
  let hurried = false;
  let wakeUp: (() => void) | null = null;
  /** The receiver asked to hear nothing before. */
  let quiet = 0;

  const ended = (): boolean => abort.signal.aborted;

  const pauseUntil = (at: number): Promise<void> =>
    new Promise((resolve) => {
      if (hurried) return resolve();
      const cancel = clock.setTimer(at, () => {
        wakeUp = null;
        resolve();
      });
      wakeUp = () => {
        wakeUp = null;
        cancel();
        resolve();
      };
    });

  const work = async ({ message }: Job): Promise<Delivered> => {
    if (quiet > clock.now()) {
      const asked = `it asked to wait until ${new Date(quiet).toISOString()}`;
      if (quiet - clock.now() > LONGEST_PAUSE_MS) return { ok: false, detail: `not sent: ${asked}` };
      await pauseUntil(quiet);
      if (hurried && quiet > clock.now()) return { ok: false, detail: `not sent: ${asked}, and Plimsoll ended before` };
    }
    for (let tries = 1; ; tries += 1) {
      if (ended()) return ENDED;
      const attempt = await options.send(message, abort.signal);
      if (attempt.type === "delivered") return { ok: true, detail: afterTries(attempt.detail, tries) };
      if (ended()) return ENDED;
      if (attempt.type === "failed") return { ok: false, detail: afterTries(attempt.detail, tries) };
      const now = clock.now();
      quiet = quietUntil(attempt.askedFor, now);
      const again = hurried ? null : nextTry({ tries, now, askedFor: attempt.askedFor, chance: random.next() });
      if (again === null) return { ok: false, detail: afterTries(attempt.detail, tries) };
      await pauseUntil(again);
      // Cut short by the end: the receiver's wish counts all the same.
      if (hurried && quiet > clock.now()) return { ok: false, detail: afterTries(attempt.detail, tries) };
    }
  };

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let job = waiting[0]; job !== undefined; job = waiting[0]) {
      waiting = waiting.slice(1);
      job.settle(ended() ? ENDED : await work(job));
    }
    running = false;
  };

  return {
    add(message) {
      return new Promise((settle) => {
        if (waiting.length >= MOST_WAITING) {
          waiting[0]?.settle({ ok: false, detail: `dropped: ${MOST_WAITING} newer alerts were waiting` });
          waiting = waiting.slice(1);
          options.onDropped();
        }
        waiting = [...waiting, { message, settle }];
        void run();
      });
    },
    hurry() {
      hurried = true;
      wakeUp?.();
    },
    end() {
      hurried = true;
      abort.abort();
      wakeUp?.();
    },
  };
}

function afterTries(detail: string, tries: number): string {
  return tries === 1 ? detail : `${detail} (${tries} tries)`;
}
