import type { FailureCause } from "../quota/failure.ts";
import type { PollOutcome } from "./poll-source.ts";

/** An address of a source that did not answer, and until when the others are asked instead. */
export interface AddressCoolDown {
  readonly failures: number;
  /** Steady time. */
  readonly until: number;
}

const FIRST_COOL_DOWN_MS = 5 * 60_000;
const LONGEST_COOL_DOWN_MS = 60 * 60_000;

/**
 * What another address of the same gateway may do better: it could not be reached safely, or what answered was not the gateway.
 * Not what the gateway itself says (a key, a limit, a shape), which it would say there, too.
 */
const OF_THE_ADDRESS: ReadonlySet<FailureCause> = new Set([
  "unreachable",
  "timed-out",
  "tls-untrusted",
  "server-error",
  "challenge-page",
]);

/** Whether the next address is asked. Never when the server asked to wait: that is meant for the customer, not for one road to it. */
export function failsOver(outcome: PollOutcome): boolean {
  if (outcome.type !== "failure") return false;
  const asksToWait = outcome.failure.retryAt !== null || (outcome.retryAt ?? null) !== null;
  return !asksToWait && OF_THE_ADDRESS.has(outcome.failure.cause);
}

/**
 * Which addresses to ask, in this order, until one answers: those that do not cool down, the source's own first. Where all do, the
 * one that has the least of it left, alone.
 */
export function addressesToTry(
  addresses: readonly string[],
  coolDowns: ReadonlyMap<string, AddressCoolDown>,
  now: number,
): readonly string[] {
  const until = (address: string): number => coolDowns.get(address)?.until ?? now;
  const ready = addresses.filter((address) => until(address) <= now);
  if (ready.length > 0) return ready;
  return addresses.toSorted((a, b) => until(a) - until(b)).slice(0, 1);
}

/** The cool-down of an address that failed once more: twice as long each time, up to an hour, ± 10 % by `chance` in [0, 1). */
export function coolDownAfter(before: AddressCoolDown | undefined, now: number, chance: number): AddressCoolDown {
  const failures = (before?.failures ?? 0) + 1;
  const ms = Math.min(LONGEST_COOL_DOWN_MS, FIRST_COOL_DOWN_MS * 2 ** Math.min(failures - 1, 10));
  return { failures, until: now + ms * (0.9 + 0.2 * chance) };
}
