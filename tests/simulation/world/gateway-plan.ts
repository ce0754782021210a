import type { Chance } from "./chance.ts";
import type { GatewayPlan, Limiter, Manners, Outage } from "./model-gateway.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A gateway that is well for most of the time, with a few habits that trouble whoever watches it. */
export function planGateway(start: number, end: number, hasSpare: boolean, chance: Chance): GatewayPlan {
  return {
    manners: planManners(chance),
    limiter: planLimiter(chance),
    outages: planOutages(start, end, hasSpare, chance),
  };
}

function planManners(chance: Chance): Manners {
  const lags = chance.happens(0.2);
  return {
    lagMs: lags ? chance.pick([2, 5, 15]) * MINUTE_MS : 0,
    stepMs: lags && chance.happens(0.5) ? chance.pick([1, 5, 10]) * MINUTE_MS : 0,
    resetRunsAhead: lags && chance.happens(0.2),
    resetJitterMs: chance.happens(0.3) ? chance.pick([1, 20, 60]) * SECOND_MS : 0,
    skewMs: chance.happens(0.2) ? chance.between(-5, 5) * MINUTE_MS : 0,
    missingMeterRate: chance.happens(0.2) ? 0.05 : 0,
    unknownFigureRate: chance.happens(0.2) ? 0.05 : 0,
    missingResetRate: chance.happens(0.1) ? 0.1 : 0,
    errorRate: chance.happens(0.3) ? 0.03 : 0.002,
    busyRate: chance.happens(0.2) ? 0.01 : 0.0005,
    slowRate: chance.happens(0.1) ? 0.1 : 0.001,
    latencyMs: chance.logBetween(30, 800),
  };
}

function planLimiter(chance: Chance): Limiter {
  const draw = chance.next();
  if (draw < 0.5) return { type: "none" };
  if (draw < 0.8) return { type: "told", perMinute: chance.whole(1, 3), waitMs: chance.whole(5, 600) * SECOND_MS };
  // Nobody who keeps to one poll a minute and asks out of turn now and then is meant by it.
  return { type: "hidden", inFiveMinutes: 12, punishmentMs: 20 * MINUTE_MS };
}

const CAUSES = ["unreachable", "server-error", "timed-out", "challenge-page"] as const;

function planOutages(start: number, end: number, hasSpare: boolean, chance: Chance): Outage[] {
  const found: Outage[] = [];
  let from = start + chance.exponential(15 * DAY_MS);
  while (from < end) {
    const to = from + chance.logBetween(2 * MINUTE_MS, 3 * DAY_MS);
    found.push({ from, to, cause: chance.pick(CAUSES), spareToo: !hasSpare || chance.happens(0.3) });
    from = to + chance.exponential(15 * DAY_MS);
  }
  return found;
}
