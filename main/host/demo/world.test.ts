import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DemoQuota, type DemoWorld, demoWorld } from "./world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BEGUN = Date.UTC(2026, 10, 20, 12, 0, 0);

const quotas: readonly [string, (world: DemoWorld) => DemoQuota][] = [
  ["team tokens", (world) => world.teamTokens],
  ["team cost", (world) => world.teamCost],
  ["coding plan", (world) => world.codingPlan],
  ["side key", (world) => world.sideKey],
  ["free requests", (world) => world.sideKey.freeRequests],
  ["university", (world) => world.university],
  ["staging tokens", (world) => world.stagingTokens],
];

const seeds = fc.integer();
const begins = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
const ages = fc.integer({ min: 0, max: 70 * DAY });

describe("the demo's world", () => {
  it("is the same for the same seed, beginning and moment, and another for another seed", () => {
    const at = BEGUN + 3 * DAY;
    expect(demoWorld({ seed: 7, begunAt: BEGUN, at })).toEqual(demoWorld({ seed: 7, begunAt: BEGUN, at }));
    expect(demoWorld({ seed: 8, begunAt: BEGUN, at }).teamTokens.used).not.toBe(
      demoWorld({ seed: 7, begunAt: BEGUN, at }).teamTokens.used,
    );
  });

  it.each(quotas)("never lets the use of %s fall within a window, nor pass its limit", (_, quotaOf) => {
    fc.assert(
      fc.property(seeds, begins, ages, fc.integer({ min: 0, max: 2 * DAY }), (seed, begunAt, age, later) => {
        const before = quotaOf(demoWorld({ seed, begunAt, at: begunAt + age }));
        const after = quotaOf(demoWorld({ seed, begunAt, at: begunAt + age + later }));
        expect(before.resetsAt).toBeGreaterThan(begunAt + age);
        expect(before.used).toBeGreaterThanOrEqual(0);
        expect(before.used).toBeLessThan(before.limit);
        if (after.resetsAt === before.resetsAt) expect(after.used).toBeGreaterThanOrEqual(before.used);
        else expect(after.resetsAt).toBeGreaterThan(before.resetsAt);
      }),
    );
  });

  it.each(quotas)("starts %s over at its reset", (_, quotaOf) => {
    fc.assert(
      fc.property(seeds, begins, ages, (seed, begunAt, age) => {
        const { resetsAt } = quotaOf(demoWorld({ seed, begunAt, at: begunAt + age }));
        const last = quotaOf(demoWorld({ seed, begunAt, at: resetsAt - 1 }));
        const next = quotaOf(demoWorld({ seed, begunAt, at: resetsAt }));
        expect(last.resetsAt).toBe(resetsAt);
        expect(next.used).toBe(0);
      }),
    );
  });

  it("begins with the coding plan near its line, back within two hours", () => {
    fc.assert(
      fc.property(seeds, begins, (seed, begunAt) => {
        const { limit, used, resetsAt } = demoWorld({ seed, begunAt, at: begunAt }).codingPlan;
        const percentLeft = (1 - used / limit) * 100;
        expect(percentLeft).toBeGreaterThanOrEqual(12);
        expect(percentLeft).toBeLessThanOrEqual(18);
        expect(resetsAt - begunAt).toBeLessThan(120 * MINUTE);
      }),
    );
  });

  it("moves what somebody watches within minutes", () => {
    const at = (minutes: number) => demoWorld({ seed: 1876, begunAt: BEGUN, at: BEGUN + minutes * MINUTE });
    expect(at(2).codingPlan.used - at(0).codingPlan.used).toBeGreaterThan(1000);
    expect(at(5).teamCost.used - at(0).teamCost.used).toBeGreaterThan(0.01);
    expect(at(2).labTokens).toBeGreaterThan(at(0).labTokens);
  });

  it("lets the balance fall, and tops it up now and then before it is gone", () => {
    const balances = Array.from({ length: 60 * 24 }, (_, hour) => {
      const { credits, usage } = demoWorld({ seed: 1, begunAt: BEGUN, at: BEGUN + hour * 60 * MINUTE }).sideAccount;
      return credits - usage;
    });
    expect(Math.min(...balances)).toBeGreaterThan(2);
    expect(Math.max(...balances)).toBeLessThanOrEqual(3 + 25);
    const topUps = balances.filter((balance, hour) => balance > (balances[hour - 1] ?? balance));
    expect(topUps.length).toBeGreaterThan(10);
    expect(topUps.length).toBeLessThan(60);
  });

  it("never takes back spend of a key or an account", () => {
    fc.assert(
      fc.property(seeds, begins, ages, ages, (seed, begunAt, one, other) => {
        const early = demoWorld({ seed, begunAt, at: begunAt + Math.min(one, other) });
        const late = demoWorld({ seed, begunAt, at: begunAt + Math.max(one, other) });
        expect(late.sideKey.usedEver).toBeGreaterThanOrEqual(early.sideKey.usedEver);
        expect(late.sideAccount.usage).toBeGreaterThanOrEqual(early.sideAccount.usage);
        expect(late.sideAccount.credits).toBeGreaterThanOrEqual(early.sideAccount.credits);
        expect(late.labTokens).toBeGreaterThanOrEqual(early.labTokens);
        expect(late.sideKey.usedToday).toBeLessThanOrEqual(late.sideKey.usedThisWeek);
      }),
    );
  });

  it.each([
    [0, "server-error", 8],
    [7.9, "server-error", 8],
    [8, "ok", 23],
    [23, "rate-limited", 28],
    [28, "ok", 40],
    [40, "login-page", 46],
    [46, "ok", 60],
    [60, "server-error", 68],
    [600 + 41, "login-page", 646],
  ])("has the staging gateway at minute %d be %s until minute %d", (minute, behaviour, until) => {
    const world = demoWorld({ seed: 1, begunAt: BEGUN, at: BEGUN + minute * MINUTE });
    expect(world.staging).toEqual({ behaviour, until: BEGUN + until * MINUTE });
  });

  it("takes a clock that was set back for its beginning", () => {
    expect(demoWorld({ seed: 1, begunAt: BEGUN, at: BEGUN - DAY })).toEqual(
      demoWorld({ seed: 1, begunAt: BEGUN, at: BEGUN }),
    );
  });
});
