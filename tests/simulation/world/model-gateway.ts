import type { Amount } from "../../../app/quota/amount.ts";
import type { FailureCause, MissingKey } from "../../../app/quota/failure.ts";
import type { Meter } from "../../../app/quota/meter.ts";
import type { Chance } from "./chance.ts";
import type { ModelMeter, TrueFigures } from "./model-meter.ts";

/** One meter as a gateway told it once, with what only the world knows. */
export interface ToldMeter {
  readonly meter: Meter;
  /** Which instance of its window these figures are of. */
  readonly instance: number;
}

/** What came of a request. Waits are counted from the moment at which the answer arrives. */
export type Answer =
  | { readonly type: "figures"; readonly told: readonly ToldMeter[]; readonly waitMs: number | null }
  | {
      readonly type: "failure";
      readonly cause: FailureCause;
      readonly status: number | null;
      readonly waitMs: number | null;
    }
  /** Nobody was asked. */
  | { readonly type: "needs-key"; readonly reason: MissingKey };

/** A time in which an address does not answer as it should. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly cause: "unreachable" | "server-error" | "timed-out" | "challenge-page";
  /** The spare address has it, too. */
  readonly spareToo: boolean;
}

/** How a gateway tells of its meters. Times in milliseconds, rates per answer. */
export interface Manners {
  /** Figures are so old, and move only in such steps. */
  readonly lagMs: number;
  readonly stepMs: number;
  /** Its figures lag, but it tells the new reset beside them. */
  readonly resetRunsAhead: boolean;
  /** Each told reset is off by up to so much, another amount each time. */
  readonly resetJitterMs: number;
  /** Its clock is wrong by so much. */
  readonly skewMs: number;
  readonly missingMeterRate: number;
  readonly unknownFigureRate: number;
  readonly missingResetRate: number;
  readonly errorRate: number;
  /** It asks to be left alone for a while, out of the blue. */
  readonly busyRate: number;
  readonly slowRate: number;
  readonly latencyMs: number;
}

/** What limits how often the quota itself may be asked. */
export type Limiter =
  | { readonly type: "none" }
  /** So many requests in a minute, then it says how long to wait. */
  | { readonly type: "told"; readonly perMinute: number; readonly waitMs: number }
  /** Says nothing of itself: who asks too often is refused for a while, and longer for each try meanwhile. */
  | { readonly type: "hidden"; readonly inFiveMinutes: number; readonly punishmentMs: number };

export interface GatewayPlan {
  readonly manners: Manners;
  readonly limiter: Limiter;
  readonly outages: readonly Outage[];
}

export interface GatewayRequest {
  readonly time: number;
  /** Who asks: limits are counted per key. */
  readonly account: string;
  readonly meters: readonly ModelMeter[];
  readonly isSpare: boolean;
  readonly keyIsGood: boolean;
}

export interface Gateway {
  /** Takes a request and says what comes back, and after how long. */
  ask(request: GatewayRequest): { readonly answer: Answer; readonly afterMs: number };
}

/** The whole poll has to be over after this (app/polling/poll-source.ts). */
const DEADLINE_MS = 15_000;
const MINUTE_MS = 60_000;

export function createGateway(plan: GatewayPlan, chance: Chance): Gateway {
  const { manners } = plan;
  const limiter = createLimiter(plan.limiter, chance);
  const latency = (): number =>
    chance.happens(manners.slowRate) ? chance.between(3_000, 20_000) : manners.latencyMs * chance.between(0.5, 3);

  return {
    ask({ time, account, meters, isSpare, keyIsGood }) {
      const outage = plan.outages.find(({ from, to, spareToo }) => from <= time && time < to && (spareToo || !isSpare));
      if (outage !== undefined) return inOutage(outage, chance);
      const afterMs = latency();
      if (afterMs >= DEADLINE_MS) return { answer: failure("timed-out", null), afterMs: DEADLINE_MS };
      const refused = limiter.refuses(account, time);
      if (refused !== null) return { answer: failure("rate-limited", 429, refused.waitMs), afterMs };
      if (!keyIsGood) return { answer: failure("key-refused", 401), afterMs };
      if (chance.happens(manners.busyRate)) {
        return { answer: failure("rate-limited", 429, chance.logBetween(5_000, 3 * 3_600_000)), afterMs };
      }
      if (chance.happens(manners.errorRate)) return { answer: failure("server-error", 502), afterMs };
      const told = meters
        .filter(() => !chance.happens(manners.missingMeterRate))
        .map((meter) => tell(meter, time, manners, chance));
      // A success may ask to slow down, too, when little is left of the rate.
      const waitMs = chance.happens(manners.busyRate) ? chance.logBetween(5_000, 20 * MINUTE_MS) : null;
      return { answer: { type: "figures", told, waitMs }, afterMs };
    },
  };
}

