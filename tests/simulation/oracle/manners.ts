import { clockTime } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { AddressWatch, AppWatch, SourceWatch } from "./source-watch.ts";

/** Two polls that a user asks for are at least so far apart, whatever came of the first. */
const ASKED_SPACING_MS = 3_000;
const PER_ORIGIN = 2;
const IN_ALL = 8;
/** Times are cut to whole milliseconds on the way. */
const ROUNDING_MS = 2;
/** A flight that waits for its turn goes by the settings that it began with. */
const LONGEST_QUEUE_MS = 5 * 60_000;

/** Checks that nobody is asked too often, too soon, or by too many at once. */
export interface MannersOracle {
  began(source: SourceWatch, address: string, time: number): void;
  ended(source: SourceWatch, address: string, time: number): void;
  /** The app is gone, and its flights with it. */
  appEnded(): void;
}

export function createMannersOracle(app: AppWatch, violations: Violations): MannersOracle {
  const perOrigin = new Map<string, number>();
  let inAll = 0;

  const floorOf = (source: SourceWatch, known: AddressWatch): number =>
    source.askedAt > known.beganAt ? ASKED_SPACING_MS : source.floorMs;

  const checkPace = (source: SourceWatch, known: AddressWatch, time: number): void => {
    // A new process, or a source added anew, knows nothing of polls before it.
    if (known.endedAt <= source.knownSince) return;
    const floor = floorOf(source, known);
    if (time - known.endedAt < floor - ROUNDING_MS) {
      violations.report(
        "floor",
        source.model.id,
        `polled ${time - known.endedAt} ms after its last poll ended; its floor is ${floor} ms`,
      );
    }
  };

  return {
    began(source, address, time) {
      const { id } = source.model;
      if (source.flying) violations.report("concurrency", id, "polled while a flight of it is under way");
      source.flying = true;
      source.beganAt = time;
      const here = (perOrigin.get(address) ?? 0) + 1;
      perOrigin.set(address, here);
      inAll += 1;
      if (here > PER_ORIGIN) violations.report("concurrency", id, `${here} requests at once to ${address}`);
      if (inAll > IN_ALL) violations.report("concurrency", id, `${inAll} requests at once`);
      if (app.asleep) violations.report("offline", id, "polled while the computer slept");
      // Who asks gets an answer, and who waited for a turn takes it.
      if (!app.online && source.askedAt < app.offlineSince && time - app.offlineSince > LONGEST_QUEUE_MS) {
        violations.report("offline", id, "polled while there was no network");
      }
      if ((source.paused || source.removed) && time - source.changedAt > LONGEST_QUEUE_MS) {
        violations.report("settings", id, "polled although it is paused or removed");
      }
      // It is meant for the customer, not for one road to the server, and holds even when the user asks.
      if (time < source.waitUntil - ROUNDING_MS) {
        violations.report("retry-after", id, `polled although told to wait until ${clockTime(source.waitUntil)}`);
      }
      const known = source.addresses.get(address);
      if (known === undefined) {
        source.addresses.set(address, { beganAt: time, endedAt: Number.NEGATIVE_INFINITY });
        return;
      }
      checkPace(source, known, time);
      known.beganAt = time;
    },
    ended(source, address, time) {
      source.flying = false;
      inAll -= 1;
      perOrigin.set(address, (perOrigin.get(address) ?? 1) - 1);
      const known = source.addresses.get(address);
      if (known !== undefined) known.endedAt = time;
    },
    appEnded() {
      perOrigin.clear();
      inAll = 0;
    },
  };
}
