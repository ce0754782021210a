import { COMPUTER, clockTime, type Trace } from "./trace.ts";

/** What must hold, whatever the world does. `docs/behaviour/simulation.md` says each at length. */
export type Invariant =
  | "floor"
  | "retry-after"
  | "concurrency"
  | "offline"
  | "starvation"
  | "missed-alert"
  | "groundless-alert"
  | "repeated-alert"
  | "reset-noticed"
  | "data-lost"
  | "shown-past-reset"
  | "escalation"
  | "left-running"
  | "settings";

export interface Violation {
  readonly invariant: Invariant;
  readonly source: string;
  readonly time: number;
  readonly message: string;
  readonly trace: readonly string[];
}

export interface Violations {
  report(invariant: Invariant, source: string | null, message: string): void;
  readonly all: readonly Violation[];
  /** Enough is known: no more need to be looked for. */
  isFull(): boolean;
}

const MOST = 25;

export function createViolations(now: () => number, trace: Trace): Violations {
  const all: Violation[] = [];
  const seen = new Set<string>();
  return {
    all,
    isFull: () => all.length >= MOST,
    report(invariant, source, message) {
      // One source that goes wrong in one way goes on doing so.
      const kind = `${invariant} ${source}`;
      if (seen.has(kind) || all.length >= MOST) return;
      seen.add(kind);
      const time = now();
      const subject = source ?? COMPUTER;
      all.push({ invariant, source: subject, time, message, trace: trace.around(subject) });
    },
  };
}

/** One violation, with the last so many lines of what led to it. */
export function describeViolation({ invariant, source, time, message, trace }: Violation, lines: number): string {
  const led = lines === 0 ? [] : trace.slice(-lines);
  return [`${invariant}: ${source} at ${clockTime(time)}: ${message}`, ...led.map((line) => `    ${line}`)].join("\n");
}
