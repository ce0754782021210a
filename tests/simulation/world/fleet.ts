import type { Unit } from "../../../app/quota/meter.ts";
import { sources as registry } from "../../../app/sources/registry.ts";
import type { Chance } from "./chance.ts";
import { planGateway } from "./gateway-plan.ts";
import { createGateway, type Gateway, type Manners } from "./model-gateway.ts";
import {
  calendarMeter,
  type Deposit,
  firstUseMeter,
  type ModelMeter,
  prepaidMeter,
  refillMeter,
  slidingMeter,
} from "./model-meter.ts";
import { createUsage, type Usage } from "./usage.ts";

/** One thing that the model user has: an account at a gateway, as the app is to be told of it. */
export interface ModelSource {
  readonly id: string;
  readonly kind: string;
  /** What its kind demands between two polls, in milliseconds. */
  readonly kindFloorMs: number;
  readonly baseUrl: string;
  readonly spareBaseUrl: string | null;
  readonly gateway: Gateway;
  readonly manners: Manners;
  readonly host: string;
  /** Two sources of one account read the same quantities. */
  readonly account: string;
  readonly meters: readonly ModelMeter[];
  readonly intervalSeconds: number | null;
  readonly thresholds: readonly number[] | null;
  /** Its key lies in a tool's file, so that a new one may appear without a word. */
  readonly keyInFile: boolean;
  /** When the key is not good; a new one is entered at the end, or the old one is let in again. */
  readonly revoked: readonly { readonly from: number; readonly to: number; readonly needsNewKey: boolean }[];
  /** When there is no key to be had: the keyring is locked, or the tool's file is gone. */
  readonly keyless: readonly { readonly from: number; readonly to: number }[];
}

