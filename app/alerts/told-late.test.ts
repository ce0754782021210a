import { expect, it } from "vitest";
import { alertRig, HOUR, MINUTE } from "../../tests/support/alert-rig.ts";
import { DEFAULT_QUIET_HOURS } from "../settings/alert-settings.ts";

const MOMENT = 5_000;

it("what a snooze held back is told by the next figures that say it, where the last ones at its end did not", async () => {
  const rig = await alertRig();
  await rig.desk.snooze({ sourceId: "s", meterId: null }, "hour");
  await rig.read(18);
  await rig.clock.advance(59 * MINUTE);
  await rig.read("unknown");
  await rig.clock.advance(5 * MINUTE);
  expect(rig.told()).toEqual([]);
  await rig.read(17);
  await rig.clock.advance(MOMENT);
  expect(rig.told()).toEqual(["s:20"]);
});

it("what quiet hours held back is, too, and not before they end", async () => {
  const rig = await alertRig();
  // It is one o'clock in the desk's zone.
  rig.preferences = {
    ...rig.preferences,
    quietHours: { ...DEFAULT_QUIET_HOURS, enabled: true, from: "12:30", to: "14:00" },
  };
  await rig.desk.settingsChanged();
  await rig.read(18);
  await rig.clock.advance(30 * MINUTE);
  await rig.read(17);
  await rig.clock.advance(29 * MINUTE);
  await rig.read(17, { meters: [] });
  await rig.clock.advance(2 * MINUTE);
  expect(rig.told()).toEqual([]);
  await rig.read(16);
  await rig.clock.advance(MOMENT);
  expect(rig.told()).toEqual(["s:20"]);
  await rig.clock.advance(HOUR);
  expect(rig.told()).toHaveLength(1);
});
