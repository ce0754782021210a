import type { Chance } from "./chance.ts";
import type { ModelSource, World } from "./fleet.ts";

/** What happens to the computer and what its user does, in the order of time. */
export type UserEvent = { readonly at: number } & UserAction;

export type UserAction =
  | { readonly type: "sleep" | "resume" | "lock" | "unlock" | "offline" | "online" | "on-battery" | "on-mains" }
  /** The clock is set by so many milliseconds. */
  | { readonly type: "set-clock"; readonly byMs: number }
  /** The app ends, well or by a power cut, and is started again after a while. */
  | { readonly type: "quit"; readonly downMs: number }
  | { readonly type: "crash"; readonly downMs: number }
  | { readonly type: "open-popover" }
  | { readonly type: "refresh-all" }
  | { readonly type: "refresh"; readonly source: string }
  | { readonly type: "remove-and-restore"; readonly source: string }
  | { readonly type: "new-key"; readonly source: string }
  | { readonly type: "mute"; readonly source: string; readonly on: boolean }
  | { readonly type: "pause"; readonly source: string; readonly on: boolean }
  | { readonly type: "interval"; readonly source: string | null; readonly seconds: number | null }
  | { readonly type: "thresholds"; readonly source: string | null; readonly thresholds: readonly number[] }
  | { readonly type: "alerts"; readonly on: boolean }
  | {
      readonly type: "quiet-hours";
      readonly on: boolean;
      readonly from: string;
      readonly to: string;
      readonly zone: string;
    }
  | {
      readonly type: "snooze";
      readonly source: string | null;
      readonly meter: string | null;
      readonly length: "hour" | "reset" | "tomorrow";
    };

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface UserOptions {
  /** How many times the app ends and is started again. */
  readonly restarts: number;
  /** So many times as much as usual is done and happens. */
  readonly bustle: number;
}

