import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { createPowerWatch } from "./power.ts";

type IdleState = "active" | "idle" | "locked" | "unknown";

function setUp() {
  const clock = createVirtualClock(1_000_000);
  const state = { onBattery: false, idle: "active" as IdleState, online: true, asked: 0 };
  const power = Object.assign(new EventEmitter(), {
    isOnBatteryPower: () => {
      state.asked += 1;
      return state.onBattery;
    },
    getSystemIdleState: (seconds: number): IdleState => (seconds === 300 ? state.idle : "unknown"),
  });
  const watch = createPowerWatch(power, () => state.online, clock);
  const told: string[] = [];
  watch.onWake((reason) => told.push(reason));
  return { clock, state, power, watch, told };
}

test("tells how the computer is, and asks the system once in a while", async () => {
  const { clock, state, watch } = setUp();
  expect(watch.now()).toEqual({ suspended: false, online: true, onBattery: false, idle: false });
  Object.assign(state, { onBattery: true, idle: "locked", online: false });
  expect(watch.now()).toEqual({ suspended: false, online: false, onBattery: false, idle: false });
  expect(state.asked).toBe(1);
  await clock.advance(5_000);
  expect(watch.now()).toEqual({ suspended: false, online: false, onBattery: true, idle: true });
  state.idle = "unknown";
  await clock.advance(5_000);
  expect(watch.now().idle).toBe(false);
});

test("tells what happens, and how the computer is from then on", () => {
  const { state, power, watch, told } = setUp();
  watch.now();
  state.onBattery = true;
  for (const event of ["on-battery", "lock-screen", "unlock-screen", "on-ac", "suspend", "resume"]) power.emit(event);
  expect(told).toEqual(["changed", "changed", "unlocked", "changed", "changed", "resumed"]);
  expect(watch.now().onBattery).toBe(true);
});

test("is suspended from the word to sleep to the word that it woke, or until it plainly runs", async () => {
  const { clock, power, watch } = setUp();
  power.emit("suspend");
  expect(watch.now().suspended).toBe(true);
  power.emit("resume");
  expect(watch.now().suspended).toBe(false);
  power.emit("suspend");
  await clock.advance(59_999);
  expect(watch.now().suspended).toBe(true);
  await clock.advance(1);
  expect(watch.now().suspended).toBe(false);
});
