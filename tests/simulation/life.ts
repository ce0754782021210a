import * as z from "zod";
import type { AppState, CallName } from "../../app/contract/contract.ts";
import { type AppParts, type Disk, type RunningApp, startApp } from "./app-under-test.ts";
import type { Oracle } from "./oracle/oracle.ts";
import { COMPUTER, type Trace } from "./trace.ts";
import type { Violations } from "./violations.ts";
import type { Chance } from "./world/chance.ts";
import type { Computer } from "./world/computer.ts";
import type { UserAction, UserEvent } from "./world/user-plan.ts";

/** Carries out what happens to the computer and what its user does, and keeps the oracle informed. */
export interface Life {
  readonly counts: { starts: number; actions: number };
  isOnline(): boolean;
  /** What the app shows; null while there is none, or nobody could look. */
  shown(): AppState | null;
  begin(): void;
  /** Ends the app well, and checks that nothing of it is left. */
  end(): Promise<void>;
}

export interface LifeParts {
  readonly computer: Computer;
  readonly disk: Disk;
  readonly oracle: Oracle;
  readonly events: readonly UserEvent[];
  readonly app: Omit<AppParts, "computer" | "disk" | "conditions">;
  readonly chance: Chance;
  readonly trace: Trace;
  readonly violations: Violations;
}

/** An app that takes longer than this to stop does not stop. */
const STOP_WITHIN_MS = 30_000;
/** More timers at once than this are leaked ones. */
const MOST_TIMERS = 24;

