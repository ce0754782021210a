import type { AppState, CallName } from "../../app/contract/contract.ts";
import { type AppParts, type Disk, type RunningApp, startApp } from "./app-under-test.ts";
import type { Oracle } from "./oracle/oracle.ts";
import { COMPUTER, type Trace } from "./trace.ts";
import { createUserHands, type SettingAction } from "./user-hands.ts";
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
  /** The interval that the settings begin with. */
  readonly usualSeconds: number;
  readonly trace: Trace;
  readonly violations: Violations;
}

type ComputerAction = Exclude<
  UserAction,
  SettingAction | { type: "open-popover" } | { type: "quit" } | { type: "crash" }
>;

/** An app that takes longer than this to stop does not stop. */
const STOP_WITHIN_MS = 30_000;
const MINUTE_MS = 60_000;
/** What begins something or ends it again. */
const LASTING: ReadonlySet<UserAction["type"]> = new Set([
  "mute",
  "pause",
  "interval",
  "alerts",
  "quiet-hours",
  "new-key",
]);
/** More timers at once than this are leaked ones. */
const MOST_TIMERS = 24;

export function createLife(parts: LifeParts): Life {
  const { computer, disk, oracle, events, trace, violations } = parts;
  const conditions = { suspended: false, online: true, onBattery: false, idle: false };
  const counts = { starts: 0, actions: 0 };
  let running: RunningApp | null = null;
  /** The app while it stops. */
  let leaving: RunningApp | null = null;
  const postponed: UserAction[] = [];

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

  const gone = (app: RunningApp, how: "quit" | "crash"): void => {
    running = null;
    leaving = null;
    app.process.kill();
    oracle.appEnded(how, disk.ledger);
  };

  /** Says whether it was this that ended the app. */
  const quit = async (app: RunningApp): Promise<boolean> => {
    running = null;
    leaving = app;
    computer.atAwake(computer.now() + STOP_WITHIN_MS, () => {
      if (leaving === app) violations.report("left-running", null, "the app does not stop");
    });
    await app.engine.stop();
    // The power went while it was stopping.
    if (leaving !== app) return false;
    if (app.process.timers() > 0) {
      violations.report("left-running", null, `${app.process.timers()} timers are left of an app that was stopped`);
    }
    gone(app, "quit");
    return true;
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
  const happens = (action: UserAction): action is ComputerAction => {
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
        if (!conditions.online) oracle.app.offlineSince = computer.now();
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

  const hands = createUserHands({ computer, oracle, chance: parts.chance, call, usualSeconds: parts.usualSeconds });

  /** What its user means to do lastingly is done as soon as it can be, in the same order. */
  const postpone = (action: UserAction): void => {
    if (!LASTING.has(action.type)) return;
    postponed.push(action);
    if (postponed.length === 1) computer.atAwake(computer.now() + MINUTE_MS, catchUp);
  };
  const catchUp = (): void => {
    if (running === null) computer.atAwake(computer.now() + MINUTE_MS, catchUp);
    else for (const action of postponed.splice(0)) act(action);
  };

  const act = (action: UserAction): void => {
    if (happens(action)) return;
    if (action.type === "quit" || action.type === "crash") {
      endFor(action.type, action.downMs);
      return;
    }
    if (running === null || computer.isAsleep()) {
      postpone(action);
      return;
    }
    if (action.type === "open-popover") {
      tell("opened");
      oracle.shown(running.engine.state());
      return;
    }
    hands(action);
  };

  const endFor = (how: "quit" | "crash", downMs: number): void => {
    const app = running ?? (how === "crash" ? leaving : null);
    if (app === null || computer.isAsleep()) return;
    const startAgain = (): void => computer.atAwake(computer.now() + downMs, start);
    if (how === "crash") {
      gone(app, "crash");
      startAgain();
      return;
    }
    quit(app).then(
      (isGone) => (isGone ? startAgain() : undefined),
      (error: unknown) => violations.report("left-running", null, `stopping failed: ${String(error)}`),
    );
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
          act(event);
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
