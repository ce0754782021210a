import { between, noise, shareUsed } from "./activity.ts";

/** A quota at one moment. Money in major units; `resetsAt` in virtual epoch milliseconds. */
export interface DemoQuota {
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: number;
}

/** How the staging gateway behaves for a while; `until` in virtual epoch milliseconds. */
export interface StagingPhase {
  readonly behaviour: "server-error" | "ok" | "rate-limited" | "login-page";
  readonly until: number;
}

/** Everything that the demo gateways tell, at one moment of virtual time. */
export interface DemoWorld {
  readonly teamTokens: DemoQuota;
  readonly teamCost: DemoQuota;
  readonly codingPlan: DemoQuota;
  readonly sideKey: DemoQuota & {
    readonly usedToday: number;
    readonly usedThisWeek: number;
    readonly usedEver: number;
    readonly freeRequests: DemoQuota;
  };
  readonly sideAccount: { readonly credits: number; readonly usage: number };
  readonly university: DemoQuota;
  readonly staging: StagingPhase;
  readonly stagingTokens: DemoQuota;
  readonly labTokens: number;
}

export interface WorldTime {
  readonly seed: number;
  /** When the demo began, in virtual epoch milliseconds. */
  readonly begunAt: number;
  /** The moment to tell, in virtual epoch milliseconds; before the beginning counts as the beginning. */
  readonly at: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The state of the demo's world: the same for the same seed, beginning and moment. */
export function demoWorld({ seed, begunAt, at: asked }: WorldTime): DemoWorld {
  const at = Math.max(asked, begunAt);
  const teamTokens = monthly(seed, "team", 60_000_000, [0.7, 0.9], at);
  return {
    teamTokens: { ...teamTokens, used: Math.floor(teamTokens.used) },
    // A blended price of 9 dollars per million tokens.
    teamCost: { limit: 600, used: cents(teamTokens.used * 9e-6), resetsAt: teamTokens.resetsAt },
    codingPlan: codingPlan(seed, begunAt, at),
    sideKey: sideKey(seed, begunAt, at),
    sideAccount: sideAccount(seed, begunAt, at),
    university: rounded(monthly(seed, "university", 50, [0.45, 0.7], at)),
    staging: stagingPhase(begunAt, at),
    stagingTokens: whole(within(seed, "staging", 1_000_000, [0.35, 0.6], utcDay(at), at)),
    labTokens: 18_200_000 + Math.floor(spentSince(seed, "lab", begunAt, at, 2_500_000)),
  };
}

interface Span {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

function utcMonth(at: number): Span {
  const date = new Date(at);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return monthSpan(index);
}

function monthSpan(index: number): Span {
  const year = Math.floor(index / 12);
  return { index, start: Date.UTC(year, index % 12, 1), end: Date.UTC(year, (index % 12) + 1, 1) };
}

function utcDay(at: number): Span {
  const index = Math.floor(at / DAY);
  return { index, start: index * DAY, end: (index + 1) * DAY };
}

/** Use within one window that ends at a share of the limit somewhere in `peak`. */
function within(
  seed: number,
  name: string,
  limit: number,
  peak: readonly [number, number],
  span: Span,
  at: number,
): DemoQuota {
  const most = limit * between(peak[0], peak[1], noise(seed, `${name} peak`, span.index));
  const progress = (at - span.start) / (span.end - span.start);
  return { limit, used: most * shareUsed(seed, name, span.index, progress), resetsAt: span.end };
}

function monthly(seed: number, name: string, limit: number, peak: readonly [number, number], at: number): DemoQuota {
  return within(seed, name, limit, peak, utcMonth(at), at);
}

const PLAN_WINDOW = 5 * HOUR;
const PLAN_LIMIT = 2_400_000;

/** A 5-hour window that is near its line when the demo begins, so that a newcomer sees what that looks like. */
function codingPlan(seed: number, begunAt: number, at: number): DemoQuota {
  const firstEnd = begunAt + Math.round(between(70, 110, noise(seed, "plan begins", 0))) * MINUTE;
  if (at >= firstEnd) {
    const index = Math.floor((at - firstEnd) / PLAN_WINDOW) + 1;
    const start = firstEnd + (index - 1) * PLAN_WINDOW;
    return whole(within(seed, "plan", PLAN_LIMIT, [0.45, 0.95], { index, start, end: start + PLAN_WINDOW }, at));
  }
  const atBegin = between(0.83, 0.87, noise(seed, "plan begins", 1));
  const since = shareUsed(seed, "plan", 0, (at - begunAt) / (firstEnd - begunAt));
  return whole({ limit: PLAN_LIMIT, used: PLAN_LIMIT * between(atBegin, 0.97, since), resetsAt: firstEnd });
}

const SIDE_LIMIT = 25;
const SIDE_PEAK = [0.6, 0.85] as const;

function sideKey(seed: number, begunAt: number, at: number): DemoWorld["sideKey"] {
  const month = utcMonth(at);
  const usedAt = (moment: number) => within(seed, "side", SIDE_LIMIT, SIDE_PEAK, month, moment).used;
  const used = usedAt(at);
  const usedSince = (start: number) => cents(used - (start <= month.start ? 0 : usedAt(start)));
  const today = utcDay(at);
  // Day 0 of the epoch was a Thursday.
  const monday = today.start - ((today.index + 3) % 7) * DAY;
  let earlier = 48;
  for (let index = utcMonth(begunAt).index; index < month.index; index++) {
    earlier += within(seed, "side", SIDE_LIMIT, SIDE_PEAK, monthSpan(index), monthSpan(index).end).used;
  }
  return {
    limit: SIDE_LIMIT,
    used: cents(used),
    resetsAt: month.end,
    usedToday: usedSince(today.start),
    usedThisWeek: usedSince(monday),
    usedEver: cents(earlier + used),
    freeRequests: whole(within(seed, "free", 1000, [0.05, 0.25], today, at)),
  };
}

const TOP_UP = 25;
const TOP_UP_BELOW = 3;
const CREDITS_BEFORE = 240;
const BALANCE_AT_BEGIN = 12.4;

/** A prepaid balance that falls by about nine dollars a day and is topped up when it gets low. */
function sideAccount(seed: number, begunAt: number, at: number): DemoWorld["sideAccount"] {
  const spent = spentSince(seed, "account", begunAt, at, 9);
  const topUps = Math.max(0, Math.ceil((spent + TOP_UP_BELOW - BALANCE_AT_BEGIN) / TOP_UP));
  return {
    credits: CREDITS_BEFORE + topUps * TOP_UP,
    usage: cents(CREDITS_BEFORE - BALANCE_AT_BEGIN + spent),
  };
}

/** What has been used since the demo began, at about `perDay`; never falls. */
function spentSince(seed: number, name: string, begunAt: number, at: number, perDay: number): number {
  const days = Math.floor((at - begunAt) / DAY);
  const ofDay = (day: number) => perDay * between(0.6, 1.4, noise(seed, `${name} day`, day));
  let sum = 0;
  for (let day = 0; day < days; day++) sum += ofDay(day);
  return sum + ofDay(days) * shareUsed(seed, name, days, (at - begunAt) / DAY - days);
}

/** What the staging gateway goes through, over and over, in minutes. It begins broken, to show what that looks like. */
const SCRIPT: readonly (readonly [StagingPhase["behaviour"], number])[] = [
  ["server-error", 8],
  ["ok", 15],
  ["rate-limited", 5],
  ["ok", 12],
  ["login-page", 6],
  ["ok", 14],
];
const SCRIPT_MINUTES = SCRIPT.reduce((sum, [, minutes]) => sum + minutes, 0);

function stagingPhase(begunAt: number, at: number): StagingPhase {
  const round = SCRIPT_MINUTES * MINUTE;
  let until = at - ((at - begunAt) % round);
  for (const [behaviour, minutes] of SCRIPT) {
    until += minutes * MINUTE;
    if (at < until) return { behaviour, until };
  }
  return { behaviour: "ok", until };
}

function whole(quota: DemoQuota): DemoQuota {
  return { ...quota, used: Math.floor(quota.used) };
}

function rounded(quota: DemoQuota): DemoQuota {
  return { ...quota, used: cents(quota.used) };
}

/** Gateways tell money to a hundredth of a cent. */
function cents(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
