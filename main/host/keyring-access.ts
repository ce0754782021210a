import { type KeyringEntry, KeyringLibraryMissing, type OpenKeyringEntry } from "./keyring-entry.ts";
import { classifyKeyringError, type KeyringProblem } from "./keyring-problem.ts";

export type KeyringOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: KeyringProblem };

/** Uses the keyring one step at a time, each bounded in time. Never rejects. */
export interface KeyringAccess {
  /**
   * `asked`: the user did something just now that needs the keyring. Otherwise a keyring that was locked or silent a moment ago
   * is left in peace, or every poll would put another unlock dialog on the screen.
   */
  run<T>(
    account: string,
    step: (entry: KeyringEntry) => Promise<T>,
    options?: { readonly asked?: boolean },
  ): Promise<KeyringOutcome<T>>;
}

/** Time for the user to type the password of a locked keyring. */
const STEP_TIMEOUT_MS = 30_000;

/** How long a keyring that was locked or silent is left in peace. */
const PAUSE_MS = 30_000;

export interface KeyringAccessOptions {
  readonly load: () => Promise<OpenKeyringEntry>;
  readonly timeoutMs?: number;
  readonly pauseMs?: number;
}

export function createKeyringAccess(options: KeyringAccessOptions): KeyringAccess {
  const { timeoutMs = STEP_TIMEOUT_MS, pauseMs = PAUSE_MS } = options;
  let loading: Promise<OpenKeyringEntry> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let pause: { readonly until: number; readonly problem: KeyringProblem } | null = null;
  /** A step that took too long and still runs in the library: it cannot be stopped, and another would wait behind it. */
  let hanging = false;

  async function attempt<T>(
    account: string,
    step: (entry: KeyringEntry) => Promise<T>,
    asked: boolean,
  ): Promise<KeyringOutcome<T>> {
    if (hanging) return { ok: false, problem: "timed-out" };
    if (!asked && pause !== null && performance.now() < pause.until) return { ok: false, problem: pause.problem };
    const outcome = await bounded(async () => {
      loading ??= options.load();
      return step((await loading)(account));
    });
    pause = null;
    if (!outcome.ok && (outcome.problem === "locked" || outcome.problem === "timed-out")) {
      pause = { until: performance.now() + pauseMs, problem: outcome.problem };
    }
    return outcome;
  }

  async function bounded<T>(step: () => Promise<T>): Promise<KeyringOutcome<T>> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<KeyringOutcome<T>>((resolve) => {
      timer = setTimeout(() => {
        hanging = true;
        resolve({ ok: false, problem: "timed-out" });
      }, timeoutMs);
    });
    const done = step()
      .then(
        (value): KeyringOutcome<T> => ({ ok: true, value }),
        (error: unknown): KeyringOutcome<T> => ({
          ok: false,
          problem: error instanceof KeyringLibraryMissing ? "no-library" : classifyKeyringError(error),
        }),
      )
      .finally(() => {
        if (hanging) pause = null;
        hanging = false;
        clearTimeout(timer);
      });
    return Promise.race([done, tooLong]);
  }

  return {
    run(account, step, { asked = false } = {}) {
      const outcome = queue.then(() => attempt(account, step, asked));
      queue = outcome;
      return outcome;
    },
  };
}
