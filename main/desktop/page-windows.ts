import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";

/** The windows that we made, and no others. */
export interface PageWindows {
  add(window: BrowserWindow): void;
  owns(contents: WebContents): boolean;
  /** Sends to every open page. */
  send(channel: string, value: unknown): void;
}

export function createPageWindows(): PageWindows {
  const windows = new Set<BrowserWindow>();
  return {
    add(window) {
      windows.add(window);
      window.once("closed", () => windows.delete(window));
    },
    owns: (contents) => [...windows].some((window) => !window.isDestroyed() && window.webContents === contents),
    send(channel, value) {
      for (const window of windows) {
        if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send(channel, value);
      }
    },
  };
}

/** What every page runs under. Spelled out although most are Electron's defaults, so that a change of those changes nothing. */
export function pagePreferences(
  preload: string,
  packaged: boolean,
): NonNullable<BrowserWindowConstructorOptions["webPreferences"]> {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !packaged,
  };
}
