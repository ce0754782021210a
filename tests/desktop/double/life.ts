/** Where the app is in its life. Electron's rules hang on it. */
type Phase = "starting" | "ready" | "quitting";

let phase: Phase = "starting";

export function setPhase(next: Phase): void {
  phase = next;
}

export function isReady(): boolean {
  return phase !== "starting";
}

export function isQuitting(): boolean {
  return phase === "quitting";
}

/** Throws when `what` is used too early. */
export function needReady(what: string): void {
  if (phase === "starting") throw new Error(`${what} cannot be used before the app is ready`);
}

/** Throws when `what` is used too late. */
export function needStarting(what: string): void {
  if (phase !== "starting") throw new Error(`${what} must be called before the app is ready`);
}