/** A life of some weeks with the app. Sorted by time; every state that is begun (asleep, paused, muted) ends again. */
export function planUser(world: World, { restarts, bustle }: UserOptions, chance: Chance): readonly UserEvent[] {
  const events: UserEvent[] = [];
  const awake = planDays(world, events, bustle, chance.fork("days"));
  const random = (own: Chance): number => {
    const span = awake[Math.floor(own.next() * awake.length)] ?? { from: world.start, to: world.end };
    return own.between(span.from, span.to);
  };
  planActions(world, events, bustle, random, chance.fork("actions"));
  const own = chance.fork("restarts");
  for (let restart = 0; restart < restarts; restart += 1) {
    const type = own.happens(0.7) ? "crash" : "quit";
    events.push({ at: random(own), type, downMs: own.happens(0.5) ? 100 : own.logBetween(SECOND_MS, 2 * HOUR_MS) });
  }
  for (const source of world.sources) {
    for (const { to, needsNewKey } of source.revoked) {
      if (needsNewKey) events.push({ at: to, type: "new-key", source: source.id });
    }
  }
  return events.filter(({ at }) => at < world.end).sort((a, b) => a.at - b.at);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When the computer is awake, and what happens to it meanwhile. It begins asleep. */
function planDays(world: World, events: UserEvent[], bustle: number, chance: Chance): Span[] {
  const awake: Span[] = [];
  let since: number | null = null;
  for (let midnight = world.start; midnight < world.end; midnight += DAY_MS) {
    const weekday = new Date(midnight).getUTCDay();
    const isWeekend = weekday === 0 || weekday === 6;
    if (isWeekend && !chance.happens(0.35)) continue;
    const begins = midnight + chance.between(7, 10) * HOUR_MS;
    const ends = midnight + (isWeekend ? chance.between(11, 15) : chance.between(16, 21)) * HOUR_MS;
    events.push({ at: begins, type: since === null ? "resume" : "unlock" });
    since ??= begins;
    planDay(begins, ends, events, bustle, chance);
    // Now and then it is left on, with nobody there.
    if (chance.happens(0.1)) {
      events.push({ at: ends, type: "lock" });
      continue;
    }
    events.push({ at: ends, type: "sleep" });
    awake.push({ from: since, to: ends });
    since = null;
  }
  if (since !== null) awake.push({ from: since, to: world.end });
  return awake;
}

/** Lunch, meetings, trains and bad networks between two times. */
function planDay(from: number, to: number, events: UserEvent[], bustle: number, chance: Chance): void {
  const pause = (at: number, begin: UserAction["type"] & ("sleep" | "lock" | "offline" | "on-battery"), ms: number) => {
    const end = ({ sleep: "resume", lock: "unlock", offline: "online", "on-battery": "on-mains" } as const)[begin];
    if (at + ms < to) events.push({ at, type: begin }, { at: at + ms, type: end });
  };
  const lunch = from + chance.between(2.5, 4) * HOUR_MS;
  if (chance.happens(0.7)) pause(lunch, chance.happens(0.4) ? "sleep" : "lock", chance.between(20, 70) * MINUTE_MS);
  if (chance.happens(0.3)) pause(chance.between(from, to), "on-battery", chance.between(0.2, 3) * HOUR_MS);
  for (let at = from; at < to; at += chance.exponential((16 * HOUR_MS) / bustle)) {
    const when = chance.between(from, to);
    if (when > lunch && when < lunch + 75 * MINUTE_MS) continue;
    // The lid is closed for a moment, or the network goes: both come in bursts.
    pause(when, chance.happens(0.5) ? "sleep" : "offline", chance.logBetween(4 * SECOND_MS, 90 * MINUTE_MS));
  }
  if (chance.happens(0.04 * bustle)) {
    const byMs = chance.pick([-1, 1]) * chance.logBetween(30 * SECOND_MS, 30 * HOUR_MS);
    const at = chance.between(from, to);
    // Set wrongly, and right again some time later: the world and its windows keep their own time.
    events.push({ at, type: "set-clock", byMs });
    events.push({ at: at + chance.logBetween(MINUTE_MS, 2 * DAY_MS), type: "set-clock", byMs: -byMs });
  }
}

function planActions(
  world: World,
  events: UserEvent[],
  bustle: number,
  random: (chance: Chance) => number,
  chance: Chance,
): void {
  const days = (world.end - world.start) / DAY_MS;
  const times = (perDay: number): number[] =>
    Array.from({ length: Math.ceil(days * perDay * bustle) }, () => random(chance));
  const source = (): ModelSource => chance.pick(world.sources);
  /** Switched on, and off again after a while. */
  const forAWhile = (at: number, make: (on: boolean) => UserAction, longestDays: number): void => {
    events.push({ at, ...make(true) }, { at: at + chance.logBetween(MINUTE_MS, longestDays * DAY_MS), ...make(false) });
  };
  for (const at of times(2)) events.push({ at, type: "open-popover" });
  for (const at of times(0.3)) events.push({ at, type: "refresh-all" });
  for (const at of times(2)) {
    const { id } = source();
    // Some press it again and again.
    const presses = chance.happens(0.1) ? 10 : 1;
    for (let press = 0; press < presses; press += 1) {
      events.push({ at: at + press * chance.between(200, 4_000), type: "refresh", source: id });
    }
  }
  for (const at of times(0.3)) {
    const { id } = source();
    forAWhile(at, (on) => ({ type: "mute", source: id, on }), 10);
  }
  for (const at of times(0.3)) {
    const { id } = source();
    forAWhile(at, (on) => ({ type: "pause", source: id, on }), 3);
  }
  for (const at of times(0.1)) events.push({ at, type: "remove-and-restore", source: source().id });
  for (const at of times(0.3)) {
    const { id } = source();
    const seconds = chance.pick([60, 300, 7_200]);
    forAWhile(at, (on) => ({ type: "interval", source: id, seconds: on ? seconds : null }), 1);
  }
  for (const at of times(0.05)) {
    const seconds = chance.pick([300, 900, 7_200]);
    forAWhile(at, (on) => ({ type: "interval", source: null, seconds: on ? seconds : null }), 0.2);
  }
  for (const at of times(0.2)) {
    const thresholds = chance.pick([[20, 10, 5, 0], [40, 20], [10], [60, 59, 1], [0]]);
    if (chance.happens(0.9)) events.push({ at, type: "thresholds", source: source().id, thresholds });
    else forAWhile(at, (on) => ({ type: "thresholds", source: null, thresholds: on ? thresholds : [20, 10, 5, 0] }), 3);
  }
  for (const at of times(0.04)) forAWhile(at, (off) => ({ type: "alerts", on: !off }), 1);
  for (const at of times(0.05)) {
    const zone = chance.pick(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"]);
    const [from, to] = chance.pick([
      ["22:00", "07:00"],
      ["12:00", "13:30"],
      ["00:00", "23:59"],
      ["18:00", "10:00"],
    ]);
    forAWhile(at, (on) => ({ type: "quiet-hours", on, from: from ?? "22:00", to: to ?? "07:00", zone }), 14);
  }
  for (const at of times(0.5)) {
    const one = source();
    const all = chance.happens(0.1);
    const meter = chance.happens(0.5) ? (one.meters[0]?.id ?? null) : null;
    events.push({
      at,
      type: "snooze",
      source: all ? null : one.id,
      meter: all ? null : meter,
      length: chance.pick(["hour", "reset", "tomorrow"]),
    });
  }
}
