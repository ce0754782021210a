import * as z from "zod";
import type { CallName } from "../../app/contract/contract.ts";
import type { Oracle } from "./oracle/oracle.ts";
import type { Chance } from "./world/chance.ts";
import type { Computer } from "./world/computer.ts";
import type { UserAction } from "./world/user-plan.ts";

/** Calls the app as a face does; `then` hears of what ended well. Nothing happens while nobody can use the app. */
export type Call = (name: CallName, input: unknown, then: (value: unknown) => void) => void;

/** What the user changes in the app; what happens to the computer, and the end of the app, are not among it. */
export type SettingAction = Extract<
  UserAction,
  {
    type:
      | "refresh-all"
      | "refresh"
      | "mute"
      | "pause"
      | "interval"
      | "thresholds"
      | "alerts"
      | "quiet-hours"
      | "snooze"
      | "new-key"
      | "remove-and-restore";
  }
>;

/** Carries out what the user does with the app, and tells the oracle of it once it holds. */
export function createUserHands(parts: {
  readonly computer: Computer;
  readonly oracle: Oracle;
  readonly chance: Chance;
  readonly call: Call;
  /** The interval that it goes back to. */
  readonly usualSeconds: number;
}): (action: SettingAction) => void {
  const { computer, oracle, chance, call } = parts;

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

  /** What silences something holds from when the app has said so; what ends that may show before it does. */
  const switching = (silences: boolean, note: () => void, carryOut: (then: () => void) => void): void => {
    if (!silences) note();
    carryOut(note);
  };

  const setThresholds = (id: string | null, thresholds: readonly number[]): void => {
    if (id === null) {
      call("preferences.set", { thresholds }, () => {
        oracle.app.thresholds = thresholds;
        oracle.changed(null, "thresholds");
      });
      return;
    }
    adjust(id, { thresholds }, () => {
      oracle.source(id).thresholds = thresholds;
      oracle.changed(id, "thresholds");
    });
  };

  const setInterval = (id: string | null, seconds: number | null): void => {
    if (id !== null) {
      adjust(id, { intervalSeconds: seconds }, () => {
        oracle.source(id).intervalSeconds = seconds;
      });
      return;
    }
    const intervalSeconds = seconds ?? parts.usualSeconds;
    call("preferences.set", { intervalSeconds }, () => {
      oracle.app.intervalSeconds = intervalSeconds;
      oracle.changed(null, "set");
    });
  };

  const setQuietHours = ({ on, from, to, zone }: Extract<SettingAction, { type: "quiet-hours" }>): void => {
    const quietHours = { enabled: on, from, to, days: [1, 2, 3, 4, 5, 6, 7], timeZone: zone, exceptUsedUp: true };
    oracle.holdBacks.settingQuiet(computer.wall());
    call("preferences.set", { quietHours }, () => {
      oracle.holdBacks.setQuiet(on ? { from, to, zone } : null, computer.wall());
    });
  };

  const enterKey = (id: string): void => {
    const { model } = oracle.source(id);
    const key = model.keyInFile ? { type: "keep" } : { type: "env", name: `KEY_${id}_${Math.floor(computer.now())}` };
    const { kind, baseUrl } = model;
    const draft = { id, kind, label: id, baseUrl, allowPlainHttp: false, key, secrets: {}, options: {} };
    const what = model.keyInFile ? "set" : "new-key";
    oracle.changed(id, what);
    call("sources.save", draft, () => oracle.changed(id, what));
  };

  const removeAndRestore = (id: string): void => {
    const source = oracle.source(id);
    call("sources.remove", { id }, () => {
      source.removed = true;
      oracle.changed(id, "set");
      computer.atAwake(computer.now() + chance.between(1_000, 20_000), () => {
        source.removed = false;
        oracle.changed(id, "restored");
        call("sources.restore", { id }, () => undefined);
      });
    });
  };

  return (action) => {
    switch (action.type) {
      case "refresh-all":
        // Before the call: the polls may begin in the same moment.
        oracle.changed(null, "asked");
        call("sources.refresh", { id: null }, () => undefined);
        break;
      case "refresh":
        oracle.changed(action.source, "asked");
        call("sources.refresh", { id: action.source }, () => undefined);
        break;
      case "mute":
        switching(
          action.on,
          () => {
            oracle.source(action.source).muted = action.on;
            noteSilence(action.source);
          },
          (then) => adjust(action.source, { muted: action.on }, then),
        );
        break;
      case "pause":
        switching(
          action.on,
          () => {
            oracle.source(action.source).paused = action.on;
          },
          (then) => adjust(action.source, { paused: action.on }, then),
        );
        break;
      case "interval":
        setInterval(action.source, action.seconds);
        break;
      case "thresholds":
        setThresholds(action.source, action.thresholds);
        break;
      case "alerts":
        switching(
          !action.on,
          () => {
            oracle.app.alertsOn = action.on;
            noteSilence(null);
          },
          (then) =>
            call("preferences.set", { alertsEnabled: action.on }, () => {
              then();
              oracle.changed(null, "set");
            }),
        );
        break;
      case "quiet-hours":
        setQuietHours(action);
        break;
      case "snooze": {
        const { source, meter, length } = action;
        call("alerts.snooze", { sourceId: source, meterId: meter, until: length }, (value) =>
          oracle.holdBacks.snooze(source, meter, untilOf(value)),
        );
        break;
      }
      case "new-key":
        enterKey(action.source);
        break;
      case "remove-and-restore":
        removeAndRestore(action.source);
        break;
    }
  };
}

function untilOf(value: unknown): number {
  return z.object({ until: z.number() }).parse(value).until;
}