export interface World {
  readonly start: number;
  readonly end: number;
  readonly sources: readonly ModelSource[];
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** In seconds, with how many of a hundred sources have it; the others follow the general interval. */
const INTERVALS: readonly (readonly [seconds: number, percent: number])[] = [
  [60, 0.5],
  [120, 0.5],
  [300, 1],
  [900, 3],
  [3_600, 10],
  [7_200, 5],
];
const THRESHOLDS: readonly (readonly number[] | null)[] = [
  null,
  null,
  null,
  null,
  null,
  [50, 25, 0],
  [30],
  [15, 14, 13, 3],
  [5, 0],
];

/** Gateways and accounts, a few to each, so that some addresses are asked for many sources. */
export function createWorld(start: number, days: number, count: number, chance: Chance): World {
  const end = start + days * DAY_MS;
  const kinds = pollableKinds();
  const sources: ModelSource[] = [];
  for (let host = 0; sources.length < count; host += 1) {
    const own = chance.fork(`host ${host}`);
    const name = `gateway-${host}.example`;
    const hasSpare = own.happens(0.15);
    const plan = planGateway(start, end, hasSpare, own.fork("plan"));
    const gateway = createGateway(plan, own.fork("answers"));
    const size = Math.min(count - sources.length, own.happens(0.1) ? own.whole(4, 12) : own.whole(1, 2));
    let last: ModelSource | null = null;
    for (let index = 0; index < size; index += 1) {
      const made = createSource({
        id: `s${sources.length}`,
        kind: own.happens(0.9) ? kinds[0] : own.pick(kinds),
        baseUrl: `https://${name}`,
        spareBaseUrl: hasSpare ? `https://spare-${name}` : null,
        gateway,
        manners: plan.manners,
        host: name,
        start,
        end,
        chance: own.fork(`source ${index}`),
      });
      // Now and then somebody adds the same key twice.
      const twin: ModelSource | null = last;
      const source: ModelSource =
        twin !== null && own.happens(0.15)
          ? { ...made, kind: twin.kind, kindFloorMs: twin.kindFloorMs, account: twin.account, meters: twin.meters }
          : made;
      sources.push(source);
      last = source;
    }
  }
  return { start, end, sources };
}

type Kind = { readonly id: string; readonly floorMs: number };

/** A kind of each pace that there is, the usual one first. */
function pollableKinds(): readonly [Kind, ...Kind[]] {
  const byFloor = new Map<number, Kind>();
  for (const { id, minIntervalSeconds } of registry) {
    const floorMs = minIntervalSeconds * 1_000;
    if (!byFloor.has(floorMs)) byFloor.set(floorMs, { id, floorMs });
  }
  const [first, ...others] = [...byFloor.values()].sort((a, b) => a.floorMs - b.floorMs);
  if (first === undefined) throw new Error("the registry names no kind of source");
  return [first, ...others];
}

function createSource(given: {
  readonly id: string;
  readonly kind: Kind;
  readonly baseUrl: string;
  readonly spareBaseUrl: string | null;
  readonly gateway: Gateway;
  readonly manners: Manners;
  readonly host: string;
  readonly start: number;
  readonly end: number;
  readonly chance: Chance;
}): ModelSource {
  const { id, kind, start, end, chance, ...place } = given;
  const meters = Array.from({ length: chance.happens(0.3) ? chance.whole(2, 4) : 1 }, (_, index) =>
    createMeter(`m${index}`, start, end, chance.fork(`meter ${index}`)),
  );
  return {
    id,
    kind: kind.id,
    kindFloorMs: kind.floorMs,
    ...place,
    account: id,
    meters,
    intervalSeconds: ownInterval(chance),
    thresholds: chance.pick(THRESHOLDS),
    keyInFile: chance.happens(0.1),
    revoked: revocations(start, end, chance),
    keyless: keylessTimes(start, end, chance),
  };
}

function ownInterval(chance: Chance): number | null {
  let draw = chance.between(0, 100);
  for (const [seconds, percent] of INTERVALS) {
    if (draw < percent) return seconds;
    draw -= percent;
  }
  return null;
}

function revocations(start: number, end: number, chance: Chance): ModelSource["revoked"] {
  const found: { from: number; to: number; needsNewKey: boolean }[] = [];
  let at = start + chance.exponential(60 * DAY_MS);
  while (at < end) {
    const to = at + chance.logBetween(HOUR_MS, 4 * DAY_MS);
    found.push({ from: at, to, needsNewKey: chance.happens(0.6) });
    at = to + chance.exponential(60 * DAY_MS);
  }
  return found;
}

function keylessTimes(start: number, end: number, chance: Chance): ModelSource["keyless"] {
  const found: { from: number; to: number }[] = [];
  let at = start + chance.exponential(80 * DAY_MS);
  while (at < end) {
    const to = at + chance.logBetween(60_000, DAY_MS);
    found.push({ from: at, to });
    at = to + chance.exponential(80 * DAY_MS);
  }
  return found;
}

const COUNTED: readonly Unit[] = [{ kind: "tokens" }, { kind: "requests" }, { kind: "credits" }];
const LIMITS = [100, 1_000, 50_000, 2_000_000] as const;

/** A meter whose user's appetite ranges from modest to far too much, so that some lines are never crossed and some daily. */
function createMeter(id: string, start: number, end: number, chance: Chance): ModelMeter {
  const limit = chance.pick(LIMITS);
  const unit: Unit = limit === 100 ? { kind: "percent" } : chance.pick(COUNTED);
  const appetite = chance.logBetween(0.15, 1.8);
  const worker = chance.happens(0.15) ? "program" : "person";
  const usage = (limitsPerDay: number): Usage =>
    createUsage(start, end, { worker, perDay: limitsPerDay * limit * appetite }, chance.fork("usage"));
  const draw = chance.next();
  if (draw < 0.3) return firstUseMeter({ id, unit, limit, usage: usage(2) }, 5 * HOUR_MS, start, end);
  if (draw < 0.45) return calendarMeter({ id, unit, limit, usage: usage(1) }, "day");
  if (draw < 0.6) return calendarMeter({ id, unit, limit, usage: usage(1 / 5) }, "week");
  if (draw < 0.7) return calendarMeter({ id, unit, limit, usage: usage(1 / 21) }, "month");
  if (draw < 0.78) return slidingMeter({ id, unit, limit, usage: usage(1) }, 24 * HOUR_MS);
  if (draw < 0.82)
    return refillMeter({ id, unit, limit, usage: usage(100) }, chance.pick([60_000, HOUR_MS / 2, 6 * HOUR_MS]));
  if (draw < 0.92) {
    const currency = chance.pick(["USD", "EUR"]);
    const perDay = chance.logBetween(300_000, 20_000_000);
    const spent = createUsage(start, end, { worker, perDay }, chance.fork("usage"));
    const deposits = topUps(start, end, perDay * chance.between(5, 30), chance);
    return prepaidMeter({ id, unit: { kind: "money", currency }, usage: spent }, "balance", deposits);
  }
  const deposits = topUps(start, end, limit, chance);
  return prepaidMeter({ id, unit, usage: usage(1 / 20) }, "lifetime", deposits);
}

/** Somebody pays in about so much each time: sometimes early, sometimes long after it has run out. */
function topUps(start: number, end: number, amount: number, chance: Chance): Deposit[] {
  const found: Deposit[] = [];
  for (let at = start; at < end; at += chance.between(3, 40) * DAY_MS) {
    found.push({ at, amount: Math.round(amount * chance.between(0.5, 1.5)) });
  }
  return found;
}
