import type { Alert } from "../../../app/alerts/alert.ts";
import type { AlertLedger } from "../../../app/alerts/ledger.ts";
import type { AppState } from "../../../app/contract/contract.ts";
import { COMPUTER, clockTime, type Trace } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { World } from "../world/fleet.ts";
import type { Answer } from "../world/model-gateway.ts";
import { createFiguresOracle } from "./figures.ts";
import { createHoldBacks, type HoldBacks } from "./hold-backs.ts";
import { createLivenessOracle } from "./liveness.ts";
import { createMannersOracle } from "./manners.ts";
import { createOtherAlertOracle } from "./other-alerts.ts";
import { type AppWatch, type SourceWatch, watchSource } from "./source-watch.ts";
import { type AmountsLeft, createStepAlertOracle } from "./step-alerts.ts";

/**
 * What watches the app from outside: it knows what the world did, what was asked and what was answered, and nothing of how the
 * app is made. Whatever must hold is checked as things happen.
 */
export interface Oracle {
  readonly app: AppWatch;
  readonly holdBacks: HoldBacks;
  readonly counts: { polls: number; failures: number; alerts: number; reads: number; lostInCrash: number };
  readonly sources: readonly SourceWatch[];
  source(id: string): SourceWatch;
  /** All requests of one poll, to whichever address, have one and the same `flight`. */
  pollBegan(id: string, address: string, flight: object): void;
  pollEnded(id: string, address: string, flight: object, answer: Answer): void;
  /** Somebody was told. */
  told(alert: Alert): void;
  /** Something that may hold polls up has happened or ended: a start, a sleep, the network, the clock. */
  disturbed(): void;
  /** The app says something of itself: nothing to go by, but of use to whoever looks for what went wrong. */
  logged(event: string, fields: Readonly<Record<string, string | number | boolean | null>>): void;
  appStarted(): void;
  /** The app is gone; `ledger` is what it left behind. */
  appEnded(how: "quit" | "crash", ledger: AlertLedger): void;
  /** Its user changed something about a source, or (null) about all. */
  changed(id: string | null, what: "asked" | "set" | "new-key" | "restored" | "thresholds"): void;
  shown(state: AppState): void;
  sweep(): void;
}

export interface OracleOptions {
  readonly world: World;
  readonly now: () => number;
  readonly wall: () => number;
  readonly trace: Trace;
  readonly violations: Violations;
  readonly preferences: {
    readonly intervalSeconds: number;
    readonly thresholds: readonly number[];
    readonly amountsLeft: AmountsLeft;
    readonly failingMinutes: number;
  };
}

/** A wait that is shorter need not be kept over an end of the app, nor one that was told in its very moment. */
const LEAST_KEPT_MS = 1_000;
const WRITTEN_MS = 1_000;
/** A flight goes on to another address within so long, however many wait for their turn. */
const TURN_MS = 5 * 60_000;

