import type { PollOutcome } from "../../app/polling/poll-source.ts";
import type { PollOnce } from "../../app/polling/poller.ts";
import type { Chance } from "./world/chance.ts";
import type { Computer, Process } from "./world/computer.ts";
import type { ModelSource } from "./world/fleet.ts";
import type { Answer } from "./world/model-gateway.ts";

export interface Asking {
  readonly computer: Computer;
  readonly sources: ReadonlyMap<string, ModelSource>;
  readonly chance: Chance;
  readonly isOnline: () => boolean;
  /** All requests of one poll, to whichever address, have one and the same `flight`. */
  readonly onBegan: (id: string, address: string, flight: object) => void;
  readonly onEnded: (id: string, address: string, flight: object, answer: Answer) => void;
}

/** What stands for requests over the network: the app polls through this, and hears what the gateways of the world say. */
export function createAsk(
  { computer, sources, chance, isOnline, onBegan, onEnded }: Asking,
  process: Process,
): PollOnce {
  const findOut = (source: ModelSource, address: string): { answer: Answer; afterMs: number } => {
    const time = computer.now();
    const isWithin = ({ from, to }: { from: number; to: number }): boolean => from <= time && time < to;
    if (source.keyless.some(isWithin)) {
      const reason = source.keyInFile ? "file-not-found" : "keyring-unavailable";
      return { answer: { type: "needs-key", reason }, afterMs: 0 };
    }
    if (!isOnline()) {
      const answer: Answer = { type: "failure", cause: "unreachable", status: null, waitMs: null };
      return { answer, afterMs: chance.between(1, 200) };
    }
    return source.gateway.ask({
      time,
      account: source.account,
      meters: source.meters,
      isSpare: address === source.spareBaseUrl,
      keyIsGood: !source.revoked.some(isWithin),
    });
  };

  return (target, signal) => {
    const source = sources.get(target.id);
    if (source === undefined) throw new Error(`polled a source ${target.id} that is none`);
    const address = target.baseUrl;
    onBegan(source.id, address, signal);
    const began = computer.now();
    const { answer, afterMs } = findOut(source, address);
    return new Promise((resolve) => {
      let over = false;
      const end = (heard: Answer): void => {
        if (over || !process.isAlive()) return;
        over = true;
        signal.removeEventListener("abort", abort);
        onEnded(source.id, address, signal, heard);
        resolve(outcomeOf(heard, computer.wall(), source.account));
      };
      const abort = (): void => end(LOST);
      signal.addEventListener("abort", abort);
      // A request that was under way when the computer fell asleep is lost.
      const endsAt = Math.ceil(began + afterMs);
      computer.atAwake(endsAt, () => end(computer.now() > endsAt ? LOST : answer));
    });
  };
}

const LOST: Answer = { type: "failure", cause: "unreachable", status: null, waitMs: null };

function outcomeOf(answer: Answer, wall: number, account: string): PollOutcome {
  switch (answer.type) {
    case "figures": {
      const reading = {
        meters: answer.told.map(({ meter }) => meter),
        account: null,
        notices: [],
        subjects: { key: account },
      };
      return { type: "reading", reading, trace: [], retryAt: answer.waitMs === null ? null : wall + answer.waitMs };
    }
    case "failure": {
      const { cause, status, waitMs } = answer;
      const failure = { cause, detail: null, status, retryAt: waitMs === null ? null : wall + waitMs };
      return { type: "failure", failure, trace: [] };
    }
    case "needs-key":
      return { type: "needs-key", reason: answer.reason, detail: null };
  }
}