export function createLife(parts: LifeParts): Life {
  const { computer, disk, oracle, events, chance, trace, violations } = parts;
  const conditions = { suspended: false, online: true, onBattery: false, idle: false };
  const counts = { starts: 0, actions: 0 };
  let running: RunningApp | null = null;

  const launch = async (): Promise<void> => {
    running = await startApp({ ...parts.app, computer, disk, conditions: () => ({ ...conditions }) });
    counts.starts += 1;
  };

  const start = (): void => {
    oracle.appStarted();
    launch().catch((error: unknown) => {
      violations.report("left-running", null, `the app did not start: ${String(error)}`);
    });
  };

  const gone = (how: "quit" | "crash"): void => {
    running?.process.kill();
    running = null;
    oracle.appEnded(how, disk.ledger);
  };

  const quit = async (app: RunningApp): Promise<void> => {
    let stopped = false;
    computer.atAwake(computer.now() + STOP_WITHIN_MS, () => {
      if (!stopped && app.process.isAlive()) violations.report("left-running", null, "the app does not stop");
    });
    await app.engine.stop();
    stopped = true;
    if (app.process.timers() > 0) {
      violations.report("left-running", null, `${app.process.timers()} timers are left of an app that was stopped`);
    }
    gone("quit");
  };

  /** Calls the app as a face does; what it changes counts when the call has ended well. */
  const call = (name: CallName, input: unknown, then: (value: unknown) => void): void => {
    const app = running;
    if (app === null || computer.isAsleep()) return;
    counts.actions += 1;
    app.engine.handle(name, input).then(
      (result) => {
        if (result.ok && app.process.isAlive()) then(result.value);
      },
      (error: unknown) => violations.report("settings", null, `${name} crashed: ${String(error)}`),
    );
  };

  const tell = (reason: "resumed" | "unlocked" | "opened" | "changed"): void => running?.engine.wake(reason);

  /** What happens to the computer; true where it was that. */
  const happens = (action: UserAction): boolean => {
    switch (action.type) {
      case "sleep":
        conditions.suspended = true;
        tell("changed");
        computer.sleep();
        oracle.app.asleep = true;
        return true;
      case "resume":
        if (!computer.isAsleep()) return true;
        computer.resume();
        conditions.suspended = false;
        oracle.app.asleep = false;
        oracle.disturbed();
        tell("resumed");
        return true;
      case "offline":
      case "online":
        conditions.online = action.type === "online";
        oracle.app.online = conditions.online;
        oracle.disturbed();
        tell("changed");
        return true;
      case "on-battery":
      case "on-mains":
        conditions.onBattery = action.type === "on-battery";
        tell("changed");
        return true;
      case "lock":
      case "unlock":
        conditions.idle = action.type === "lock";
        tell(conditions.idle ? "changed" : "unlocked");
        return true;
      case "set-clock":
        computer.setClockBy(action.byMs);
        oracle.app.clockOffBy = computer.wall() - computer.now();
        oracle.app.clockSetAt = computer.now();
        oracle.disturbed();
        return true;
      default:
        return false;
    }
  };

  const adjust = (id: string, change: Readonly<Record<string, unknown>>, then: () => void): void =>
    call("sources.adjust", { id, ...change }, () => {
      then();
      oracle.changed(id, "set");
    });

  const noteSilence = (id: string | null): void => {
    for (const source of id === null ? oracle.sources : [oracle.source(id)]) {
      const silent = oracle.holdBacks.silences(source);
      if (silent) source.mutedSince ??= computer.now();
      if (!silent && source.mutedSince !== null) {
        source.mutedSince = null;
        source.unmutedAt = computer.now();
      }
    }
  };

  /** What its user does with the app. */
  const act = (action: UserAction): void => {
    switch (action.type) {
      case "open-popover":
        if (running === null || computer.isAsleep()) return;
        tell("opened");
        oracle.shown(running.engine.state());
        return;
      case "refresh-all":
        if (running !== null && !computer.isAsleep()) oracle.changed(null, "asked");
        return call("sources.refresh", { id: null }, () => undefined);
      case "refresh":
        if (running !== null && !computer.isAsleep()) oracle.changed(action.source, "asked");
        return call("sources.refresh", { id: action.source }, () => undefined);
      case "mute": {
        const source = oracle.source(action.source);
        return adjust(action.source, { muted: action.on }, () => {
          source.muted = action.on;
          noteSilence(action.source);
        });
      }
      case "pause": {
        const source = oracle.source(action.source);
        return adjust(action.source, { paused: action.on }, () => {
          source.paused = action.on;
        });
      }
      case "interval":
        if (action.source === null) {
          const intervalSeconds = action.seconds ?? 300;
          return call("preferences.set", { intervalSeconds }, () => {
            oracle.app.intervalSeconds = intervalSeconds;
            oracle.changed(null, "set");
          });
        }
        return adjust(action.source, { intervalSeconds: action.seconds }, () => {
          if (action.source !== null) oracle.source(action.source).intervalSeconds = action.seconds;
        });
      case "thresholds":
        if (action.source === null) {
          return call("preferences.set", { thresholds: action.thresholds }, () => {
            oracle.app.thresholds = action.thresholds;
            oracle.changed(null, "thresholds");
          });
        }
        return adjust(action.source, { thresholds: action.thresholds }, () => {
          if (action.source === null) return;
          oracle.source(action.source).thresholds = action.thresholds;
          oracle.changed(action.source, "thresholds");
        });
      case "alerts":
        return call("preferences.set", { alertsEnabled: action.on }, () => {
          oracle.app.alertsOn = action.on;
          noteSilence(null);
          oracle.changed(null, "set");
        });
      case "quiet-hours": {
        const { on, from, to, zone } = action;
        const quietHours = { enabled: on, from, to, days: [1, 2, 3, 4, 5, 6, 7], timeZone: zone, exceptUsedUp: true };
        return call("preferences.set", { quietHours }, () => {
          oracle.holdBacks.setQuiet(on ? { from, to, zone } : null, computer.wall());
        });
      }
      case "snooze":
        return call(
          "alerts.snooze",
          { sourceId: action.source, meterId: action.meter, until: action.length },
          (value) => oracle.holdBacks.snooze(action.source, action.meter, untilOf(value)),
        );
      case "new-key":
        return enterKey(action.source);
      case "remove-and-restore":
        return removeAndRestore(action.source);
      case "quit":
      case "crash":
        return endFor(action.type, action.downMs);
      default:
        return;
    }
  };

  const enterKey = (id: string): void => {
    const { model } = oracle.source(id);
    const key = model.keyInFile ? { type: "keep" } : { type: "env", name: `KEY_${id}_${Math.floor(computer.now())}` };
    const { kind, baseUrl } = model;
    const draft = { id, kind, label: id, baseUrl, allowPlainHttp: false, key, secrets: {}, options: {} };
    call("sources.save", draft, () => oracle.changed(id, model.keyInFile ? "set" : "known-anew"));
  };

  const removeAndRestore = (id: string): void => {
    const source = oracle.source(id);
    call("sources.remove", { id }, () => {
      source.removed = true;
      oracle.changed(id, "set");
      computer.atAwake(computer.now() + chance.between(1_000, 20_000), () => {
        call("sources.restore", { id }, () => {
          source.removed = false;
          oracle.changed(id, "known-anew");
        });
      });
    });
  };

  const endFor = (how: "quit" | "crash", downMs: number): void => {
    const app = running;
    if (app === null || computer.isAsleep()) return;
    if (how === "quit") {
      quit(app).then(
        () => computer.atAwake(computer.now() + downMs, start),
        (error: unknown) => violations.report("left-running", null, `stopping failed: ${String(error)}`),
      );
      return;
    }
    gone("crash");
    computer.atAwake(computer.now() + downMs, start);
  };

  const checkRunning = (): void => {
    const timers = running?.process.timers() ?? 0;
    if (timers > MOST_TIMERS) violations.report("left-running", null, `${timers} timers at once`);
  };

  return {
    counts,
    isOnline: () => conditions.online,
    shown: () => (running === null || computer.isAsleep() ? null : running.engine.state()),
    begin() {
      for (const event of events) {
        computer.at(event.at, () => {
          trace.add(COMPUTER, computer.now(), () => JSON.stringify({ ...event, at: undefined }));
          if (!happens(event)) act(event);
          checkRunning();
        });
      }
      computer.sleep();
      computer.atAwake(computer.now(), start);
    },
    async end() {
      if (running !== null && !computer.isAsleep()) await quit(running);
    },
  };
}

function untilOf(value: unknown): number {
  return z.object({ until: z.number() }).parse(value).until;
}
