import { describe, expect, it } from "vitest";
import { alertRig, HOUR, MINUTE, START } from "../../tests/support/alert-rig.ts";
import { DEFAULT_QUIET_HOURS } from "../settings/alert-settings.ts";

const MOMENT = 5_000;

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
