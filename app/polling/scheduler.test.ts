import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import type { Due } from "./policy.ts";
import { createScheduler } from "./scheduler.ts";
import { createSteadyTime } from "./steady-time.ts";

const START = 1_000_000;

function setUp(
  next: (id: string, now: number) => Due | null = () => null,
  onLate?: (schedule: (id: string, due: Due) => void) => void,
) {
  const clock = createVirtualClock(START);
  const runs: [string, number][] = [];
  const ends: (() => void)[] = [];
  let hold = false;
  const scheduler = createScheduler({
    clock,
    time: createSteadyTime(clock),
    ...(onLate !== undefined && { onLate: () => onLate(scheduler.schedule) }),
    run: async (id) => {
      runs.push([id, clock.now() - START]);
      if (hold) await new Promise<void>((resolve) => ends.push(resolve));
      return next(id, clock.now());
    },
  });
  return {
    clock,
    runs,
    scheduler,
    holdFlights: () => {
      hold = true;
    },
    endFlights: () => {
      for (const end of ends.splice(0)) end();
    },
  };
}

describe("scheduler", () => {
  it("runs each id when it is due and again when it says so", async () => {
    const { clock, runs, scheduler } = setUp((id, now) => ({
      dueAt: now + (id === "a" ? 100 : 250),
      reason: "interval",
    }));
    scheduler.schedule("a", { dueAt: START + 50, reason: "first-poll" });
    scheduler.schedule("b", { dueAt: START, reason: "first-poll" });
    await clock.advance(300);
    expect(runs).toEqual([
      ["b", 0],
      ["a", 50],
      ["a", 150],
      ["b", 250],
      ["a", 250],
    ]);
    await scheduler.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it("leaves no timer behind when it was woken before it stops", async () => {
    const { clock, scheduler } = setUp();
    scheduler.schedule("a", { dueAt: START + 500, reason: "interval" });
    scheduler.wake();
    scheduler.wake();
    expect(clock.pendingTimers()).toBe(1);
    await scheduler.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it("has one flight per id: asking during it joins it", async () => {
    const { clock, runs, scheduler, holdFlights, endFlights } = setUp();
    holdFlights();
    const first = scheduler.runNow("a");
    const second = scheduler.runNow("a");
    await clock.advance(0);
    expect(runs).toHaveLength(1);
    expect(scheduler.isFlying("a")).toBe(true);
    endFlights();
    await Promise.all([first, second]);
    expect(scheduler.isFlying("a")).toBe(false);
  });

  it("takes a sooner wish made during a flight, and leaves a later one", async () => {
    const { clock, scheduler, holdFlights, endFlights } = setUp((_id, now) => ({
      dueAt: now + 1000,
      reason: "interval",
    }));
    holdFlights();
    const sooner = scheduler.runNow("a");
    const later = scheduler.runNow("b");
    scheduler.schedule("a", { dueAt: START + 10, reason: "asked" });
    scheduler.schedule("b", { dueAt: START + 5000, reason: "asked" });
    endFlights();
    await Promise.all([sooner, later]);
    expect(scheduler.dueOf("a")).toEqual({ dueAt: START + 10, reason: "asked" });
    expect(scheduler.dueOf("b")).toEqual({ dueAt: START + 1000, reason: "interval" });
    endFlights();
    await clock.advance(0);
  });

  it("does not bring back an id that was forgotten during its flight", async () => {
    const { scheduler, holdFlights, endFlights } = setUp((_id, now) => ({ dueAt: now + 1000, reason: "interval" }));
    holdFlights();
    const flight = scheduler.runNow("a");
    scheduler.forget("a");
    endFlights();
    await flight;
    expect(scheduler.dueOf("a")).toBeNull();
  });

  it.each([
    ["forwards", 25],
    ["backwards", -25],
  ])("waits neither shorter nor longer when the clock is set %s", async (_name, hours) => {
    const { clock, runs, scheduler } = setUp();
    scheduler.schedule("a", { dueAt: START + 60_000, reason: "interval" });
    scheduler.schedule("b", { dueAt: START + 24 * 3_600_000, reason: "interval" });
    clock.set(START + hours * 3_600_000);
    expect(scheduler.dueOf("a")).toEqual({ dueAt: clock.now() + 60_000, reason: "interval" });
    scheduler.wake();
    await clock.advance(59_999);
    expect(runs).toEqual([]);
    await clock.advance(1);
    expect(runs).toHaveLength(1);
    await clock.advance(24 * 3_600_000 - 60_000);
    expect(runs.map(([id]) => id)).toEqual(["a", "b"]);
    await scheduler.stop();
  });

  it("lets what fell due in a sleep be spread before any of it runs", async () => {
    const { clock, runs, scheduler } = setUp(undefined, (schedule) => {
      for (const [index, id] of ["a", "b"].entries()) {
        schedule(id, { dueAt: clock.now() + 100 * (index + 1), reason: "resumed" });
      }
    });
    scheduler.schedule("a", { dueAt: START + 60_000, reason: "interval" });
    scheduler.schedule("b", { dueAt: START + 70_000, reason: "interval" });
    clock.sleep(8 * 3_600_000);
    await clock.advance(99);
    expect(runs).toEqual([]);
    await clock.advance(1);
    expect(runs.map(([id]) => id)).toEqual(["a"]);
    await clock.advance(100);
    expect(runs.map(([id]) => id)).toEqual(["a", "b"]);
    await scheduler.stop();
  });

  it("has one timer of the host's, however many wait, and none when nothing does", async () => {
    const { clock, scheduler } = setUp();
    for (let index = 0; index < 500; index += 1) {
      scheduler.schedule(`${index}`, { dueAt: START + 1000 + index, reason: "interval" });
    }
    expect(clock.pendingTimers()).toBe(1);
    for (let index = 0; index < 500; index += 1) scheduler.forget(`${index}`);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("starts nothing once stopped, and waits for what is under way", async () => {
    const { scheduler, runs, holdFlights, endFlights } = setUp((_id, now) => ({ dueAt: now, reason: "interval" }));
    holdFlights();
    const flight = scheduler.runNow("a");
    let stopped = false;
    const stop = scheduler.stop().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    endFlights();
    await Promise.all([flight, stop]);
    await scheduler.runNow("b");
    scheduler.schedule("c", { dueAt: 0, reason: "asked" });
    expect(runs).toEqual([["a", 0]]);
  });
});
