import { describe, expect, it } from "vitest";
import { DAY, facts, failed, HOUR, MINUTE, meter, NOW, SECOND, WELL } from "../../tests/engine/refresh-facts.ts";
import { heldBack, isWorthAsking, nextDue, type RefreshFacts } from "./policy.ts";

const at = (change: Partial<RefreshFacts>) => {
  const due = nextDue(facts(change));
  return [due.reason, (due.dueAt - NOW) / MINUTE] as const;
};

type Case = [string, Partial<RefreshFacts>, readonly [string, number]];

describe("a source that can be read is due", () => {
  it.each<Case>([
    ["at once when it is new", { last: null }, ["first-poll", 0]],
    ["at its interval while it is calm", { meters: [meter(80)] }, ["interval", 5]],
    ["a tenth sooner by chance", { chance: 0 }, ["interval", 4.5]],
    ["a tenth later by chance", { chance: 1 }, ["interval", 5.5]],
    ["at its own interval", { intervalMs: 2 * HOUR }, ["interval", 120]],
    ["never below its floor", { intervalMs: MINUTE, floorMs: 15 * MINUTE }, ["interval", 15]],
    ["twice as often near its line", { meters: [meter(30)] }, ["near-line", 2.5]],
    ["but no longer above that", { meters: [meter(30.1)] }, ["interval", 5]],
    ["near its line, not below its floor", { meters: [meter(25)], floorMs: 4 * MINUTE }, ["near-line", 4]],
    ["used up, as near its line", { meters: [meter(0)] }, ["near-line", 2.5]],
    ["four times as often when it runs out within the hour", { runsOutAt: NOW + HOUR }, ["burning-fast", 1.25]],
    ["as usual when it runs out after that", { runsOutAt: NOW + HOUR + 1 }, ["interval", 5]],
    [
      "several times before it runs out, however long its interval",
      { intervalMs: 6 * HOUR, runsOutAt: NOW + 20 * MINUTE },
      ["burning-fast", 5],
    ],
    ["at its floor when it runs out now", { runsOutAt: NOW - MINUTE }, ["burning-fast", 1]],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });
});

describe("on battery or with nobody there a source is due", () => {
  const battery = { ...WELL, onBattery: true };
  const idle = { ...WELL, idle: true };
  it.each<Case>([
    ["half as often on battery", { conditions: battery }, ["on-battery", 10]],
    ["half as often when nobody is there", { conditions: idle }, ["idle", 10]],
    ["a quarter as often with both", { conditions: { ...battery, idle: true } }, ["on-battery", 20]],
    [
      "as usual when it is near its line and stands still there",
      { conditions: battery, meters: [meter(25)] },
      ["on-battery", 5],
    ],
    [
      "no later than otherwise when it burns near its line",
      { conditions: { ...battery, idle: true }, meters: [meter(25)], isFalling: true },
      ["near-line", 2.5],
    ],
    ["nor when it runs out soon", { conditions: idle, runsOutAt: NOW + 30 * MINUTE }, ["burning-fast", 1.25]],
    [
      "right after a reset all the same",
      { conditions: idle, meters: [meter(80, NOW + 6 * MINUTE)] },
      ["after-reset", 6.125],
    ],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });
});

