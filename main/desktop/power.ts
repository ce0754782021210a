import type { PowerMonitor } from "electron";
import type { WakeReason } from "../../app/polling/poller.ts";
import type { Clock, Conditions, ConditionsProbe } from "../../app/ports.ts";

type Power = Pick<PowerMonitor, "isOnBatteryPower" | "getSystemIdleState"> & {
  on(event: "suspend", listener: () => void): unknown;
  on(event: "resume", listener: () => void): unknown;
  on(event: "lock-screen", listener: () => void): unknown;
  on(event: "unlock-screen", listener: () => void): unknown;
  on(event: "on-ac", listener: () => void): unknown;
  on(event: "on-battery", listener: () => void): unknown;
};

/** What the desktop tells of the computer: how it is, when asked, and when that has changed. */
export interface PowerWatch extends ConditionsProbe {
  /** Calls back when the computer woke up, was unlocked, or something of its conditions changed. */
  onWake(listener: (reason: WakeReason) => void): void;
}

/** So long untouched, the computer counts as idle. */
const IDLE_AFTER_SECONDS = 300;
/** Many polls may ask at once, and the system is asked once in this time. */
const LOOK_EVERY_MS = 5_000;
/** Whatever still runs so long after it was told to sleep does not sleep: the word that it woke up got lost. */
const ASLEEP_AT_THE_LATEST_MS = 60_000;

/** Watches Electron's power monitor. `isOnline` is the hosts' own (main/host/network-watch.ts). */
export function createPowerWatch(power: Power, isOnline: () => boolean, clock: Clock): PowerWatch {
  const passed = (): number => clock.steady?.() ?? clock.now();
  let suspendedAt: number | null = null;
  let looked: { readonly at: number; readonly onBattery: boolean; readonly idle: boolean } | null = null;
  const listeners: ((reason: WakeReason) => void)[] = [];
  const tell = (reason: WakeReason): void => {
    looked = null;
    for (const listener of listeners) listener(reason);
  };

  power.on("suspend", () => {
    suspendedAt = passed();
    tell("changed");
  });
  power.on("resume", () => {
    suspendedAt = null;
    tell("resumed");
  });
  power.on("unlock-screen", () => tell("unlocked"));
  power.on("lock-screen", () => tell("changed"));
  power.on("on-battery", () => tell("changed"));
  power.on("on-ac", () => tell("changed"));

  return {
    now(): Conditions {
      const at = passed();
      if (looked === null || at - looked.at >= LOOK_EVERY_MS) {
        const idle = power.getSystemIdleState(IDLE_AFTER_SECONDS);
        looked = { at, onBattery: power.isOnBatteryPower(), idle: idle === "idle" || idle === "locked" };
      }
      const { onBattery, idle } = looked;
      const suspended = suspendedAt !== null && at - suspendedAt < ASLEEP_AT_THE_LATEST_MS;
      return { suspended, online: isOnline(), onBattery, idle };
    },
    onWake: (listener) => void listeners.push(listener),
  };
}