function failure(cause: FailureCause, status: number | null, waitMs: number | null = null): Answer {
  return { type: "failure", cause, status, waitMs };
}

function inOutage({ cause }: Outage, chance: Chance): ReturnType<Gateway["ask"]> {
  switch (cause) {
    case "unreachable":
      return { answer: failure(cause, null), afterMs: chance.between(5, 3_000) };
    case "timed-out":
      return { answer: failure(cause, null), afterMs: DEADLINE_MS };
    case "server-error":
      return { answer: failure(cause, 503), afterMs: chance.between(50, 2_000) };
    case "challenge-page":
      return { answer: failure(cause, 403), afterMs: chance.between(50, 500) };
  }
}

function tell(model: ModelMeter, time: number, manners: Manners, chance: Chance): ToldMeter {
  const lagged = manners.stepMs === 0 ? time - manners.lagMs : stepped(time - manners.lagMs, manners.stepMs);
  const figures = model.at(lagged);
  // Whoever reads the new reset beside old figures can only take them for the new window's.
  const window = manners.resetRunsAhead ? model.at(time) : figures;
  const hidesReset = chance.happens(manners.missingResetRate);
  return {
    meter: told(model, figures, hidesReset ? null : claimed(window, manners, chance), manners, chance),
    instance: window.instance,
  };
}

function claimed({ resetsAt }: TrueFigures, manners: Manners, chance: Chance): number | null {
  if (resetsAt === null) return null;
  const jitter = manners.resetJitterMs === 0 ? 0 : chance.between(-manners.resetJitterMs, manners.resetJitterMs);
  return Math.round(resetsAt + manners.skewMs + jitter);
}

function told(
  model: ModelMeter,
  figures: TrueFigures,
  resetsAt: number | null,
  manners: Manners,
  chance: Chance,
): Meter {
  const window = model.window(resetsAt);
  const base = {
    id: model.id,
    label: { text: model.id },
    unit: model.unit,
    window,
    scope: "key",
    confidence: "reported",
  } as const;
  if (chance.happens(manners.unknownFigureRate)) {
    return { ...base, limit: figures.limit, used: "unknown", remaining: "unknown" };
  }
  if (model.unit.kind === "percent") {
    const percent = (figures.remaining / figures.limit) * 100;
    return { ...base, limit: 100, used: 100 - percent, remaining: percent };
  }
  // What was once paid in is not told beside a balance.
  const limit: Amount = window.kind === "balance" ? "unknown" : figures.limit;
  return {
    ...base,
    limit,
    used: limit === "unknown" ? "unknown" : limit - figures.remaining,
    remaining: figures.remaining,
  };
}

function stepped(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

/** Null where the request may pass. */
function createLimiter(limiter: Limiter, chance: Chance) {
  const asked = new Map<string, number[]>();
  const punishedUntil = new Map<string, number>();
  const recent = (account: string, time: number, spanMs: number): number[] => {
    const times = (asked.get(account) ?? []).filter((at) => at > time - spanMs);
    asked.set(account, times);
    return times;
  };
  return {
    refuses(account: string, time: number): { readonly waitMs: number | null } | null {
      switch (limiter.type) {
        case "none":
          return null;
        case "told": {
          const times = recent(account, time, MINUTE_MS);
          if (times.length >= limiter.perMinute) return { waitMs: limiter.waitMs };
          times.push(time);
          return null;
        }
        case "hidden": {
          const until = punishedUntil.get(account) ?? 0;
          if (time < until) {
            punishedUntil.set(account, until + limiter.punishmentMs * chance.between(0.1, 0.3));
            return { waitMs: null };
          }
          const times = recent(account, time, 5 * MINUTE_MS);
          times.push(time);
          if (times.length <= limiter.inFiveMinutes) return null;
          punishedUntil.set(account, time + limiter.punishmentMs);
          return { waitMs: null };
        }
      }
    },
  };
}
