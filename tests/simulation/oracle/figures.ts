import type { AppState } from "../../../app/contract/contract.ts";
import type { Meter } from "../../../app/quota/meter.ts";
import { clockTime } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { AppWatch, SourceWatch } from "./source-watch.ts";

type Shown = AppState["sources"][number];

/** Checks what the app shows against what gateways told it: nothing good is lost, and nothing old is shown as true. */
export interface FiguresOracle {
  check(shown: readonly Shown[], wall: number, time: number): void;
}

/** A change on its way through the app may not be shown yet. */
const UNDER_WAY_MS = 100;
/** A reset that passes in this very moment may be shown as passed or not. */
const MOMENT_MS = 1_000;

export function createFiguresOracle(
  sources: ReadonlyMap<string, SourceWatch>,
  app: AppWatch,
  violations: Violations,
): FiguresOracle {
  const checkDue = (shown: Shown, source: SourceWatch): void => {
    const { nextDueAt } = shown;
    if (nextDueAt !== null && !Number.isFinite(nextDueAt)) {
      violations.report("left-running", shown.id, `is due at ${nextDueAt}`);
    }
    if (nextDueAt === null && !shown.polling && !source.paused) {
      violations.report("starvation", shown.id, "is not due at any time");
    }
    if (nextDueAt !== null && source.paused) violations.report("settings", shown.id, "is due although it is paused");
  };

  const checkFigures = (shown: Shown, source: SourceWatch): void => {
    const { figures } = source;
    const { id } = shown;
    if (figures === null) {
      if (shown.reading !== null) violations.report("data-lost", id, "shows figures that nobody told");
      return;
    }
    if (shown.reading === null) {
      violations.report("data-lost", id, `the figures of ${clockTime(figures.at)} are gone`);
      return;
    }
    if (shown.fetchedAt !== figures.wallAt) {
      violations.report(
        "data-lost",
        id,
        `says that its figures are of ${clockTime(shown.fetchedAt ?? 0)}, but they are of ${clockTime(figures.wallAt)}`,
      );
    }
    const meters = figures.told.map(({ meter }) => meter);
    if (!isSame(shown.reading.meters, meters)) violations.report("data-lost", id, "shows other figures than were told");
  };

  const checkStatus = (shown: Shown, source: SourceWatch, wall: number): void => {
    const { id, status } = shown;
    if (source.paused) {
      if (status.state !== "paused") violations.report("settings", id, `is ${status.state} although it is paused`);
      return;
    }
    const told = source.figures?.told ?? [];
    if (told.some(({ meter }) => hasPassed(meter, wall) !== hasPassed(meter, wall - MOMENT_MS))) return;
    const passed = told.some(({ meter }) => hasPassed(meter, wall));
    if (status.state === "fresh" && passed) {
      violations.report("shown-past-reset", id, "shows figures as fresh although their reset has passed");
    }
    // A wait may be known of the start before, and is shown as its failure.
    if (source.last === "none" && status.state === "failed") return;
    const expected = expectedState(source, passed);
    if (status.state !== expected) violations.report("data-lost", id, `is ${status.state} instead of ${expected}`);
    if (status.state === "stale" && status.since !== source.failingSinceWall) {
      const since = `is stale since ${clockTime(status.since)}, but it fails since ${clockTime(source.failingSinceWall)}`;
      violations.report("data-lost", id, since);
    }
  };

  return {
    check(shown, wall, time) {
      if (!app.running) return;
      for (const one of shown) {
        const source = sources.get(one.id);
        // While it is being asked again, over the last address or another, what it is shown as is about to change.
        if (source === undefined || source.removed || source.flying || one.polling) continue;
        if (time - source.changedAt < UNDER_WAY_MS || time - source.endedAt < UNDER_WAY_MS) continue;
        checkDue(one, source);
        checkFigures(one, source);
        checkStatus(one, source, wall);
      }
    },
  };
}

function expectedState(source: SourceWatch, passed: boolean): Shown["status"]["state"] {
  switch (source.last) {
    case "none":
      return "loading";
    case "needs-key":
      return "needs-key";
    case "failure":
      return source.figures === null ? "failed" : "stale";
    case "figures":
      return passed ? "awaiting-reset" : "fresh";
  }
}

function hasPassed({ window }: Meter, wall: number): boolean {
  if (window.kind === "balance" || window.kind === "lifetime" || window.resetBasis === "refill") return false;
  return window.resetsAt !== null && window.resetsAt <= wall;
}

function isSame(shown: readonly Meter[], told: readonly Meter[]): boolean {
  return (
    shown.length === told.length &&
    shown.every((meter, index) => {
      const other = told[index];
      return (
        other !== undefined &&
        meter.id === other.id &&
        meter.remaining === other.remaining &&
        meter.limit === other.limit
      );
    })
  );
}
