import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMinuteClock } from "./minute-clock.ts";

const START = Date.UTC(2026, 0, 5, 12, 0, 30);

/** A document that can be hidden and shown. */
function page() {
  const target = new EventTarget();
  return Object.assign(target, {
    hidden: false,
    turn(hidden: boolean): void {
      this.hidden = hidden;
      target.dispatchEvent(new Event("visibilitychange"));
    },
  });
}

describe("the minute clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ticks on full minutes", () => {
    const clock = createMinuteClock(page());
    const heard: number[] = [];
    clock.subscribe(() => heard.push(clock.now()));
    vi.advanceTimersByTime(2 * 60_000);
    expect(heard).toEqual([Date.UTC(2026, 0, 5, 12, 1), Date.UTC(2026, 0, 5, 12, 2)]);
  });

  it("rests while the page is hidden, and is right at once when it is seen again", () => {
    const shown = page();
    const clock = createMinuteClock(shown);
    const heard: number[] = [];
    clock.subscribe(() => heard.push(clock.now()));
    shown.turn(true);
    vi.advanceTimersByTime(10 * 60_000 + 5);
    expect(heard).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    shown.turn(false);
    expect(heard).toEqual([START + 10 * 60_000 + 5]);
  });

  it("rests while nobody listens, and is not late for who comes then", () => {
    const clock = createMinuteClock(page());
    const leave = clock.subscribe(() => {});
    leave();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(5 * 60_000);
    clock.subscribe(() => {});
    expect(clock.now()).toBe(START + 5 * 60_000);
  });
});
