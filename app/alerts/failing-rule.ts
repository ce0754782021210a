import type { FailingCause } from "./alert.ts";
import type { JudgedFailure } from "./desk.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { LedgerEntry } from "./ledger.ts";

/** A network that is gone comes back by itself: so many polls in a row have to fail before that counts. */
const NETWORK_POLLS = 3;

/**
 * A poll may be so long ago for its failure to count still, which is longer than any wait between two polls of a source that fails.
 * With an older one the computer has slept, and the next poll will say.
 */
const CURRENT_MS = 150 * 60_000;

/** A failure with the time of the last poll that had it, epoch milliseconds. */
export interface SeenFailure extends JudgedFailure {
  readonly seenAt: number;
}

export function isCurrent({ seenAt }: Pick<SeenFailure, "seenAt">, now: number): boolean {
  return now - seenAt <= CURRENT_MS;
}

/**
 * From how many failed polls on a cause is worth telling. Infinity: never, because the gateway answers and merely asks to wait.
 */
function leastPolls(cause: FailingCause): number {
  switch (cause) {
    case "rate-limited":
      return Number.POSITIVE_INFINITY;
    case "unreachable":
    case "timed-out":
    case "server-error":
      return NETWORK_POLLS;
    case "key-refused":
    case "key-lacks-permission":
    case "quota-used-up":
    case "not-found":
    case "unexpected-shape":
    case "challenge-page":
    case "tls-untrusted":
    case "answer-too-large":
    case "redirected-elsewhere":
    case "unknown-kind":
    case "invalid-address":
    case "invalid-options":
    case "internal":
    case "needs-key":
      return 1;
  }
}

/** When a failing source is to be told of, if it goes on; null where its cause is not told of, or not by these rules. */
export function failingDueAt(
  { cause, consecutive, since }: Pick<JudgedFailure, "cause" | "consecutive" | "since">,
  rules: Pick<EffectiveRules, "failingMinutes">,
): number | null {
  if (rules.failingMinutes === null || consecutive < leastPolls(cause)) return null;
  return since + rules.failingMinutes * 60_000;
}

/** The entry of a source that has failed for long: once until a poll succeeds. */
export function decideFailing(
  previous: LedgerEntry | null,
  failure: SeenFailure,
  rules: Pick<EffectiveRules, "failingMinutes">,
  now: number,
): LedgerEntry | null {
  if (previous !== null || !isCurrent(failure, now)) return previous;
  const dueAt = failingDueAt(failure, rules);
  if (dueAt === null || dueAt > now) return null;
  return {
    sourceId: failure.sourceId,
    meterId: null,
    rule: "failing",
    resetsAt: null,
    level: 0,
    firedAt: now,
    remaining: null,
    told: null,
    pending: "moment",
    recoveringSince: null,
  };
}
