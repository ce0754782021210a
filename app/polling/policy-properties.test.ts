import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, facts, failed, HOUR, MINUTE, meter, NOW, SECOND } from "../../tests/engine/refresh-facts.ts";
import type { Failure } from "../quota/failure.ts";
import { nextDue, type RefreshFacts } from "./policy.ts";
import { wantedResets } from "./reset-watch.ts";

describe("a due time, whatever happened,", () => {
  const someMeter = fc
    .tuple(fc.integer({ min: -50, max: 150 }), fc.option(fc.integer({ min: -1e7, max: 1e9 })))
    .map(([percent, reset]) => meter(percent, reset === null ? null : NOW + reset));
  const last: fc.Arbitrary<RefreshFacts["last"]> = fc.oneof(
    fc.constant({ type: "reading" as const }),
    fc.constant({ type: "needs-key" as const, reason: "not-saved" as const }),
    fc
      .tuple(
        fc.constantFrom<Failure["cause"]>("rate-limited", "server-error", "key-refused", "timed-out", "unreachable"),
        fc.integer({ min: 1, max: 2000 }),
      )
      .map(([cause, consecutive]) => failed(cause, consecutive)),
  );
  const some = fc
    .record({
      last,
      meters: fc.array(someMeter, { maxLength: 5 }),
      polls: fc.nat(2000),
      intervalMs: fc.integer({ min: 60_000, max: DAY }),
      floorMs: fc.integer({ min: 60_000, max: HOUR }),
      waitUntil: fc.option(fc.integer({ min: -1e6, max: 1e12 }).map((ms) => NOW + ms)),
      runsOutAt: fc.option(fc.integer({ min: -1e6, max: 1e9 }).map((ms) => NOW + ms)),
      keyInFile: fc.boolean(),
      isFalling: fc.boolean(),
      unreachableTogether: fc.nat(1000),
      needsNetwork: fc.boolean(),
      conditions: fc.record({
        suspended: fc.boolean(),
        online: fc.boolean(),
        onBattery: fc.boolean(),
        idle: fc.boolean(),
      }),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    })
    .map(({ polls, ...change }) =>
      facts({
        ...change,
        resets: wantedResets(new Map([["tokens", { at: NOW, polls }]]), change.meters),
      }),
    );

  it("is never before the floor, nor before the server's wish up to a day, and always finite", () => {
    fc.assert(
      fc.property(some, (known) => {
        const { dueAt } = nextDue(known);
        expect(Number.isFinite(dueAt)).toBe(true);
        expect(dueAt).toBeGreaterThanOrEqual(NOW + known.floorMs);
        expect(dueAt).toBeGreaterThanOrEqual(Math.min(known.waitUntil ?? 0, NOW + DAY));
        // Nothing is put off for longer than the longest of what may put it off.
        const longest = Math.max(known.intervalMs * 4, known.floorMs, DAY);
        expect(dueAt).toBeLessThanOrEqual(NOW + longest * 1.1 + known.floorMs + 10 * SECOND);
      }),
    );
  });

  it("is no sooner for a later wish, a higher floor of failures, or a longer interval", () => {
    fc.assert(
      fc.property(some, fc.nat(1e9), (known, more) => {
        const wish = known.waitUntil ?? NOW;
        // From the fourth failure on a wish no longer stands for the back-off; it only comes on top.
        const settled = known.last?.type === "failure" ? { ...known.last, consecutive: 4 } : known.last;
        const later = nextDue({ ...known, last: settled, waitUntil: wish + more });
        expect(later.dueAt).toBeGreaterThanOrEqual(nextDue({ ...known, last: settled, waitUntil: wish }).dueAt);
        const calm = { ...known, resets: [] };
        expect(nextDue({ ...calm, intervalMs: known.intervalMs + more }).dueAt).toBeGreaterThanOrEqual(
          nextDue(calm).dueAt,
        );
      }),
    );
  });

  it("comes no later because a reset is near, but by less than the floor", () => {
    fc.assert(
      fc.property(some, (known) => {
        const without = nextDue({ ...known, resets: [] }).dueAt;
        expect(nextDue(known).dueAt).toBeLessThan(without + 2 * known.floorMs);
      }),
    );
  });

  it("reads each reset within two minutes of it, when neither floor nor server forbids", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2 * MINUTE, max: DAY }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 60_000, max: DAY }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (resetsIn, intervalMs, chances) => {
          const open = new Map(resetsIn.map((ms, index) => [`m${index}`, NOW + ms]));
          let now = NOW;
          while (open.size > 0) {
            const meters = [...open].map(([id, reset]) => ({ ...meter(80, reset), id }));
            const chance = chances.next().value ?? 0;
            now = nextDue(facts({ now, meters, intervalMs, chance, resets: wantedResets(new Map(), meters) })).dueAt;
            for (const [id, reset] of open) {
              if (reset > now) continue;
              expect(now - reset).toBeLessThanOrEqual(2 * MINUTE);
              open.delete(id);
            }
          }
        },
      ),
    );
  });
});