export function createOracle(options: OracleOptions): Oracle {
  const { world, now, wall, trace, violations, preferences } = options;
  const sources = new Map(world.sources.map((model) => [model.id, watchSource(model)]));
  const all = [...sources.values()];
  const app: AppWatch = {
    running: false,
    asleep: true,
    online: true,
    offlineSince: Number.NEGATIVE_INFINITY,
    onBattery: false,
    idle: false,
    intervalSeconds: preferences.intervalSeconds,
    thresholds: preferences.thresholds,
    alertsOn: true,
    calmSince: now(),
    clockSetAt: Number.NEGATIVE_INFINITY,
    clockOffBy: 0,
  };
  const holdBacks = createHoldBacks(app);
  const manners = createMannersOracle(app, violations);
  const liveness = createLivenessOracle(all, app, violations);
  const figures = createFiguresOracle(sources, app, violations);
  const { amountsLeft, failingMinutes } = preferences;
  const steps = createStepAlertOracle({ sources: all, app, holdBacks, amountsLeft, violations });
  const others = createOtherAlertOracle({ app, holdBacks, steps, failingMinutes, violations });
  const counts = { polls: 0, failures: 0, alerts: 0, reads: 0, lostInCrash: 0 };

  let endedAt = now();

  const sourceOf = (id: string): SourceWatch => {
    const found = sources.get(id);
    if (found === undefined) throw new Error(`the app spoke of a source ${id} that is none`);
    return found;
  };

  /** A flight has ended without figures, whatever further address it might have gone on to. */
  const noteFailure = (source: SourceWatch): void => {
    const { pending } = source;
    source.pending = null;
    if (pending === null) return;
    counts.failures += 1;
    source.failures += 1;
    if (source.failures === 1) {
      source.failingSince = pending.time;
      source.failingSinceWall = pending.wall;
    }
    if (source.cause !== pending.cause) source.causeChangedAt = pending.time;
    source.cause = pending.cause;
    source.last = pending.type;
    source.endedAt = pending.time;
    others.failed(source, pending.wall, pending.time);
  };

  const noteWait = (source: SourceWatch, answer: Answer): void => {
    // Where nobody was asked, what was asked for before still holds.
    if (answer.type === "needs-key") return;
    source.waitUntil = answer.waitMs === null ? 0 : now() + answer.waitMs;
    source.waitToldAt = now();
  };

  const figuresCame = (source: SourceWatch, { told }: Extract<Answer, { type: "figures" }>): void => {
    const time = now();
    counts.reads += 1;
    source.figures = { told, at: time, wallAt: wall(), wallOffset: wall() - time, beganAt: source.beganAt };
    for (const { meter } of told) source.seen.add(meter.id);
    source.failures = 0;
    source.trouble += 1;
    source.pending = null;
    source.cause = null;
    source.last = "figures";
    source.endedAt = time;
    steps.figuresCame(source, wall(), time);
    others.figuresCame(source, time);
  };

  return {
    app,
    holdBacks,
    counts,
    sources: all,
    source: sourceOf,
    pollBegan(id, address, flight) {
      counts.polls += 1;
      const source = sourceOf(id);
      if (source.pending?.flight !== flight) noteFailure(source);
      trace.add(id, now(), () => `asked ${address.slice(8)}`);
      manners.began(source, address, now());
    },
    pollEnded(id, address, flight, answer) {
      const source = sourceOf(id);
      trace.add(id, now(), () => describeAnswer(answer));
      manners.ended(source, address, now());
      if (answer.type === "figures") liveness.figuresCame(source, source.beganAt, now());
      noteWait(source, answer);
      if (answer.type === "figures") {
        figuresCame(source, answer);
        return;
      }
      const cause = answer.type === "needs-key" ? "needs-key" : answer.cause;
      // What the first address said is told; the flight ends with the last.
      const { cause: first, type } = source.pending ?? { cause, type: answer.type };
      source.pending = { flight, cause: first, type, time: now(), wall: wall() };
      if (source.model.spareBaseUrl === null) noteFailure(source);
    },
    told(alert) {
      counts.alerts += 1;
      const source = sourceOf(alert.sourceId);
      noteFailure(source);
      trace.add(alert.sourceId, now(), `told ${alert.what.type} ${alert.meterId} ${levelOf(alert) ?? ""}`);
      steps.told(source, alert, wall(), now());
      others.told(source, alert, wall(), now());
    },
    logged(event, fields) {
      const { source, ...others } = fields;
      const subject = typeof source === "string" ? source : COMPUTER;
      trace.add(subject, now(), () => `  logged ${event} ${Object.values(others).join(" ")}`);
    },
    disturbed() {
      app.calmSince = now();
    },
    appStarted() {
      trace.add(COMPUTER, now(), "started");
      app.running = true;
      app.calmSince = now();
      for (const source of all) {
        source.knownSince = now();
        source.last = "none";
        source.figures = null;
        source.seen.clear();
        if (!outlivesEnd(source, app.clockSetAt, endedAt)) source.waitUntil = 0;
        source.failures = 0;
        source.pending = null;
        source.endedAt = Number.NEGATIVE_INFINITY;
      }
    },
    appEnded(how, ledger) {
      trace.add(COMPUTER, now(), how);
      endedAt = now();
      app.running = false;
      manners.appEnded();
      for (const source of all) source.flying = false;
      for (const { sourceId, meterId, rule, told, firedAt } of ledger.entries) {
        if (told === null || rule === "back") continue;
        if (rule !== "percent-left" && rule !== "amount-left") {
          others.mayHaveTold(sourceOf(sourceId), meterId, rule);
          continue;
        }
        if (meterId === null) continue;
        if (steps.mayHaveTold(sourceId, meterId, rule, { level: told, firedAt }) === "lost") counts.lostInCrash += 1;
      }
    },
    changed(id, what) {
      const time = now();
      trace.add(id ?? COMPUTER, time, what);
      for (const source of id === null ? all : [sourceOf(id)]) {
        if (what === "asked") {
          source.askedAt = time;
          continue;
        }
        source.changedAt = time;
        if (what === "thresholds") steps.thresholdsChanged(source.model.id);
        // Another key is another customer.
        if (what === "new-key") source.waitUntil = 0;
        if (what !== "new-key" && what !== "restored") continue;
        source.askedAt = time;
        source.knownSince = time;
        source.figures = null;
        source.seen.clear();
        source.last = "none";
        source.failures = 0;
        source.endedAt = Number.NEGATIVE_INFINITY;
      }
    },
    shown(state) {
      for (const { id, polling } of state.sources) {
        const source = sources.get(id);
        if (source !== undefined && !polling) noteFailure(source);
      }
      figures.check(state.sources, wall(), now());
    },
    sweep() {
      // By now it would have gone on to another address.
      for (const source of all)
        if (source.pending !== null && now() - source.pending.time > TURN_MS) noteFailure(source);
      liveness.sweep(now());
    },
  };
}

function levelOf({ what }: Alert): number | null {
  switch (what.type) {
    case "percent-left":
      return what.threshold;
    case "amount-left":
      return what.below;
    case "before-reset":
    case "runway":
    case "failing":
    case "back":
      return null;
  }
}

function describeAnswer(answer: Answer): string {
  switch (answer.type) {
    case "figures": {
      const figures = answer.told.map(({ meter, instance }) => {
        const reset = "resetsAt" in meter.window ? meter.window.resetsAt : null;
        const until = reset === null ? "" : ` until ${clockTime(reset)}`;
        return `${meter.id}#${instance}: ${meter.remaining} of ${meter.limit}${until}`;
      });
      return `told ${figures.join(", ")}${describeWait(answer.waitMs)}`;
    }
    case "failure":
      return `failed ${answer.cause}${describeWait(answer.waitMs)}`;
    case "needs-key":
      return `needs a key: ${answer.reason}`;
  }
}

function describeWait(waitMs: number | null): string {
  return waitMs === null ? "" : `, wait ${Math.round(waitMs)} ms`;
}

/** A wait is kept over the end of the app where it is worth it, was written by then, and the clock goes by it still. */
function outlivesEnd({ waitUntil, waitToldAt }: SourceWatch, clockSetAt: number, endedAt: number): boolean {
  return waitUntil - waitToldAt > LEAST_KEPT_MS && endedAt - waitToldAt > WRITTEN_MS && clockSetAt < waitToldAt;
}
