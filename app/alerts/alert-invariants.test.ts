import fc from "fast-check";
import { expect, it } from "vitest";
import { type AlertRig, alertRig, HOUR, MINUTE, meterOf } from "../../tests/support/alert-rig.ts";
import type { Meter } from "../quota/meter.ts";

const WINDOW = 2 * HOUR;
const THRESHOLDS = [20, 10, 5, 0];

/** A quota that is used up and resets, and a gateway that tells of it as badly as gateways do. */
interface Step {
  readonly waitMinutes: number;
  /** Percent used in this step. */
  readonly burn: number;
  readonly fault: "none" | "failed" | "unknown" | "missing" | "no-reset" | "late" | "past" | "killed" | "stopped";
  /** Minutes that the told reset is off. */
  readonly jitter: number;
  /** Percent left that a reading from before a reset tells. */
  readonly old: number;
}

const step = fc.record<Step>({
  waitMinutes: fc.oneof(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 40 })),
  burn: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 30 })),
  fault: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Step["fault"]>("none") },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Step["fault"]>(
        "failed",
        "unknown",
        "missing",
        "no-reset",
        "late",
        "past",
        "killed",
        "stopped",
      ),
    },
  ),
  jitter: fc.integer({ min: -2, max: 2 }),
  old: fc.constantFrom(0, 100),
});

interface Heard {
  readonly at: number;
  readonly threshold: number;
}

/** Plays the steps; gives what was told and, at each good reading, what was left in which window. */
async function play(rig: AlertRig, steps: readonly Step[], isRolling: boolean) {
  const begin = rig.clock.now();
  const readings: { at: number; left: number; window: number; isLate: boolean }[] = [];
  const truth: { at: number; left: number; window: number }[] = [];
  let left = 100;
  let window = 0;
  let hasRead = false;
  for (const { waitMinutes, burn, fault, jitter, old } of steps) {
    await rig.clock.advance(waitMinutes * MINUTE);
    const now = rig.clock.now();
    const current = isRolling ? 0 : Math.floor((now - begin) / WINDOW);
    if (current !== window) left = 100;
    window = current;
    left = Math.max(0, left - burn);
    // A late figure comes once, the one before it was true; it is some minutes old.
    const late = truth.find(({ at }) => at >= now - 6 * MINUTE)?.left ?? left;
    truth.push({ at: now, left, window });
    const isLateNow = fault === "late" && readings.at(-1)?.isLate === false && hasRead;
    // A minute before and after a reset, servers and we differ about which window it is; nothing is claimed of then.
    // An end that moves lies further off than any outage here lasts.
    const resetsAt = (isRolling ? now + 48 * HOUR : begin + (window + 1) * WINDOW) + jitter * MINUTE;
    const meter = (change: Partial<Meter> = {}) =>
      meterOf(left, { window: { kind: "period", resetsAt, resetBasis: "reported" }, ...change });
    const read = (...meters: Meter[]) => rig.read(0, { meters });
    switch (fault) {
      case "none":
        await read(meter());
        break;
      case "failed":
        await rig.fail({ cause: "timed-out" });
        continue;
      case "unknown":
        await read(meter({ remaining: "unknown" }));
        continue;
      case "missing":
        await read();
        continue;
      case "no-reset":
        await read(meter({ window: { kind: "period", resetsAt: null, resetBasis: "reported" } }));
        break;
      case "late":
        await read(meter(isLateNow ? { remaining: late } : {}));
        break;
      case "past":
        await read(meter({ remaining: old, window: { kind: "period", resetsAt: now - 1, resetBasis: "reported" } }));
        readings.push({ at: now, left: old, window, isLate: true });
        continue;
      case "killed":
        await read(meter());
        await rig.restart();
        hasRead = false;
        await read(meter());
        break;
      case "stopped":
        await read(meter());
        await rig.desk.stop();
        await rig.restart();
        hasRead = false;
        continue;
    }
    hasRead = true;
    if (resetsAt > now) readings.push({ at: now, left: isLateNow ? late : left, window, isLate: isLateNow });
  }
  // The last word: what is pending has its moment.
  await rig.clock.advance(MINUTE);
  const heard: Heard[] = rig.deliveries.flatMap(({ alerts }) =>
    alerts.flatMap(({ what, firedAt }) =>
      what.type === "percent-left" ? [{ at: firedAt, threshold: what.threshold }] : [],
    ),
  );
  return { begin, readings, truth, heard };
}

const crossedBy = (left: number): number | undefined => THRESHOLDS.filter((threshold) => left <= threshold).at(-1);

it("each crossing is told once: never without one, never twice, never milder than before, whatever the gateway and restarts do", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 60, size: "max" }),
      fc.boolean(),
      async (steps, isRolling) => {
        const rig = await alertRig();
        const { begin, readings, truth, heard } = await play(rig, steps, isRolling);
        const windowOf = (at: number) => (isRolling ? 0 : Math.floor((at - begin) / WINDOW));
        // A reset is told up to two minutes off, so that alerts of a window may come a little past its end.
        const perWindow = Map.groupBy(heard, ({ at }) => windowOf(at - 3 * MINUTE));
        for (const alerts of perWindow.values()) {
          const thresholds = alerts.map(({ threshold }) => threshold);
          expect(thresholds).toEqual([...new Set(thresholds)].sort((a, b) => b - a));
        }
        for (const { at, threshold } of heard) {
          // Told within five seconds, of what was so then.
          const lowest = truth.filter((each) => each.at <= at && windowOf(each.at) === windowOf(at - 6_000));
          expect(lowest.at(-1)?.left).toBeLessThanOrEqual(threshold);
        }
        // What every reading has shown for the last quarter of an hour of the play has been told, at its own step.
        const end = rig.clock.now();
        const lasting = readings.filter(({ at }) => at >= end - 16 * MINUTE);
        const last = readings.at(-1);
        const inOneWindow = last !== undefined && windowOf(end - 16 * MINUTE) === windowOf(end);
        const step = last === undefined ? undefined : crossedBy(last.left);
        const isSteady =
          lasting.length >= 2 &&
          lasting.every(({ left }) => crossedBy(left) === step) &&
          // A figure from before a reset makes those that follow it doubtful for a while.
          readings.every(({ at, isLate }) => !isLate || at < end - 30 * MINUTE);
        if (inOneWindow && isSteady && step !== undefined) {
          const told = heard.filter(({ at }) => windowOf(at) === windowOf(end)).map(({ threshold }) => threshold);
          expect(Math.min(...told)).toBeLessThanOrEqual(step);
        }
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);

it("the same readings once more tell nothing more, and write nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -5, max: 100 }), { minLength: 1, maxLength: 12 }), async (lefts) => {
      const rig = await alertRig();
      for (const left of lefts) {
        await rig.read(left);
        await rig.clock.advance(5 * MINUTE);
        await rig.read(left);
        await rig.clock.advance(5 * MINUTE);
        const { length } = rig.events;
        const told = rig.told();
        await rig.restart();
        await rig.read(left);
        await rig.clock.advance(5 * MINUTE);
        expect(rig.told()).toEqual(told);
        expect(rig.events).toHaveLength(length);
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);
