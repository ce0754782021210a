import type { Conditions } from "../ports.ts";
import type { Failure, MissingKey } from "../quota/failure.ts";
import { isPastReset, type Meter, percentRemaining } from "../quota/meter.ts";
import { LONGEST_WAIT_MS } from "../sources/retry-after.ts";
import type { DueReason } from "./due-reason.ts";
import type { WantedReset } from "./reset-watch.ts";

/** What is known of a source when its next poll is decided. Times in epoch milliseconds. */
export interface RefreshFacts {
  readonly now: number;
  /** What the last poll found; null before the first. */
  readonly last:
    | { readonly type: "reading" }
    | { readonly type: "failure"; readonly failure: Failure; readonly consecutive: number }
    | { readonly type: "needs-key"; readonly reason: MissingKey }
    | null;
  /** Of the last reading, whatever came after it. */
  readonly meters: readonly Meter[];
  readonly resets: readonly WantedReset[];
  readonly intervalMs: number;
  /** Nothing polls by itself faster than this: FLOOR_MS or the descriptor's own minimum. */
  readonly floorMs: number;
  /** Until when the server asked not to be called again, in a failure or in a success; null where it did not. */
  readonly waitUntil: number | null;
  /** The key lies in a file of a tool, which may put another one there at any moment. */
  readonly keyInFile: boolean;
  /** Percent left at or below which the source counts as low. */
  readonly linePercent: number;
  /** When the first meter runs out that does so before its reset, by the forecasts; null when none does. */
  readonly runsOutAt: number | null;
  /** Less was left of some meter at the last reading than at the one before. */
  readonly isFalling: boolean;
  /** How many sources there are beyond this computer, where none of them could be reached at its last poll; else 0. */
  readonly unreachableTogether: number;
  readonly conditions: Conditions;
  /** Its gateway is another computer. */
  readonly needsNetwork: boolean;
  /** In [0, 1): spreads polls of many sources and many installations. */
  readonly chance: number;
}

