// What `import … from "electron"` finds. A name that is missing here stops the bundle from loading at all.
import "./control.ts";
import { app } from "./app.ts";
import { ipcMain } from "./ipc.ts";
import { loud } from "./loud.ts";
import { nativeImage } from "./native-image.ts";
import { Notification } from "./notification.ts";
import { safeStorage } from "./safe-storage.ts";
import { protocol, session } from "./session.ts";
import { dialog, nativeTheme, powerMonitor, screen, shell } from "./surroundings.ts";
import { Menu, Tray } from "./tray-and-menu.ts";
import { BrowserWindow } from "./windows.ts";

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};

export default loud("electron", {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
});
