import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, BrowserWindow as ElectronBrowserWindow } from "electron";
import { config } from "./config.ts";
import { isQuitting, needReady } from "./life.ts";
import { loudClass, NotCovered, PreventableEvent } from "./loud.ts";
import { WebContentsDouble } from "./web-contents.ts";

export const windows = new Set<BrowserWindowDouble>();
/** Hears what concerns the whole app; app.ts sets it. */
export const windowEvents = new EventEmitter();

type Covered =
  | "show"
  | "hide"
  | "focus"
  | "close"
  | "destroy"
  | "isDestroyed"
  | "isVisible"
  | "isMinimized"
  | "restore"
  | "getSize"
  | "setPosition"
  | "loadURL"
  | "setVisibleOnAllWorkspaces";

export class BrowserWindowDouble extends EventEmitter implements Pick<ElectronBrowserWindow, Covered> {
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: WebContentsDouble;
  readonly webContents: WebContentsDouble;
  position: { x: number; y: number } | null = null;
  private destroyed = false;
  private visible: boolean;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    needReady("new BrowserWindow");
    this.options = options;
    this.visible = options.show !== false;
    this.contents = new WebContentsDouble(options.webPreferences ?? {}, this.size());
    this.webContents = this.contents.handedOut;
    windows.add(this);
    windowEvents.emit("web-contents-created", this.webContents);
  }

  private size(): { width: number; height: number } {
    return { width: this.options.width ?? 800, height: this.options.height ?? 600 };
  }

  getSize(): number[] {
    const { width, height } = this.size();
    return [width, height];
  }

  setPosition(x: number, y: number): void {
    if (!Number.isInteger(x) || !Number.isInteger(y)) throw new TypeError("Error processing argument: not an integer");
    // On Wayland the compositor places windows.
    if (process.env["XDG_SESSION_TYPE"] !== "wayland") this.position = { x, y };
  }

  setVisibleOnAllWorkspaces(): void {
    if (config.platform === "win32") throw new NotCovered("setVisibleOnAllWorkspaces, which Windows does not have");
  }

  async loadURL(address: string): Promise<void> {
    await this.contents.loadURL(address);
    this.emit("ready-to-show", {});
  }

  show(): void {
    this.visible = true;
    this.emit("show", {});
  }

  hide(): void {
    this.visible = false;
    this.emit("hide", {});
  }

  focus(): void {
    this.emit("focus", {});
  }

  isVisible(): boolean {
    return this.visible;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    this.show();
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  close(): void {
    const event = new PreventableEvent();
    this.emit("close", event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    windows.delete(this);
    this.contents.destroy().catch(() => undefined);
    this.emit("closed");
    if (windows.size === 0 && !isQuitting()) windowEvents.emit("window-all-closed");
  }

  /** The user presses a key: the app hears of it before the page does. */
  async press(key: string): Promise<void> {
    const event = new PreventableEvent();
    this.contents.emit("before-input-event", event, { type: "keyDown", key });
    if (!event.defaultPrevented && !this.destroyed) await (await this.contents.page).keyboard.press(key);
  }
}

export const BrowserWindow = loudClass("BrowserWindow", BrowserWindowDouble, (window) => window.isDestroyed());
