import { createDesktopBridge } from "./desktop.ts";
import type { UiBridge } from "./ui-bridge.ts";
import { createWebBridge } from "./web.ts";

/** The bridge that this page can use: the preload's where there is one, else the socket. */
export function connectToHost(): UiBridge {
  return window.plimsoll === undefined ? createWebBridge() : createDesktopBridge(window.plimsoll);
}