describe("a reset is read", () => {
  const two = (first: number, second: number) => [meter(80, first), { ...meter(80, second), id: "requests" }];
  const passed = (polls: number) => ({
    meters: [meter(0, NOW - MINUTE)],
    resets: [{ at: NOW - MINUTE, polls }],
  });
  it.each<Case>([
    ["5 to 10 seconds after it", { meters: [meter(80, NOW + 3 * MINUTE)] }, ["after-reset", 3.125]],
    ["5 at the least", { meters: [meter(80, NOW + 3 * MINUTE)], chance: 0 }, ["after-reset", 3 + 5 / 60]],
    ["10 at the most", { meters: [meter(80, NOW + 3 * MINUTE)], chance: 1 }, ["after-reset", 3 + 10 / 60]],
    ["with long intervals, too", { intervalMs: 6 * HOUR, meters: [meter(80, NOW + HOUR)] }, ["after-reset", 60.125]],
    ["after the floor when it is nearer than that", { meters: [meter(80, NOW + 10 * SECOND)] }, ["after-reset", 1]],
    [
      "instead of just before it, when the floor would hold up the poll after that",
      { meters: [meter(80, NOW + 5.5 * MINUTE)] },
      ["after-reset", 5.625],
    ],
    ["by a poll of its own when there is time for one", { meters: [meter(80, NOW + 6 * MINUTE)] }, ["interval", 5]],
    [
      "together with one that follows within the floor",
      { meters: two(NOW + 3 * MINUTE, NOW + 3.5 * MINUTE) },
      ["after-reset", 3.625],
    ],
    ["before one that follows later", { meters: two(NOW + 3 * MINUTE, NOW + 4.5 * MINUTE) }, ["after-reset", 3.125]],
    [
      "not later than within two minutes, however high the floor",
      { floorMs: 15 * MINUTE, intervalMs: HOUR, meters: two(NOW + 20 * MINUTE, NOW + 22 * MINUTE) },
      ["after-reset", 20.125],
    ],
    ["again at the floor when the gateway still shows the time before", passed(1), ["reset-awaited", 1]],
    ["three times", passed(3), ["reset-awaited", 1]],
    ["then with ever more patience", passed(4), ["reset-awaited", 2]],
    ["then with ever more patience still", passed(5), ["reset-awaited", 4]],
    ["and in the end as usual", passed(6), ["interval", 5]],
    [
      "also while polls fail",
      { last: failed("server-error", 7), meters: [meter(80, NOW + 3 * MINUTE)] },
      ["after-reset", 3.125],
    ],
    [
      "but one that has passed waits for the back-off then",
      { last: failed("server-error", 1), ...passed(0) },
      ["back-off", 1.5],
    ],
    [
      "and not with a key that is refused",
      { last: failed("key-refused"), meters: [meter(80, NOW + 3 * MINUTE)] },
      ["key-refused", 60],
    ],
    [
      "as soon as what was used up comes back",
      { last: failed("quota-used-up"), meters: [meter(0, NOW + MINUTE)] },
      ["after-reset", 1.125],
    ],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });
});

describe("a server's wish to wait", () => {
  const wish = (ms: number, change: Partial<RefreshFacts> = {}): Partial<RefreshFacts> => ({
    waitUntil: NOW + ms,
    chance: 0,
    ...change,
  });
  it.each<Case>([
    ["stands for the back-off", wish(30 * MINUTE, { last: failed("rate-limited") }), ["retry-after", 30]],
    [
      "is spread a little",
      wish(30 * MINUTE, { last: failed("rate-limited"), chance: 1 }),
      ["retry-after", 30 + 10 / 60],
    ],
    ["does not undercut the floor", wish(1, { last: failed("rate-limited") }), ["retry-after", 1]],
    [
      "is not believed more than three times in a row",
      wish(1, { last: failed("rate-limited", 4), chance: 1 }),
      ["back-off", 16],
    ],
    ["holds after a success", wish(20 * MINUTE), ["retry-after", 20]],
    ["leaves what is later anyway", wish(2 * MINUTE), ["interval", 4.5]],
    ["holds against a line", wish(20 * MINUTE, { meters: [meter(5)], runsOutAt: NOW }), ["retry-after", 20]],
    ["holds against a reset", wish(20 * MINUTE, { meters: [meter(80, NOW + MINUTE)] }), ["retry-after", 20]],
    ["holds for a source that was edited", wish(20 * MINUTE, { last: null }), ["retry-after", 20]],
    [
      "of ten years is heeded for a day",
      wish(3650 * DAY, { last: failed("rate-limited") }),
      ["retry-after-capped", 1440],
    ],
    [
      "does not bring a refused key back sooner",
      wish(MINUTE, { last: failed("key-refused"), chance: 0.5 }),
      ["key-refused", 60],
    ],
    ["that has passed says nothing", wish(-1), ["interval", 4.5]],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });
});

