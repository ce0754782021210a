import type { FailureCause } from "../../../app/quota/failure.ts";
import type { ModelSource } from "../world/fleet.ts";
import type { Answer, ToldMeter } from "../world/model-gateway.ts";

/** All that the oracle knows of one source: what was asked of its gateway, what it answered, and how it is set. World time. */
export interface SourceWatch {
  readonly model: ModelSource;
  readonly floorMs: number;
  // How its user set it, as far as the app has taken it up.
  intervalSeconds: number | null;
  thresholds: readonly number[] | null;
  muted: boolean;
  paused: boolean;
  removed: boolean;
  /** When anything of this was last changed, so that a flight under way may still go by what was before. */
  changedAt: number;
  /** Muted (or alerts off for all) at some time since; null where it is not now. */
  mutedSince: number | null;
  unmutedAt: number;
  /** When its user last asked for it out of turn: by a refresh, a new key, a start of the app. */
  askedAt: number;
  /** It is known anew: started, removed and restored, or given another key. */
  knownSince: number;
  // Of the present or last flight.
  flying: boolean;
  beganAt: number;
  /** Of the last poll of each address. */
  readonly addresses: Map<string, AddressWatch>;
  endedAt: number;
  last: Answer["type"] | "none";
  /** A new number whenever figures come: failures of one number are one trouble, whatever restarts lie in between. */
  trouble: number;
  /** Failures in a row that this process has seen, and when the first of them was. */
  failures: number;
  failingSince: number;
  failingSinceWall: number;
  /** How a flight has gone so far whose first address failed: it may be going on at another. */
  pending: {
    readonly flight: object;
    readonly cause: FailureCause | "needs-key";
    readonly type: "failure" | "needs-key";
    readonly time: number;
    readonly wall: number;
  } | null;
  cause: FailureCause | "needs-key" | null;
  causeChangedAt: number;
  waitUntil: number;
  waitToldAt: number;
  /** The last figures since it is known. */
  figures: Figures | null;
  /** Meters that were told since it is known. */
  readonly seen: Set<string>;
}

export interface AddressWatch {
  beganAt: number;
  endedAt: number;
}

export interface Figures {
  readonly told: readonly ToldMeter[];
  readonly at: number;
  readonly wallAt: number;
  /** How far the wall clock was ahead of the world's time. */
  readonly wallOffset: number;
  readonly beganAt: number;
}

const FLOOR_MS = 60_000;

export function watchSource(model: ModelSource): SourceWatch {
  return {
    model,
    floorMs: Math.max(FLOOR_MS, model.kindFloorMs),
    intervalSeconds: model.intervalSeconds,
    thresholds: model.thresholds,
    muted: false,
    paused: false,
    removed: false,
    changedAt: Number.NEGATIVE_INFINITY,
    mutedSince: null,
    unmutedAt: Number.NEGATIVE_INFINITY,
    askedAt: Number.NEGATIVE_INFINITY,
    knownSince: Number.NEGATIVE_INFINITY,
    flying: false,
    beganAt: Number.NEGATIVE_INFINITY,
    addresses: new Map(),
    endedAt: Number.NEGATIVE_INFINITY,
    last: "none",
    trouble: 0,
    failures: 0,
    failingSince: Number.NEGATIVE_INFINITY,
    failingSinceWall: Number.NEGATIVE_INFINITY,
    pending: null,
    cause: null,
    causeChangedAt: Number.NEGATIVE_INFINITY,
    waitUntil: 0,
    waitToldAt: Number.NEGATIVE_INFINITY,
    figures: null,
    seen: new Set(),
  };
}

/** What holds for the whole app. World time. */
export interface AppWatch {
  running: boolean;
  asleep: boolean;
  online: boolean;
  offlineSince: number;
  onBattery: boolean;
  idle: boolean;
  intervalSeconds: number;
  thresholds: readonly number[];
  alertsOn: boolean;
  /** Since when all is as it should be: the app runs, the computer is awake, there is a network, and the clock was left alone. */
  calmSince: number;
  clockSetAt: number;
  /** The clock is wrong by so much. */
  clockOffBy: number;
}
