import { describe, expect, it } from "vitest";
import { alertRig, HOUR, MINUTE, meterOf, RESET, SOURCE, START } from "../../tests/support/alert-rig.ts";
import { DEFAULT_QUIET_HOURS } from "../settings/alert-settings.ts";
import type { SinkOutcome } from "./alert-log.ts";

const MOMENT = 5_000;

describe("telling", () => {
  it("is in the ledger, durably, before anybody hears", async () => {
    const rig = await alertRig();
    await rig.read(18);
    expect(rig.disk.entries).toMatchObject([{ rule: "percent-left", level: 20, pending: "moment", told: null }]);
    await rig.clock.advance(MOMENT);
    expect(rig.events).toEqual(["written", "written", "told"]);
    expect(rig.disk.entries).toMatchObject([{ level: 20, pending: null, told: 20 }]);
    expect(rig.log).toMatchObject([
      { at: START + MOMENT, alert: { what: { threshold: 20, percentRemaining: 18 } }, outcome: { type: "told" } },
    ]);
  });

  it("is within five seconds, together with what else comes in them", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.clock.advance(3_000);
    await rig.read(0, { sourceId: "other" });
    await rig.clock.advance(1_999);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.told()).toEqual(["other:0 s:20"]);
    await rig.read(4);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["other:0 s:20", "s:5"]);
  });

  it("is once, and not again after a restart", async () => {
    const rig = await alertRig();
    for (const left of [18, 17, 16]) {
      await rig.read(left);
      await rig.clock.advance(5 * MINUTE);
      await rig.restart();
    }
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("is not lost with a process that ends in the same moment", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.restart();
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual([]);
    await rig.read(17);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
    expect(rig.log[0]?.alert.id).toContain(new Date(START).toISOString());
  });

  it("goes on when the disk refuses, and is not repeated while the process runs", async () => {
    const rig = await alertRig();
    rig.failWrites = true;
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
    rig.failWrites = false;
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    expect(rig.disk.entries).toMatchObject([{ level: 10, told: 10 }]);
  });

  it("says in the log what came of each place, also when telling fails", async () => {
    const rig = await alertRig();
    const refused: SinkOutcome = { sink: "hook", ok: false, detail: "HTTP 410" };
    rig.deliver = async () => [refused];
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    rig.deliver = () => Promise.reject(new Error("no"));
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    expect(rig.log.map(({ outcome }) => outcome)).toEqual([
      { type: "told", sinks: [refused] },
      { type: "told", sinks: [] },
    ]);
  });

  it("is held up by no clock that is put back", async () => {
    const rig = await alertRig();
    await rig.read(18);
    rig.clock.set(START - HOUR);
    await rig.fail({ sourceId: "other" });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("does not believe the old window's late figures in a new one, of which nothing low was seen before", async () => {
    const rig = await alertRig();
    const window = (resetsAt: number) => ({ window: { kind: "period", resetsAt, resetBasis: "reported" } as const });
    await rig.read(40, { meter: window(START + HOUR) });
    await rig.clock.advance(HOUR + MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MINUTE);
    await rig.read(100, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(6 * MINUTE);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("says nothing of a source that is not watched", async () => {
    const rig = await alertRig();
    rig.sources.clear();
    await rig.read(0);
    await rig.fail({ since: START - 10 * HOUR });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual([]);
  });

  it("gives the log entries of one moment times of their own, in their order", async () => {
    const rig = await alertRig();
    await rig.read(0, { meters: [meterOf(0), meterOf(9, { id: "b" }), meterOf(4, { id: "c" })] });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:0 s:5 s:10"]);
    expect(rig.log.map(({ at }) => at - START - MOMENT)).toEqual([0, 1, 2]);
    expect(new Set(rig.log.map(({ id }) => id)).size).toBe(3);
  });
});

describe("banners", () => {
  it("show the latest of each meter, go with a recovery, and by hand", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    await rig.read(3, { sourceId: "other" });
    await rig.clock.advance(MOMENT);
    expect(rig.desk.open().map(({ what }) => what)).toMatchObject([{ threshold: 5 }, { threshold: 10 }]);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(80);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(80);
    await rig.clock.advance(MOMENT);
    expect(rig.desk.open().map(({ what }) => what.type)).toEqual(["back", "percent-left"]);
    const list = rig.desk.open();
    expect(rig.desk.open()).toBe(list);
    for (const { id } of list) rig.desk.dismiss(id);
    expect(rig.desk.open()).toEqual([]);
  });
});

describe("quiet hours", () => {
  // 13:00 in Berlin now; quiet from 12:30 to 14:00 there.
  const quietHours = { ...DEFAULT_QUIET_HOURS, enabled: true, from: "12:30", to: "14:00" };
  const quiet = async (change: Partial<typeof quietHours> = {}) => {
    const rig = await alertRig();
    rig.preferences = { ...rig.preferences, quietHours: { ...quietHours, ...change } };
    await rig.desk.settingsChanged();
    return rig;
  };

  it("hold back, and at their end what is still true is told together, without a poll", async () => {
    const rig = await quiet();
    await rig.read(18);
    await rig.read(9, { sourceId: "other" });
    await rig.clock.advance(MOMENT);
    expect(rig.desk.quietUntil()).toBe(START + HOUR);
    expect(rig.logged()).toEqual(["quiet-hours other:10", "quiet-hours s:20"]);
    await rig.clock.advanceTo(START + 40 * MINUTE);
    await rig.read(3);
    await rig.read(8, { sourceId: "other" });
    await rig.clock.advanceTo(START + HOUR - 1);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.told()).toEqual(["s:5 other:10"]);
    expect(rig.desk.quietUntil()).toBeNull();
    await rig.clock.advance(10 * HOUR);
    expect(rig.told()).toHaveLength(1);
  });

  it("except what is used up, if so wanted", async () => {
    const rig = await quiet();
    await rig.read(0);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:0"]);
    const other = await quiet({ exceptUsedUp: false });
    await other.read(0);
    await other.clock.advance(MOMENT);
    expect(other.logged()).toEqual(["quiet-hours s:0"]);
  });

  it("let out what gets used up while it waits", async () => {
    const rig = await quiet();
    await rig.read(9);
    await rig.clock.advance(10 * MINUTE);
    await rig.read(-1);
    await rig.clock.advance(MOMENT);
    expect(rig.logged()).toEqual(["quiet-hours s:10", "told s:0"]);
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual(["s:0"]);
  });

  it("tell nothing afterwards that is true no more, and say so", async () => {
    const rig = await quiet();
    await rig.read(18);
    await rig.clock.advance(30 * MINUTE);
    await rig.read(60);
    await rig.clock.advance(40 * MINUTE);
    expect(rig.told()).toEqual([]);
    expect(rig.logged()).toEqual(["quiet-hours s:20", "recovered s:20"]);
    expect(rig.log[1]?.alert.what).toMatchObject({ percentRemaining: 18 });
    await rig.read(19);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("nothing of a window that has reset meanwhile, and no news of its being back", async () => {
    const rig = await quiet();
    const window = { kind: "period", resetsAt: START + 30 * MINUTE, resetBasis: "reported" } as const;
    await rig.read(3, { meter: { window } });
    await rig.clock.advance(50 * MINUTE);
    await rig.read(100, { meter: { window: { ...window, resetsAt: START + 5 * HOUR } } });
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual([]);
    expect(rig.logged()).toEqual(["quiet-hours s:5", "recovered s:5"]);
  });

  it("wait for figures where the source fails at their end, or the computer slept over it", async () => {
    const rig = await quiet();
    await rig.read(18);
    await rig.clock.advance(30 * MINUTE);
    await rig.fail();
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual([]);
    await rig.read(17);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);

    const asleep = await quiet();
    await asleep.read(18);
    await asleep.clock.advance(MOMENT);
    asleep.clock.sleep(8 * HOUR);
    await asleep.clock.advance(MINUTE);
    expect(asleep.told()).toEqual([]);
    await asleep.read(17);
    await asleep.clock.advance(MOMENT);
    expect(asleep.told()).toEqual(["s:20"]);
  });

  it("outlive a restart", async () => {
    const rig = await quiet();
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.restart();
    await rig.read(17);
    await rig.clock.advance(MINUTE);
    await rig.restart();
    expect(rig.logged()).toEqual(["quiet-hours s:20"]);
    await rig.read(17);
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("end at once when they are switched off", async () => {
    const rig = await quiet();
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    rig.preferences = { ...rig.preferences, quietHours: DEFAULT_QUIET_HOURS };
    await rig.desk.settingsChanged();
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("keep no timer while nothing waits", async () => {
    const rig = await quiet();
    await rig.read(50);
    expect(rig.clock.pendingTimers()).toBe(0);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    expect(rig.clock.pendingTimers()).toBe(1);
  });

  it("hold back that a quota is back, and tell it if it still is", async () => {
    const rig = await alertRig();
    await rig.read(0);
    await rig.clock.advance(MOMENT);
    rig.preferences = { ...rig.preferences, quietHours };
    await rig.desk.settingsChanged();
    await rig.read(90);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(90);
    await rig.clock.advance(MOMENT);
    expect(rig.logged()).toEqual(["told s:0", "quiet-hours s:back"]);
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual(["s:0", "s:back"]);
    expect(rig.disk.entries).toEqual([]);
  });
});

describe("snooze", () => {
  it.each([
    ["the meter", { sourceId: "s", meterId: "tokens" }, ["other:20", "s:20"]],
    ["the source", { sourceId: "s", meterId: null }, ["other:20", "s:20"]],
    ["everything", { sourceId: null, meterId: null }, ["other:20 s:20"]],
    ["another meter", { sourceId: "s", meterId: "another" }, ["other:20 s:20"]],
  ])("of %s for an hour holds back and then tells", async (_name, target, expected) => {
    const rig = await alertRig();
    expect(await rig.desk.snooze(target, "hour")).toBe(START + HOUR);
    await rig.read(18, { sourceId: "other" });
    await rig.read(18);
    await rig.clock.advance(2 * HOUR);
    expect(rig.told()).toEqual(expected);
    expect(rig.desk.snoozes()).toEqual([]);
    expect(rig.disk.snoozes).toEqual([]);
  });

  it("until the reset of the meter, of the warned ones of a source, or not where none is known", async () => {
    const rig = await alertRig();
    const later = meterOf(5, {
      id: "later",
      window: { kind: "period", resetsAt: RESET + HOUR, resetBasis: "reported" },
    });
    await rig.read(50, { meters: [meterOf(50), later] });
    expect(await rig.desk.snooze({ sourceId: "s", meterId: "tokens" }, "reset")).toBe(RESET);
    expect(await rig.desk.snooze({ sourceId: "s", meterId: null }, "reset")).toBe(RESET + HOUR);
    expect(await rig.desk.snooze({ sourceId: "s", meterId: "none" }, "reset")).toBeNull();
    expect(await rig.desk.snooze({ sourceId: "other", meterId: null }, "reset")).toBeNull();
    expect(await rig.desk.snooze({ sourceId: null, meterId: null }, "reset")).toBeNull();
    expect(rig.desk.snoozes()).toHaveLength(2);
  });

  it("until tomorrow is until 8 in the morning here", async () => {
    const rig = await alertRig();
    expect(await rig.desk.snooze({ sourceId: null, meterId: null }, "tomorrow")).toBe(
      Date.parse("2026-11-21T07:00:00Z"),
    );
  });

  it("outlives a restart, and is ended by hand", async () => {
    const rig = await alertRig();
    await rig.desk.snooze({ sourceId: "s", meterId: null }, "hour");
    await rig.restart();
    await rig.read(18);
    await rig.clock.advance(MINUTE);
    expect(rig.logged()).toEqual(["snoozed s:20"]);
    expect(rig.desk.snoozes()).toHaveLength(1);
    await rig.desk.unsnooze({ sourceId: "s", meterId: null });
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("into quiet hours waits for their end, too, and says why each time", async () => {
    const rig = await alertRig();
    rig.preferences = {
      ...rig.preferences,
      quietHours: { ...DEFAULT_QUIET_HOURS, enabled: true, from: "13:30", to: "15:00" },
    };
    await rig.desk.settingsChanged();
    await rig.desk.snooze({ sourceId: "s", meterId: null }, "hour");
    await rig.read(18);
    await rig.clock.advance(90 * MINUTE);
    await rig.read(18);
    await rig.clock.advance(HOUR);
    expect(rig.logged()).toEqual(["snoozed s:20", "quiet-hours s:20", "told s:20"]);
  });
});

describe("muted and off", () => {
  it.each([
    ["the source", { ...SOURCE, muted: true }, "source-muted"],
    [
      "the meter",
      { ...SOURCE, meters: { tokens: { muted: true, thresholds: null, alertRules: null } } },
      "meter-muted",
    ],
  ])("%s: recorded, and never made up for", async (_name, settings, reason) => {
    const rig = await alertRig();
    rig.sources.set("s", settings);
    await rig.read(9);
    await rig.clock.advance(MINUTE);
    rig.sources.set("s", SOURCE);
    await rig.desk.settingsChanged();
    await rig.read(8);
    await rig.clock.advance(MINUTE);
    expect(rig.logged()).toEqual([`${reason} s:10`]);
    await rig.read(4);
    await rig.clock.advance(MINUTE);
    expect(rig.told()).toEqual(["s:5"]);
  });

  it("all alerts: recorded, and nobody hears that it is back", async () => {
    const rig = await alertRig();
    rig.preferences = { ...rig.preferences, alertsEnabled: false };
    await rig.read(9);
    await rig.clock.advance(MINUTE);
    rig.preferences = { ...rig.preferences, alertsEnabled: true };
    await rig.clock.advance(4 * MINUTE);
    await rig.read(90);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(90);
    await rig.clock.advance(MINUTE);
    expect(rig.logged()).toEqual(["alerts-off s:10"]);
  });
});

describe("a source that fails", () => {
  it("is told of when it has failed for long, without a further poll, once, with its cause", async () => {
    const rig = await alertRig();
    await rig.fail();
    await rig.clock.advance(2 * HOUR - 1);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.told()).toEqual(["s:failing"]);
    expect(rig.log[0]?.alert).toMatchObject({ meterId: null, what: { cause: "key-refused", since: START } });
    await rig.fail({ since: START, consecutive: 9 });
    await rig.clock.advance(MINUTE);
    await rig.restart();
    for (let poll = 0; poll < 5; poll += 1) {
      await rig.fail({ since: START + 3 * HOUR, consecutive: 1 + poll });
      await rig.clock.advance(HOUR);
    }
    expect(rig.told()).toHaveLength(1);
  });
  it("is told of by the next poll where the computer has slept over it, if that fails, too", async () => {
    const rig = await alertRig();
    await rig.fail();
    rig.clock.sleep(8 * HOUR);
    await rig.clock.advance(MINUTE);
    expect(rig.told()).toEqual([]);
    await rig.read(50);
    await rig.clock.advance(MINUTE);
    await rig.fail();
    rig.clock.sleep(8 * HOUR);
    await rig.clock.advance(MINUTE);
    await rig.fail({ since: START + 8 * HOUR + 2 * MINUTE });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:failing"]);
  });
  it("is told of after a restart in the moment in which it was to be told", async () => {
    const rig = await alertRig();
    await rig.fail({ since: START - 10 * HOUR });
    await rig.restart();
    await rig.fail();
    await rig.clock.advance(MOMENT);
    expect(rig.logged()).toEqual(["told s:failing"]);
  });
  it("again in the next spell, and its banner goes when it answers", async () => {
    const rig = await alertRig();
    await rig.fail({ cause: "needs-key" });
    await rig.clock.advance(2 * HOUR);
    expect(rig.desk.open()).toHaveLength(1);
    await rig.read(50);
    expect(rig.desk.open()).toEqual([]);
    await rig.fail();
    await rig.clock.advance(3 * HOUR);
    expect(rig.told()).toEqual(["s:failing", "s:failing"]);
  });
  it("not while it merely asks to wait, nor for two polls without a network", async () => {
    const rig = await alertRig();
    await rig.fail({ cause: "rate-limited", since: START - 10 * HOUR, consecutive: 20 });
    await rig.fail({ sourceId: "other", cause: "unreachable", since: START - 10 * HOUR, consecutive: 2 });
    await rig.clock.advance(5 * HOUR);
    expect(rig.told()).toEqual([]);
    await rig.fail({ sourceId: "other", cause: "unreachable", since: START - 10 * HOUR, consecutive: 3 });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["other:failing"]);
  });
  it("never touches what is known of its meters", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.fail();
    await rig.clock.advance(MOMENT);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });
  it("held back over quiet hours, and answering again by then, was none", async () => {
    const rig = await alertRig();
    rig.preferences = {
      ...rig.preferences,
      quietHours: { ...DEFAULT_QUIET_HOURS, enabled: true, from: "12:30", to: "14:00" },
    };
    await rig.desk.settingsChanged();
    await rig.fail({ since: START - 10 * HOUR });
    await rig.clock.advance(30 * MINUTE);
    await rig.read(50);
    await rig.clock.advance(2 * HOUR);
    expect(rig.logged()).toEqual(["quiet-hours s:failing", "recovered s:failing"]);
  });
});

describe("one quantity in two sources", () => {
  const identities = new Map([["tokens", "one key"]]);
  it("is told of by the one that sees it first, each step once", async () => {
    const rig = await alertRig();
    const steps: [string, number][] = [
      ["s", 18],
      ["other", 18],
      ["other", 9],
      ["s", 9],
      ["s", 3],
      ["other", 3],
    ];
    for (const [sourceId, left] of steps) {
      await rig.read(left, { sourceId, identities });
      await rig.clock.advance(MINUTE);
    }
    expect(rig.logged()).toEqual([
      "told s:20",
      "told-by-another-source other:20",
      "told other:10",
      "told-by-another-source s:10",
      "told s:5",
      "told-by-another-source other:5",
    ]);
  });
  it("in the same moment, too", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.read(18, { sourceId: "other", identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toHaveLength(1);
    expect(rig.deliveries[0]?.alerts).toHaveLength(1);
  });
  it("after a restart, too", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.clock.advance(MOMENT);
    await rig.restart();
    await rig.read(18, { sourceId: "other", identities });
    await rig.read(18, { identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });
  it("by the other one when the first is muted, or says something milder", async () => {
    const rig = await alertRig();
    rig.sources.set("s", { ...SOURCE, muted: true });
    await rig.read(18, { identities });
    await rig.read(18, { sourceId: "other", identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["other:20"]);
  });
  it("in its own window: what the other one told of an earlier window says nothing", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.clock.advanceTo(RESET + 30 * MINUTE);
    const window = { kind: "period", resetsAt: RESET + 48 * HOUR, resetBasis: "reported" } as const;
    await rig.read(18, { sourceId: "other", identities, meter: { window } });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20", "other:20"]);
  });
});

describe("the end", () => {
  it("leaves what waits in the ledger, waits for a delivery under way, and logs it either way", async () => {
    const rig = await alertRig();
    rig.deliver = () => new Promise(() => undefined);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(18, { sourceId: "other" });
    const stopping = rig.desk.stop();
    await rig.clock.advance(10_000);
    await stopping;
    expect(rig.clock.pendingTimers()).toBe(0);
    expect(rig.told()).toEqual(["s:20"]);
    expect(rig.logged()).toEqual(["told s:20"]);
    expect(rig.disk.entries).toMatchObject([{ told: 20 }, { sourceId: "other", pending: "moment" }]);
  });
  it("without anything under way is at once", async () => {
    const rig = await alertRig();
    await rig.desk.stop();
    expect(rig.clock.pendingTimers()).toBe(0);
  });
});

it("forgets sources that are gone, with their snoozes", async () => {
  const rig = await alertRig();
  await rig.read(18);
  await rig.read(18, { sourceId: "other" });
  await rig.clock.advance(MOMENT);
  await rig.desk.snooze({ sourceId: "s", meterId: null }, "hour");
  await rig.desk.snooze({ sourceId: null, meterId: null }, "hour");
  await rig.desk.keepOnly(new Set(["other"]));
  expect(rig.disk.entries.map(({ sourceId }) => sourceId)).toEqual(["other"]);
  expect(rig.desk.snoozes()).toMatchObject([{ sourceId: null }]);
  expect(rig.desk.open()).toHaveLength(1);
});
