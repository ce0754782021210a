import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createComputer } from "./computer.ts";
import { TimeHeap, type Waiting } from "./time-heap.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = 1_000_000;

function started() {
  const bad: number[] = [];
  const computer = createComputer(START, (at) => bad.push(at));
  const process = computer.boot();
  const rang: number[] = [];
  const ring = (inMs: number): (() => void) =>
    process.clock.setTimer(computer.wall() + inMs, () => rang.push(computer.now() - START));
  return { computer, process, rang, ring, bad };
}

describe("the simulated computer", () => {
  it("calls timers back in their order, each once, and not when they were cancelled", async () => {
    const { computer, process, rang, ring } = started();
    ring(3 * HOUR);
    ring(MINUTE)();
    ring(2 * MINUTE);
    expect(process.timers()).toBe(2);
    await computer.runUntil(START + 4 * HOUR);
    expect(rang).toEqual([2 * MINUTE, 3 * HOUR]);
    expect(process.timers()).toBe(0);
  });

  it("lets promises settle between one thing and the next", async () => {
    const { computer, process } = started();
    const seen: string[] = [];
    const chain = async (name: string): Promise<void> => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      seen.push(name);
    };
    for (const name of ["a", "b", "c"]) {
      process.clock.setTimer(computer.now() + 10, () => {
        seen.push(`${name} rings`);
        void chain(name);
      });
    }
    await computer.runUntil(START + 20);
    expect(seen).toEqual(["a rings", "a", "b rings", "b", "c rings", "c"]);
  });

  it("asleep, runs nothing of the app, and after it what is due by the wall clock within a minute", async () => {
    const { computer, rang, ring } = started();
    ring(30_000);
    ring(HOUR);
    ring(20 * HOUR);
    computer.at(START + 10_000, () => computer.sleep());
    const woke: number[] = [];
    computer.atAwake(START + 5 * HOUR, () => woke.push(computer.now() - START));
    computer.at(START + 8 * HOUR, () => computer.resume());
    await computer.runUntil(START + 24 * HOUR);
    expect(rang).toEqual([8 * HOUR + 20_000, 8 * HOUR + 50_000, 20 * HOUR]);
    expect(woke).toEqual([8 * HOUR + 500]);
  });

  it.each([
    ["forwards, what is due by then within a minute", 2 * HOUR, [MINUTE]],
    ["backwards, no later than it was set for", -2 * HOUR, [HOUR]],
  ])("whose clock is set %s", async (_name, byMs, expected) => {
    const { computer, rang, ring } = started();
    ring(HOUR);
    computer.at(START + 10, () => computer.setClockBy(byMs));
    await computer.runUntil(START + 4 * HOUR);
    expect(rang).toEqual(expected);
    expect(computer.wall()).toBe(START + 4 * HOUR + byMs);
  });

  it("lets nothing of a process that was killed go on, and tells of times that are none", async () => {
    const { computer, process, rang, ring, bad } = started();
    ring(MINUTE);
    ring(Number.NaN);
    process.kill();
    ring(MINUTE);
    await computer.runUntil(START + HOUR);
    expect(rang).toEqual([]);
    expect(bad).toEqual([Number.NaN]);
    expect(process.timers()).toBe(0);
  });
});

it("a heap gives back what waits by time and then by order, whatever was taken out before", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean())), (entries) => {
      const heap = new TimeHeap();
      const made = entries.map(([at], order): Waiting => ({ at, order, run: () => undefined, index: -1 }));
      for (const entry of made) heap.add(entry);
      const left = made.filter((entry, index) => {
        const goes = entries[index]?.[1] ?? false;
        if (goes) heap.remove(entry);
        return !goes;
      });
      const found: Waiting[] = [];
      for (let first = heap.first(); first !== undefined; first = heap.first()) {
        heap.remove(first);
        found.push(first);
      }
      expect(found).toEqual(left.toSorted((a, b) => a.at - b.at || a.order - b.order));
      expect(heap.size).toBe(0);
    }),
  );
});
