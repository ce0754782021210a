import type { PowerMonitor } from "electron";

/** Tells when the computer woke up, so that figures read before it slept are read again. */
export function watchPower(powerMonitor: Pick<PowerMonitor, "on">, onResumed: () => void): void {
  powerMonitor.on("resume", onResumed);
}
