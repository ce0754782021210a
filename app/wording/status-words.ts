import type { Failure, MissingKey } from "../quota/failure.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { type Formats, formatAge } from "./formats.ts";
import type { Translate } from "./translate.ts";

/** A source's status in words: what happened, why, what to do next. */
export interface StatusWords {
  /** "Up to date", "Failed", … */
  readonly state: string;
  /** The cause, or null when there is none. */
  readonly title: string | null;
  /** The technical clause that goes with the cause ("HTTP 502", "cost.limit is not a number"). */
  readonly detail: string | null;
  readonly next: string | null;
  /** Age of the figures ("4 min"), null when there are none. */
  readonly age: string | null;
}

export function statusWords(source: SourceState, now: number, f: Formats, t: Translate): StatusWords {
  const { status } = source;
  const state = t(`status.${status.state}`);
  const age = source.fetchedAt === null ? null : formatAge(Math.max(0, now - source.fetchedAt), f);
  const none = { state, title: null, detail: null, next: null, age };
  switch (status.state) {
    case "loading":
    case "fresh":
    case "paused":
    case "awaiting-reset":
      return none;
    case "stale":
    case "failed":
      return { ...none, ...failureWords(status.failure, t) };
    case "needs-key":
      return { ...none, ...missingKeyWords(status.reason, status.detail, t) };
  }
}

/** Words for a failed poll or test. */
export function failureWords(failure: Failure, t: Translate): { title: string; detail: string | null; next: string } {
  const status = failure.status === null ? null : `HTTP ${failure.status}`;
  const detail = [status, failure.detail].filter((part) => part !== null).join(": ");
  return {
    title: t(`cause.${failure.cause}.title`),
    detail: detail === "" ? null : detail,
    next: t(`cause.${failure.cause}.next`),
  };
}

/** Words for a key that is not there. */
export function missingKeyWords(
  reason: MissingKey,
  detail: string | null,
  t: Translate,
): { title: string; detail: string | null; next: string } {
  return { title: t(`needsKey.${reason}.title`), detail, next: t(`needsKey.${reason}.next`) };
}
