/** What happened to one source (or to the computer), newest last, so that a failure can be told with what led to it. */
export interface Trace {
  /** What costs something to word can be worded later, when somebody wants to read it. */
  add(subject: string, time: number, what: string | (() => string)): void;
  /** The last events of a subject together with those of the computer, as lines. */
  around(subject: string): string[];
}

interface Event {
  readonly time: number;
  readonly what: string | (() => string);
}

/** Kept per subject. */
const KEPT = 40;
export const COMPUTER = "computer";

/** `onEvent` hears everything at once, as a line. */
export function createTrace(onEvent?: (subject: string, line: string) => void): Trace {
  const events = new Map<string, Event[]>();
  const linesOf = (subject: string): (Event & { subject: string })[] =>
    (events.get(subject) ?? []).slice(-KEPT).map((event) => ({ ...event, subject }));
  return {
    add(subject, time, what) {
      onEvent?.(subject, lineOf({ subject, time, what }));
      const known = events.get(subject);
      if (known === undefined) {
        events.set(subject, [{ time, what }]);
        return;
      }
      known.push({ time, what });
      if (known.length > KEPT * 4) known.splice(0, known.length - KEPT);
    },
    around(subject) {
      return [...linesOf(subject), ...(subject === COMPUTER ? [] : linesOf(COMPUTER))]
        .sort((a, b) => a.time - b.time)
        .map(lineOf);
    },
  };
}

function lineOf({ subject, time, what }: Event & { subject: string }): string {
  return `${clockTime(time)}  ${subject}  ${typeof what === "string" ? what : what()}`;
}

export function clockTime(time: number): string {
  if (!Number.isFinite(time)) return "never";
  return new Date(time).toISOString().replace("T", " ").slice(0, 23);
}
