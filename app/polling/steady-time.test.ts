import fc from "fast-check";
import { expect, it } from "vitest";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { createSteadyTime } from "./steady-time.ts";

const START = 1_000_000_000;

it("goes on with time and with sleep, and not with the clock that is set", async () => {
  const clock = createVirtualClock(START);
  const time = createSteadyTime(clock);
  const begin = time.steady();
  await clock.advance(1_000);
  clock.sleep(5_000);
  clock.set(START - 3_600_000);
  expect(time.steady() - begin).toBe(6_000);
  expect(time.toWall(time.fromWall(START))).toBe(START);
  expect(time.fromWall(clock.now() + 10) - time.steady()).toBe(10);
});

it("says once that the clock was set, and nothing of what a time server puts right", () => {
  const clock = createVirtualClock(START);
  const time = createSteadyTime(clock);
  clock.set(START + 4_000);
  expect(time.wasSet()).toBe(false);
  clock.set(START + 60_000);
  expect([time.wasSet(), time.wasSet()]).toEqual([true, false]);
  clock.set(START - 3_600_000);
  expect([time.wasSet(), time.wasSet()]).toEqual([true, false]);
  clock.sleep(3_600_000);
  expect(time.wasSet()).toBe(false);
});

it("never goes back where the host has but a wall clock, which is taken to be set never forwards", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e7, max: 1e7 }), { maxLength: 50 }), (steps) => {
      let now = START;
      const time = createSteadyTime({ now: () => now, setTimer: () => () => undefined });
      let passed = time.steady();
      for (const step of steps) {
        now += step;
        const next = time.steady();
        expect(next - passed).toBe(Math.max(0, step));
        passed = next;
      }
    }),
  );
});
