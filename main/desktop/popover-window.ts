import { BrowserWindow } from "electron";
import type { Clock } from "../../app/ports.ts";
import { type PlacementInput, placePopover } from "../../app/tray/placement.ts";
import { UI_ORIGIN } from "./identity.ts";
import { type PageWindows, pagePreferences } from "./page-windows.ts";

const SIZE = { width: 400, height: 600 } as const;
/** Time for the click on the icon that took the focus to arrive, so that it closes the popover instead of reopening it. */
const HIDE_AFTER_BLUR_MS = 100;
/** Windows takes the focus away again right after showing a window from the tray. */
const BLUR_IGNORED_MS = 400;
/** A hidden page is let go of after this. */
const DESTROY_AFTER_MS = 5 * 60_000;

export interface PopoverOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly windows: PageWindows;
  readonly preload: string;
  readonly packaged: boolean;
  /** Where the icon and the displays are now, without the window's size. */
  readonly surroundings: () => Omit<PlacementInput, "window">;
  readonly onOpened: () => void;
}

export interface Popover {
  /** Resolves when the page is loaded and shown. */
  show(): Promise<void>;
  hide(): void;
  /** What a click on the icon does. */
  toggle(): Promise<void>;
  /** The displays changed: stay beside the icon. */
  replace(): void;
  /** From here on closing closes. */
  allowClose(): void;
}

/** The small window by the icon; an ordinary window where the compositor places windows. Its page lives while it is needed. */
export function createPopover(options: PopoverOptions): Popover {
  const { clock, platform } = options;
  let window: BrowserWindow | null = null;
  let loaded: Promise<void> = Promise.resolve();
  let shownAt = 0;
  let closing = false;
  let cancelHide: (() => void) | null = null;
  let cancelDestroy: (() => void) | null = null;

  function open(): BrowserWindow {
    if (window !== null && !window.isDestroyed()) return window;
    const ordinary = options.surroundings().placedByCompositor;
    const made = new BrowserWindow({
      ...SIZE,
      show: false,
      frame: ordinary,
      resizable: ordinary,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: !ordinary,
      alwaysOnTop: !ordinary,
      autoHideMenuBar: true,
      webPreferences: pagePreferences(options.preload, options.packaged),
    });
    options.windows.add(made);
    if (platform === "darwin") {
      made.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    }
    made.on("blur", () => {
      if (ordinary || made.webContents.isDevToolsOpened()) return;
      if (platform === "win32" && clock.now() - shownAt < BLUR_IGNORED_MS) return;
      cancelHide?.();
      cancelHide = clock.setTimer(clock.now() + HIDE_AFTER_BLUR_MS, hide);
    });
    made.on("close", (event) => {
      if (closing) return;
      event.preventDefault();
      hide();
    });
    made.webContents.on("before-input-event", (_event, input) => {
      if (input.type === "keyDown" && input.key === "Escape" && !ordinary) hide();
    });
    made.once("closed", () => {
      if (window === made) window = null;
    });
    window = made;
    loaded = made.loadURL(`${UI_ORIGIN}/popover.html`);
    return made;
  }

  function place(target: BrowserWindow): void {
    const [width, height] = target.getSize();
    const at = placePopover({
      ...options.surroundings(),
      window: { width: width ?? SIZE.width, height: height ?? SIZE.height },
    });
    if (at !== null) target.setPosition(at.x, at.y);
  }

  function hide(): void {
    cancelHide?.();
    cancelHide = null;
    if (window === null || window.isDestroyed() || !window.isVisible()) return;
    window.hide();
    cancelDestroy?.();
    cancelDestroy = clock.setTimer(clock.now() + DESTROY_AFTER_MS, () => {
      if (window !== null && !window.isDestroyed() && !window.isVisible()) window.destroy();
    });
  }

  async function show(): Promise<void> {
    cancelHide?.();
    cancelHide = null;
    cancelDestroy?.();
    cancelDestroy = null;
    const target = open();
    await loaded;
    if (target.isDestroyed()) return;
    // Before it is visible, so that it is never seen jumping.
    if (!target.isVisible()) place(target);
    shownAt = clock.now();
    target.show();
    target.focus();
    options.onOpened();
  }

  return {
    show,
    hide,
    async toggle() {
      cancelHide?.();
      cancelHide = null;
      if (window !== null && !window.isDestroyed() && window.isVisible()) hide();
      else await show();
    },
    replace() {
      if (window !== null && !window.isDestroyed() && window.isVisible()) place(window);
    },
    allowClose() {
      closing = true;
      cancelHide?.();
      cancelDestroy?.();
    },
  };
}
