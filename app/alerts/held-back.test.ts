import { describe, expect, it } from "vitest";
import { alertRig, HOUR, MINUTE, meterOf, RESET, SOURCE, START } from "../../tests/support/alert-rig.ts";
import { DEFAULT_QUIET_HOURS } from "../settings/alert-settings.ts";

const MOMENT = 5_000;

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
