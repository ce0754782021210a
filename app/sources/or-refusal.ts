import { ReadError } from "../quota/failure.ts";

/**
 * Asks for one of several things that a key may see: the refusal, where this key may not or where the service has no such route, to be
 * thrown once nothing else is told either. A key that the service does not know at all, and every other failure, is thrown at once.
 */
export async function orRefusal<T>(ask: () => Promise<T>): Promise<T | ReadError> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { cause } = error.failure;
    if (cause === "key-lacks-permission" || cause === "not-found") return error;
    throw error;
  }
}
