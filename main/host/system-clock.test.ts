import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSystemClock } from "./system-clock.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test("calls back once, at its time", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  clock.setTimer(clock.now() + 5000, callback);
  vi.advanceTimersByTime(4999);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  vi.advanceTimersByTime(1_000_000);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("a time that has passed calls back soon, but never before setTimer returned", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  clock.setTimer(clock.now() - 5000, callback);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("waits for longer than a timer of the event loop can", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  const days = 40 * 24 * 3600 * 1000;
  clock.setTimer(clock.now() + days, callback);
  vi.advanceTimersByTime(days - 1);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("a wall clock that leaps past the time (the computer slept) is noticed within a minute", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  clock.setTimer(clock.now() + 8 * 3600_000, callback);
  vi.advanceTimersByTime(1000);
  vi.setSystemTime(Date.now() + 9 * 3600_000);
  vi.advanceTimersByTime(60_000);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("a wall clock that is set back holds nothing up", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  clock.setTimer(clock.now() + 600_000, callback);
  vi.advanceTimersByTime(1000);
  vi.setSystemTime(Date.now() - 3 * 3600_000);
  vi.advanceTimersByTime(598_999);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("tells the time that has passed, whatever the wall clock is set to", () => {
  const clock = createSystemClock();
  const begin = clock.steady();
  vi.advanceTimersByTime(5000);
  vi.setSystemTime(Date.now() - 3 * 3600_000);
  expect(clock.steady() - begin).toBe(5000);
  vi.setSystemTime(Date.now() + 9 * 3600_000);
  expect(clock.steady() - begin).toBe(5000);
});

test("a cancelled timer never calls back, even after it has gone through several waits", () => {
  const clock = createSystemClock();
  const callback = vi.fn();
  const cancel = clock.setTimer(clock.now() + 600_000, callback);
  vi.advanceTimersByTime(300_000);
  cancel();
  vi.advanceTimersByTime(600_000);
  expect(callback).not.toHaveBeenCalled();
});

test("with unref, a process with nothing else to do ends at once", () => {
  vi.useRealTimers();
  const script = `
    import { createSystemClock } from ${JSON.stringify(new URL("./system-clock.ts", import.meta.url).href)};
    const clock = createSystemClock({ unref: true });
    clock.setTimer(clock.now() + 3600_000, () => {});
  `;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 15_000, encoding: "utf8" });
  expect({ status: run.status, signal: run.signal, stderr: run.stderr }).toEqual({
    status: 0,
    signal: null,
    stderr: "",
  });
});
