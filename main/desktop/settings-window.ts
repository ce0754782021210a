import { BrowserWindow } from "electron";
import type { SettingsPlace } from "../../app/contract/contract.ts";
import { UI_ORIGIN } from "./identity.ts";
import { type PageWindows, pagePreferences } from "./page-windows.ts";

export interface SettingsWindow {
  /** Opens the window at a place, or brings it to the front; an open one keeps its place unless another is asked for. */
  open(place: SettingsPlace): Promise<void>;
}

/** The settings: one ordinary window. */
export function createSettingsWindow(options: {
  readonly windows: PageWindows;
  readonly preload: string;
  readonly packaged: boolean;
}): SettingsWindow {
  let window: BrowserWindow | null = null;
  return {
    async open(place) {
      const address = `${UI_ORIGIN}/settings.html${fragmentOf(place)}`;
      if (window !== null && !window.isDestroyed()) {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        if (place.type !== "start" && window.webContents.getURL() !== address) await window.loadURL(address);
        return;
      }
      const made = new BrowserWindow({
        width: 920,
        height: 720,
        minWidth: 360,
        minHeight: 420,
        show: false,
        autoHideMenuBar: true,
        fullscreenable: false,
        webPreferences: pagePreferences(options.preload, options.packaged),
      });
      window = made;
      options.windows.add(made);
      made.once("closed", () => {
        if (window === made) window = null;
      });
      await made.loadURL(address);
      if (!made.isDestroyed()) made.show();
    },
  };
}

/** The settings page's own addresses, see renderer/settings/route.ts. */
function fragmentOf(place: SettingsPlace): string {
  switch (place.type) {
    case "start":
      return "";
    case "add":
      return "#add";
    case "source":
      return `#source=${encodeURIComponent(place.sourceId)}`;
    case "alerts":
    case "budgets":
      return `#${place.type}`;
    case "history":
      return place.sourceId === null ? "#history" : `#history=${encodeURIComponent(place.sourceId)}`;
  }
}