export interface Due {
  readonly dueAt: number;
  readonly reason: DueReason;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The least time between two polls of a real source, whatever the settings or the descriptor say. */
export const FLOOR_MS = MINUTE;
/** After a reset the gateway gets a moment to show the new figures; the same again is left to chance. */
const AFTER_RESET_MS = 5 * SECOND;
/** So many polls for one reset come at the floor; each after them waits twice as long, up to the usual interval. */
const RESET_POLLS_AT_FLOOR = 3;
/** Resets that come within this time of each other are read by one poll. */
const RESETS_TOGETHER_MS = 90 * SECOND;
/** Within this many percent above the line a source counts as near it. */
const NEAR_LINE_PERCENT = 10;
/** A source that runs out within this time burns fast. */
const RUNS_OUT_SOON_MS = HOUR;
const NEAR_LINE_SHARE = 1 / 2;
const BURNING_SHARE = 1 / 4;
/** On battery and while nobody is there, each; never for what burns near its line. */
const SLOWER_FACTOR = 2;
const BACK_OFF_CAP_MS = HOUR;
/** While nothing at all can be reached, sources share the tries to find out when the network is back: about one a minute. */
const UNREACHABLE_CAP_MS = 5 * MINUTE;
const UNREACHABLE_CAP_EACH_MS = 2 * MINUTE;
/** So many failures in a row cool a source down: one poll after each long pause, until one succeeds. */
export const COOL_DOWN_AFTER = 8;
const COOL_DOWN_MS = 2 * HOUR;
const AUTH_PAUSE_MS = HOUR;
/** A server that says when, but never keeps its word, is not taken at it more often than this. */
const WISHES_BELIEVED = 3;
/** A wait this near to the longest that is heeded was longer, and cut. */
const LONGEST_WAIT_MARGIN_MS = MINUTE;

/** A tool may sign in or renew its token at any moment, and looking at its file sends nothing. */
const IN_A_FILE: ReadonlySet<MissingKey> = new Set([
  "file-not-found",
  "file-not-readable",
  "file-not-json",
  "pointer-not-found",
  "expired-in-file",
]);

/**
 * When to poll next, and why. Pure; the poller only carries it out. Always finite, never before `now`, after the first poll never
 * before the floor, and never before what the server asked for.
 */
export function nextDue(facts: RefreshFacts): Due {
  const { dueAt, reason } = heedWish(byLastPoll(facts), facts);
  const due: Due = { dueAt: Math.ceil(dueAt), reason };
  const held = heldBack(facts.conditions, facts.needsNetwork);
  if (held === null) return due;
  // It comes back to this by itself when the computer is well again (poller.ts), and otherwise looks again at this time.
  return { dueAt: Math.max(due.dueAt, facts.now + facts.floorMs), reason: held };
}

/** Why nothing may be asked at all as the computer is now; null where it may. */
export function heldBack(conditions: Conditions, needsNetwork: boolean): "suspended" | "offline" | null {
  if (conditions.suspended) return "suspended";
  return needsNetwork && !conditions.online ? "offline" : null;
}

/** The earliest that a server's wish allows; a wish of more than a day (as may be a slip of theirs) is heeded for a day. */
export function heededUntil(waitUntil: number | null, now: number): number {
  return waitUntil === null ? now : Math.max(now, Math.min(waitUntil, now + LONGEST_WAIT_MS));
}

/** Why it waits for a server: it asked to, or it asked for longer than is heeded. */
export function wishReason(waitUntil: number, now: number): "retry-after" | "retry-after-capped" {
  return waitUntil - now >= LONGEST_WAIT_MS - LONGEST_WAIT_MARGIN_MS ? "retry-after-capped" : "retry-after";
}

/**
 * Whether an event of the computer (it woke up, the network is back, somebody looks) is a reason to poll before the usual time:
 * not where only another key helps, and not where a gateway that was reached has failed so often that it cools down.
 */
export function isWorthAsking(last: RefreshFacts["last"]): boolean {
  if (last === null) return true;
  switch (last.type) {
    case "reading":
      return true;
    case "needs-key":
      return IN_A_FILE.has(last.reason) || last.reason === "keyring-unavailable";
    case "failure":
      if (isAuth(last.failure)) return false;
      return last.consecutive < COOL_DOWN_AFTER || isUnheard(last.failure);
  }
}

function byLastPoll(facts: RefreshFacts): Due {
  const { last, now } = facts;
  if (last === null) return { dueAt: now, reason: "first-poll" };
  switch (last.type) {
    case "needs-key":
      return IN_A_FILE.has(last.reason) ? atInterval(facts) : after(AUTH_PAUSE_MS, "needs-key", facts);
    case "failure":
      return afterFailure(last.failure, last.consecutive, facts);
    case "reading":
      return forReset(regular(facts), facts);
  }
}

/** A server's wish is a floor for every other rule, and where a failure carries one it stands for the back-off. */
function heedWish(due: Due, facts: RefreshFacts): Due {
  const { now, waitUntil, last, floorMs, chance } = facts;
  if (waitUntil === null || waitUntil <= now) return due;
  const until = heededUntil(waitUntil, now);
  // A little later, so that not everybody who was told the same comes back at once.
  const asked = Math.max(until + chance * Math.min(10 * SECOND, (until - now) * 0.1), now + floorMs);
  const believed = last?.type === "failure" && last.consecutive <= WISHES_BELIEVED && !isAuth(last.failure);
  return believed || asked > due.dueAt ? { dueAt: asked, reason: wishReason(waitUntil, now) } : due;
}

function afterFailure(failure: Failure, consecutive: number, facts: RefreshFacts): Due {
  const { floorMs, chance } = facts;
  if (isAuth(failure)) {
    // Looking for a renewed one costs the service nothing: one that was refused is not sent again so soon (refused-keys.ts).
    return failure.cause === "key-refused" && facts.keyInFile
      ? atInterval(facts)
      : after(AUTH_PAUSE_MS, "key-refused", facts);
  }
  // The service is well, and what was used up comes back with a reset or a top-up.
  if (failure.cause === "quota-used-up") return forReset(atInterval(facts), facts);
  const alone = facts.unreachableTogether < fewestForNetwork(failure);
  if (consecutive >= COOL_DOWN_AFTER && alone) return forReset(after(COOL_DOWN_MS, "cool-down", facts), facts);
  const shared = Math.max(UNREACHABLE_CAP_MS, UNREACHABLE_CAP_EACH_MS * facts.unreachableTogether);
  const cap = alone ? BACK_OFF_CAP_MS : Math.min(BACK_OFF_CAP_MS, shared);
  // Exponential with full jitter above the floor, so that many clients of one gateway do not come back in step.
  const ceiling = Math.max(floorMs, Math.min(cap, floorMs * 2 ** Math.min(consecutive, 12)));
  return forReset({ dueAt: facts.now + floorMs + chance * (ceiling - floorMs), reason: "back-off" }, facts);
}

/** How many sources that nothing was heard of it takes for the network to be at fault; one alone may be slow, but is not out of reach. */
function fewestForNetwork({ cause }: Failure): number {
  if (cause === "unreachable") return 1;
  return cause === "timed-out" ? 2 : Number.POSITIVE_INFINITY;
}

/** Whether a failure says that nothing was heard of the gateway, or of whatever stands before it. */
export function isUnheard({ cause }: Failure): boolean {
  return cause === "unreachable" || cause === "timed-out";
}

function isAuth({ cause }: Failure): boolean {
  return cause === "key-refused" || cause === "key-lacks-permission";
}

/** By what conditions multiply an interval. */
export function slowedBy({ onBattery, idle }: Conditions): number {
  return (onBattery ? SLOWER_FACTOR : 1) * (idle ? SLOWER_FACTOR : 1);
}

/** The usual interval, sooner where it gets tight, later where nobody minds. */
function regular(facts: RefreshFacts): Due {
  const { now, meters, linePercent, intervalMs, runsOutAt, conditions } = facts;
  const left = runsOutAt === null ? Number.POSITIVE_INFINITY : Math.max(0, runsOutAt - now);
  if (left <= RUNS_OUT_SOON_MS) {
    return after(Math.min(intervalMs * BURNING_SHARE, left * BURNING_SHARE), "burning-fast", facts);
  }
  const near = meters.some((meter) => {
    const percent = percentRemaining(meter);
    return typeof percent === "number" && percent <= linePercent + NEAR_LINE_PERCENT && !isPastReset(meter, now);
  });
  if (near && facts.isFalling) return after(intervalMs * NEAR_LINE_SHARE, "near-line", facts);
  const slower = slowedBy(conditions);
  const wait = (near ? intervalMs * NEAR_LINE_SHARE : intervalMs) * slower;
  if (slower > 1) return after(wait, conditions.onBattery ? "on-battery" : "idle", facts);
  return after(wait, near ? "near-line" : "interval", facts);
}

/**
 * Moves a poll so that it reads the next reset: forward to one that comes sooner, and back to one that comes so soon after it that
 * the floor would hold up the poll for it. Resets that follow each other closely are read by one poll. A reset that the last
 * reading should have shown and did not is asked for again.
 */
function forReset(due: Due, { now, last, floorMs, chance, resets }: RefreshFacts): Due {
  const polls = resets
    // While polls fail, waiting for what has passed is the back-off's business.
    .filter(({ at }) => at > now || last?.type === "reading")
    .map(({ at, polls }) => {
      const patience = floorMs * 2 ** Math.max(0, Math.min(polls, 30) - RESET_POLLS_AT_FLOOR);
      const dueAt = Math.max(at + AFTER_RESET_MS * (1 + chance), now + patience);
      return { dueAt, reason: at > now ? ("after-reset" as const) : ("reset-awaited" as const) };
    })
    .sort((a, b) => a.dueAt - b.dueAt);
  const first = polls[0];
  if (first === undefined) return due;
  const worthWaiting = first.reason === "after-reset" && first.dueAt < due.dueAt + floorMs;
  if (first.dueAt >= due.dueAt && !worthWaiting) return due;
  const together = first.dueAt + Math.min(floorMs, RESETS_TOGETHER_MS);
  return polls.findLast((poll) => poll.reason === first.reason && poll.dueAt < together) ?? first;
}

function atInterval(facts: RefreshFacts): Due {
  return after(facts.intervalMs, "interval", facts);
}

/** After so long ± 10 %, and never below the floor. */
function after(ms: number, reason: DueReason, { now, floorMs, chance }: RefreshFacts): Due {
  return { dueAt: now + Math.max(floorMs, ms * (0.9 + 0.2 * chance)), reason };
}
