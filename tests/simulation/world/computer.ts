import type { Clock } from "../../../app/ports.ts";
import { TimeHeap, type Waiting } from "./time-heap.ts";

/** A clock of the event loop looks at the wall clock at least this often (main/host/system-clock.ts). */
const LONGEST_WAIT_MS = 60_000;

/**
 * The computer that the app runs on, and the world around it, in virtual time. The world's time runs on whatever happens; the
 * wall clock can be set, and the app's timers stand still while the computer sleeps, as those of an event loop do.
 */
export interface Computer {
  /** The world's own time, epoch milliseconds. Nobody in the world can set it. */
  now(): number;
  /** What the computer's clock shows at this moment. */
  wall(): number;
  /** Calls back at a time of the world, asleep or not. */
  at(time: number, run: () => void): () => void;
  /** As `at`, for what needs the computer: while it sleeps, it waits for the resume. */
  atAwake(time: number, run: () => void): void;
  /** A process of the app: its clock, and how to end it without letting it do another thing. */
  boot(): Process;
  sleep(): void;
  resume(): void;
  isAsleep(): boolean;
  /** Somebody (or a time server) sets the clock by so much, forwards or backwards. */
  setClockBy(ms: number): void;
  /** Lets the world go on to a time. Promises settle after each thing that happens, before the next one. */
  runUntil(time: number): Promise<void>;
  /** How many timers of the app have called back. */
  appTimersRun(): number;
}

export interface Process {
  readonly clock: Clock;
  /** Timers that wait. */
  timers(): number;
  /** As a power cut does: no timer of it calls back any more. */
  kill(): void;
  isAlive(): boolean;
}

/** Times that no timer can keep: told to whoever watches, since a poll that is due at NaN is due never. */
export type OnBadTimer = (at: number) => void;

interface AppTimer extends Waiting {
  /** The time on the wall clock that it was set for, and the world time that this was then. */
  readonly wallAt: number;
  readonly steadyAt: number;
  /** World time at which its present wait began. */
  since: number;
}

export function createComputer(start: number, onBadTimer: OnBadTimer): Computer {
  let now = start;
  let offset = 0;
  let asleep = false;
  let order = 0;
  let appRuns = 0;
  const world = new TimeHeap();
  const app = new TimeHeap<AppTimer>();

  const wall = (): number => now + offset;
  const nextOrder = (): number => {
    order += 1;
    return order;
  };

  /** After a sleep or a set clock, the event loop finds out at the end of the wait that it was in. */
  const disturb = (sleptMs: number): void => {
    for (const timer of app.drain()) {
      const before = now - sleptMs;
      const intoWait = (before - timer.since) % LONGEST_WAIT_MS;
      timer.at = now + Math.min(LONGEST_WAIT_MS - intoWait, Math.max(0, timer.at - before));
      timer.since = now - intoWait;
      app.add(timer);
    }
  };

  const runAppTimer = (timer: AppTimer): void => {
    // Whichever comes first: a clock that is set back holds nothing up.
    const left = Math.min(timer.wallAt - wall(), timer.steadyAt - now);
    if (left > 0) {
      timer.since = now;
      timer.at = Math.ceil(now + left);
      app.add(timer);
      return;
    }
    appRuns += 1;
    timer.run();
  };

  const at = (time: number, run: () => void): (() => void) => {
    // Clocks show whole milliseconds.
    const entry: Waiting = { at: Math.ceil(Math.max(time, now)), order: nextOrder(), run, index: -1 };
    world.add(entry);
    return () => world.remove(entry);
  };

  let sleptAt = 0;
  let postponed: (() => void)[] = [];
  return {
    now: () => now,
    wall,
    at,
    atAwake(time, run) {
      at(time, () => {
        if (asleep) postponed.push(run);
        else run();
      });
    },
    boot() {
      let alive = true;
      const own = new Set<AppTimer>();
      const clock: Clock = {
        now: wall,
        steady: () => now - start,
        setTimer(at, callback) {
          if (!Number.isFinite(at)) {
            onBadTimer(at);
            return () => undefined;
          }
          if (!alive) return () => undefined;
          const dueAt = Math.ceil(now + Math.max(0, at - wall()));
          const timer: AppTimer = {
            at: dueAt,
            wallAt: at,
            steadyAt: dueAt,
            since: now,
            order: nextOrder(),
            index: -1,
            run() {
              own.delete(timer);
              callback();
            },
          };
          own.add(timer);
          app.add(timer);
          return () => {
            own.delete(timer);
            app.remove(timer);
          };
        },
      };
      return {
        clock,
        timers: () => own.size,
        isAlive: () => alive,
        kill() {
          alive = false;
          for (const timer of own) app.remove(timer);
          own.clear();
        },
      };
    },
    sleep() {
      if (asleep) return;
      asleep = true;
      sleptAt = now;
    },
    resume() {
      if (!asleep) return;
      asleep = false;
      disturb(now - sleptAt);
      for (const run of postponed) at(now + 500, run);
      postponed = [];
    },
    isAsleep: () => asleep,
    setClockBy(ms) {
      offset += Math.round(ms);
      // While it sleeps its timers wait already for the resume.
      if (!asleep) disturb(0);
    },
    async runUntil(time) {
      await settled();
      for (let turn = 1; ; turn += 1) {
        const event = world.first();
        const timer = asleep ? undefined : app.first();
        if (timer !== undefined && timer.at <= time && (event === undefined || timer.at < event.at)) {
          now = Math.max(now, timer.at);
          app.remove(timer);
          runAppTimer(timer);
        } else if (event !== undefined && event.at <= time) {
          now = Math.max(now, event.at);
          world.remove(event);
          event.run();
        } else {
          break;
        }
        await settled();
        // Whoever runs this gets to see that it lives.
        if (turn % 5_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      now = Math.max(now, time);
    },
    appTimersRun: () => appRuns,
  };
}

/**
 * Resolves once no promise has anything left to do. The queue of ticks is looked at only when that of the promises is empty,
 * which makes this exact, and a hundred times cheaper than a turn of the event loop.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
