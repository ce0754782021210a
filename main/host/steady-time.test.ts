import { expect, test } from "vitest";
import { createSteadyTime } from "./steady-time.ts";

const HOUR = 3_600_000;

/** A computer whose clocks go as told. `wakes`: the running clock counts sleep, too, as on Windows. */
function computer(wakes = false) {
  const at = { wall: 1_700_000_000_000, running: 5_000, uptime: 900_000 };
  let asked = 0;
  const steady = createSteadyTime({
    wall: () => at.wall,
    running: () => at.running,
    uptime: () => {
      asked += 1;
      // In whole seconds, as on macOS.
      return Math.floor(at.uptime / 1_000) * 1_000;
    },
  });
  const begin = steady();
  return {
    passed: () => steady() - begin,
    asked: () => asked,
    run(ms: number) {
      at.wall += ms;
      at.running += ms;
      at.uptime += ms;
    },
    sleep(ms: number) {
      at.wall += ms;
      at.uptime += ms;
      if (wakes) at.running += ms;
    },
    set(ms: number) {
      at.wall += ms;
    },
  };
}

test("goes on with the computer, and asks for the uptime only when the clocks differ", () => {
  const it = computer();
  const before = it.asked();
  for (let step = 0; step < 1000; step += 1) {
    it.run(1);
    it.passed();
  }
  expect(it.passed()).toBe(1_000);
  expect(it.asked()).toBe(before);
});

test.each([false, true])("counts sleep (and the running clock does: %s)", (wakes) => {
  const it = computer(wakes);
  it.run(10_000);
  it.sleep(8 * HOUR);
  expect(Math.abs(it.passed() - 10_000 - 8 * HOUR)).toBeLessThanOrEqual(1_000);
  it.run(500);
  it.sleep(HOUR);
  expect(Math.abs(it.passed() - 10_500 - 9 * HOUR)).toBeLessThanOrEqual(2_000);
});

test.each([3 * HOUR, -3 * HOUR])("does not follow a clock that is set by %d ms", (ms) => {
  const it = computer();
  it.run(10_000);
  it.set(ms);
  expect(it.passed()).toBe(10_000);
  it.sleep(HOUR);
  it.set(ms);
  expect(Math.abs(it.passed() - 10_000 - HOUR)).toBeLessThanOrEqual(1_000);
});

test("never goes back", () => {
  const it = computer();
  let last = it.passed();
  for (let step = 0; step < 500; step += 1) {
    const kind = step % 5;
    if (kind === 0) it.sleep(step * 37);
    else if (kind === 1) it.set(-step * 91);
    else if (kind === 2) it.set(step * 53);
    else it.run(step % 7);
    const now = it.passed();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});

test("is that of this computer", async () => {
  const steady = createSteadyTime();
  const begin = [steady(), performance.now()] as const;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(Math.abs(steady() - begin[0] - (performance.now() - begin[1]))).toBeLessThan(5);
});
