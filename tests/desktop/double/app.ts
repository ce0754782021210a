import { EventEmitter } from "node:events";
import type { App } from "electron";
import { closeChromium } from "./chromium.ts";
import { config } from "./config.ts";
import { isReady, needReady, needStarting, setPhase } from "./life.ts";
import { loud, NotCovered, PreventableEvent } from "./loud.ts";
import { sessionForApp } from "./session.ts";
import { takeSingleInstanceLock } from "./single-instance.ts";
import { windowEvents, windows } from "./windows.ts";

type Covered =
  | "isPackaged"
  | "enableSandbox"
  | "setDesktopName"
  | "setAppUserModelId"
  | "requestSingleInstanceLock"
  | "whenReady"
  | "isReady"
  | "quit"
  | "exit"
  | "getPath"
  | "setPath"
  | "getVersion"
  | "getName"
  | "getLocale"
  | "getPreferredSystemLanguages";

/** What was called before `ready`, for the tests. */
export const beforeReady: string[] = [];
const paths = new Map([["userData", config.userData]]);
const ready = Promise.withResolvers<void>();
const emitter = new EventEmitter();
let quitting = false;

function early(what: string): void {
  needStarting(`app.${what}`);
  beforeReady.push(what);
}

const covered: Pick<App, Covered> = {
  isPackaged: config.packaged,
  enableSandbox: () => early("enableSandbox"),
  setDesktopName() {
    if (config.platform !== "linux") throw new NotCovered("app.setDesktopName, which only Linux has");
    early("setDesktopName");
  },
  setAppUserModelId() {
    if (config.platform !== "win32") throw new NotCovered("app.setAppUserModelId, which only Windows has");
    early("setAppUserModelId");
  },
  requestSingleInstanceLock() {
    early("requestSingleInstanceLock");
    return takeSingleInstanceLock(covered.getPath("userData"), (argv) => {
      emitter.emit("second-instance", {}, argv, process.cwd(), undefined);
    });
  },
  whenReady: () => ready.promise,
  isReady,
  quit,
  exit(code = 0) {
    setPhase("quitting");
    emitter.emit("quit", {}, code);
    closeChromium().then(
      () => process.exit(code),
      () => process.exit(code),
    );
  },
  getPath(name) {
    const path = paths.get(name);
    if (path === undefined) throw new NotCovered(`app.getPath("${name}")`);
    return path;
  },
  setPath(name, path) {
    if (name === "userData" && isReady()) throw new Error("userData must be set before the app is ready");
    paths.set(name, path);
  },
  getVersion: () => config.version,
  getName: () => "Plimsoll",
  getLocale() {
    needReady("app.getLocale");
    return "en-US";
  },
  getPreferredSystemLanguages: () => ["en-US"],
};

/** As documented: before-quit, every window asked to close, will-quit, quit. A window or a listener may stop it. */
function quit(): void {
  if (quitting) return;
  quitting = true;
  // Not within the caller's turn, as in Electron.
  setImmediate(() => {
    if (prevented("before-quit")) return;
    for (const window of [...windows]) {
      window.close();
      if (!window.isDestroyed()) {
        quitting = false;
        return;
      }
    }
    setPhase("quitting");
    if (prevented("will-quit")) return;
    covered.exit(0);
  });
}

function prevented(name: string): boolean {
  const event = new PreventableEvent();
  emitter.emit(name, event);
  if (event.defaultPrevented) quitting = false;
  return event.defaultPrevented;
}

windowEvents.on("web-contents-created", (contents: unknown) => emitter.emit("web-contents-created", {}, contents));
windowEvents.on("window-all-closed", () => {
  // Who does not listen quits.
  if (!emitter.emit("window-all-closed")) quit();
});

// The main bundle is evaluated first; what it forgot to do by now it forgot.
setTimeout(() => {
  if (quitting) return;
  setPhase("ready");
  emitter.emit("session-created", sessionForApp());
  emitter.emit("ready", {}, {});
  ready.resolve();
}, 20);

export const app = loud("app", Object.assign(emitter, covered));
