import { BrowserWindow } from "electron";
import { UI_ORIGIN } from "./identity.ts";
import { type PageWindows, pagePreferences } from "./page-windows.ts";

export interface SettingsWindow {
  /** Opens the window, or brings it to the front; `sourceId` is the source to edit, null for none. */
  open(sourceId: string | null): Promise<void>;
}

/** The settings: one ordinary window. */
export function createSettingsWindow(options: {
  readonly windows: PageWindows;
  readonly preload: string;
  readonly packaged: boolean;
}): SettingsWindow {
  let window: BrowserWindow | null = null;
  return {
    async open(sourceId) {
      const page = `${UI_ORIGIN}/settings.html`;
      const address = sourceId === null ? page : `${page}#source=${encodeURIComponent(sourceId)}`;
      if (window !== null && !window.isDestroyed()) {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        if (sourceId !== null && window.webContents.getURL() !== address) await window.loadURL(address);
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
