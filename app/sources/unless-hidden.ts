import { type FailureCause, ReadError } from "../quota/failure.ts";

/** By these a service says that this key may not know, or that this version has no such route. */
const HIDDEN: readonly FailureCause[] = ["key-refused", "key-lacks-permission", "not-found"];

/**
 * Asks for what not every key may read: null where this key may not, or where the service has no such route. Every other failure (a
 * time-out, a 500) is thrown on and ends the poll, so that the figures of the last one stay in sight instead of going missing.
 */
export async function unlessHidden<T>(
  ask: () => Promise<T>,
  alsoHidden: readonly FailureCause[] = [],
): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const hidden = error instanceof ReadError && [...HIDDEN, ...alsoHidden].includes(error.failure.cause);
    if (hidden) return null;
    throw error;
  }
}
