import type { Random } from "../ports.ts";
import type { TraceStep } from "../quota/reading.ts";
import type { SourceConfig } from "../settings/schema.ts";
import { createConcurrencyGate } from "./concurrency.ts";
import { type AddressCoolDown, addressesToTry, coolDownAfter, failsOver } from "./fail-over.ts";
import type { PollOutcome } from "./poll-source.ts";
import { NOTHING_GIVEN, originOf, type PollTarget, pollTarget, spareTarget } from "./poll-target.ts";
import type { SteadyTime } from "./steady-time.ts";

/** Polls one address of a source once, and must not reject. */
export type PollOnce = (target: PollTarget, signal: AbortSignal) => Promise<PollOutcome>;

/** How a poll ended, and which spare address gave it (null: the source's own). */
export interface Flown {
  readonly outcome: PollOutcome;
  readonly servedBy: string | null;
}

/** Carries polls out: within the limits of what may run at once, and on to a source's spare addresses where one does not answer. */
export interface Flights {
  /** Polls a source now. `key` is one at hand; null for the one that its settings name. Never rejects. */
  fly(config: SourceConfig, key: string | null): Promise<Flown>;
  /** Ends the flight of a source: what it would bring is of no more use. */
  abort(id: string): void;
  /** Forgets which addresses of a source cool down. */
  forget(id: string): void;
  /** Ends all flights, also those that have not begun. */
  stop(): void;
}

const LIMITS = { perKey: 2, total: 8 };

export function createFlights(parts: {
  readonly poll: PollOnce;
  readonly time: SteadyTime;
  readonly random: Random;
}): Flights {
  const { poll, time, random } = parts;
  const gate = createConcurrencyGate(LIMITS);
  const flying = new Map<string, AbortController>();
  const coolDowns = new Map<string, Map<string, AddressCoolDown>>();
  let stopped = false;

  const pollAt = async (target: PollTarget, signal: AbortSignal): Promise<PollOutcome> => {
    const leave = await gate.enter(originOf(target.baseUrl), signal);
    if (leave === null) return CUT_OFF;
    try {
      return await poll(target, signal);
    } catch {
      return BROKEN;
    } finally {
      leave();
    }
  };

  /** Asks one address after the other. Where none answers, what the first said is told, with the requests of all. */
  const flyOver = async (config: SourceConfig, signal: AbortSignal): Promise<Flown> => {
    const { id, baseUrl } = config;
    const cooling = coolDowns.get(id) ?? new Map<string, AddressCoolDown>();
    coolDowns.set(id, cooling);
    let failed: PollOutcome | null = null;
    const trace: TraceStep[] = [];
    for (const address of addressesToTry([baseUrl, ...config.spareBaseUrls], cooling, time.steady())) {
      const isOwn = address === baseUrl;
      const target = isOwn ? pollTarget(config, NOTHING_GIVEN) : spareTarget(config, address);
      const outcome = await pollAt(target, signal);
      if (outcome.type !== "needs-key") trace.push(...outcome.trace);
      // A spare whose key is not there cannot stand in. Whether the source itself has one is told by its own address.
      const isLame = outcome.type === "needs-key" && !isOwn;
      if (signal.aborted || !(isLame || failsOver(outcome))) {
        cooling.delete(address);
        return { outcome: withTrace(outcome, trace), servedBy: isOwn ? null : address };
      }
      cooling.set(address, coolDownAfter(cooling.get(address), time.steady(), random.next()));
      if (!isLame) failed ??= outcome;
    }
    return {
      outcome: withTrace(failed ?? (await pollAt(pollTarget(config, NOTHING_GIVEN), signal)), trace),
      servedBy: null,
    };
  };

  return {
    async fly(config, key) {
      const ending = new AbortController();
      if (stopped) ending.abort();
      flying.set(config.id, ending);
      try {
        if (key === null && config.spareBaseUrls.length > 0) return await flyOver(config, ending.signal);
        const target = pollTarget(config, key === null ? NOTHING_GIVEN : { ...NOTHING_GIVEN, key });
        return { outcome: await pollAt(target, ending.signal), servedBy: null };
      } finally {
        if (flying.get(config.id) === ending) flying.delete(config.id);
      }
    },
    abort: (id) => flying.get(id)?.abort(),
    forget: (id) => void coolDowns.delete(id),
    stop() {
      stopped = true;
      for (const ending of flying.values()) ending.abort();
    },
  };
}

/** It must not reject, and a source that it does for goes on all the same. */
const BROKEN: PollOutcome = {
  type: "failure",
  failure: { cause: "internal", detail: null, status: null, retryAt: null },
  trace: [],
};

/** Ended before it was its turn: nothing was sent. */
const CUT_OFF: PollOutcome = {
  type: "failure",
  failure: { cause: "timed-out", detail: "stopped before it was its turn", status: null, retryAt: null },
  trace: [],
};

function withTrace(outcome: PollOutcome, trace: readonly TraceStep[]): PollOutcome {
  return outcome.type === "needs-key" || trace.length === 0 ? outcome : { ...outcome, trace };
}