describe("a failure", () => {
  it.each<Case>([
    ["is followed by a try within two floors", { last: failed("server-error") }, ["back-off", 1.5]],
    ["later by ever more", { last: failed("server-error", 4), chance: 1 }, ["back-off", 16]],
    ["with full jitter down to the floor", { last: failed("server-error", 4), chance: 0 }, ["back-off", 1]],
    ["up to an hour", { last: failed("server-error", 7), chance: 1 }, ["back-off", 60]],
    ["cools a source down the eighth time", { last: failed("server-error", 8) }, ["cool-down", 120]],
    ["and each time after that", { last: failed("server-error", 5000) }, ["cool-down", 120]],
    ["of the key is followed by a try an hour later", { last: failed("key-refused") }, ["key-refused", 60]],
    ["of the key, however often", { last: failed("key-lacks-permission", 99) }, ["key-refused", 60]],
    ["of a key that its tool may renew, as usual", { last: failed("key-refused"), keyInFile: true }, ["interval", 5]],
    ["because the quota is used up is none of the service", { last: failed("quota-used-up", 50) }, ["interval", 5]],
    [
      "to reach anything is tried again soon",
      { last: failed("unreachable", 50), unreachableTogether: 1, chance: 1 },
      ["back-off", 5],
    ],
    [
      "to reach anything is shared by all sources",
      { last: failed("unreachable", 50), unreachableTogether: 10, chance: 1 },
      ["back-off", 20],
    ],
    [
      "to reach anything, an hour at the most",
      { last: failed("unreachable", 50), unreachableTogether: 500, chance: 1 },
      ["back-off", 60],
    ],
    [
      "to hear of anything is shared alike",
      { last: failed("timed-out", 50), unreachableTogether: 10, chance: 1 },
      ["back-off", 20],
    ],
    [
      "to hear of the only one is its own",
      { last: failed("timed-out", 50), unreachableTogether: 1 },
      ["cool-down", 120],
    ],
    ["to reach one of several is the gateway's own", { last: failed("unreachable", 8) }, ["cool-down", 120]],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });

  it.each<Case>([
    ["hourly", { last: { type: "needs-key", reason: "env-not-set" } }, ["needs-key", 60]],
    [
      "as usual where a tool may put it into its file",
      { last: { type: "needs-key", reason: "expired-in-file" } },
      ["interval", 5],
    ],
  ])("to find a key is looked at %s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });
});

describe("nothing is asked", () => {
  it.each<Case>([
    ["without a network", { conditions: { ...WELL, online: false } }, ["offline", 5]],
    ["while the computer sleeps", { conditions: { ...WELL, suspended: true } }, ["suspended", 5]],
    [
      "of this computer itself while it sleeps",
      { conditions: { ...WELL, suspended: true }, needsNetwork: false },
      ["suspended", 5],
    ],
    ["not even a first time", { last: null, conditions: { ...WELL, online: false } }, ["offline", 1]],
  ])("%s", (_name, change, expected) => {
    expect(at(change)).toEqual(expected);
  });

  it("but of a gateway on this computer, which needs no network", () => {
    expect(heldBack({ ...WELL, online: false }, false)).toBeNull();
    expect(at({ conditions: { ...WELL, online: false }, needsNetwork: false })).toEqual(["interval", 5]);
  });
});

it.each<[RefreshFacts["last"], boolean]>([
  [null, true],
  [{ type: "reading" }, true],
  [failed("server-error"), true],
  [failed("server-error", 8), false],
  [failed("unreachable", 8), true],
  [failed("timed-out", 8), true],
  [failed("key-refused"), false],
  [failed("key-lacks-permission"), false],
  [{ type: "needs-key", reason: "not-saved" }, false],
  [{ type: "needs-key", reason: "file-not-found" }, true],
  [{ type: "needs-key", reason: "keyring-unavailable" }, true],
])("after %j an event of the computer is a reason to ask: %s", (last, expected) => {
  expect(isWorthAsking(last)).toBe(expected);
});
