// The test's hand inside the app's process: does what a user and the computer would do, and tells what they would see.
import type { Page } from "playwright-core";
import { beforeReady } from "./app.ts";
import { traffic } from "./chromium.ts";
import { clickNotification, onScreen, pressNotification, shown } from "./notification.ts";
import { keyring } from "./safe-storage.ts";
import { answer, theSession } from "./session.ts";
import { errorBoxes, happenings, opened } from "./surroundings.ts";
import { trays } from "./tray-and-menu.ts";
import { BrowserWindow, type BrowserWindowDouble, windows } from "./windows.ts";

const commands = {
  /** The icon, its menu and how often each was set; null before there is one. */
  tray() {
    const tray = trays.at(-1);
    if (tray === undefined) return null;
    return {
      images: [...tray.image.representations].map(([scaleFactor, png]) => ({
        scaleFactor,
        png: png.toString("base64"),
      })),
      template: tray.image.isMacTemplateImage,
      tooltip: tray.tooltip,
      menu: (tray.menu ?? tray.poppedUp)?.items.map(({ type, label, enabled }) => ({ type, label, enabled })) ?? [],
      sets: tray.sets,
    };
  },
  clickTray(event: "click" | "right-click" = "click") {
    trays.at(-1)?.emit(event, {}, {});
  },
  clickMenu(label: string) {
    const tray = trays.at(-1);
    const item = (tray?.menu ?? tray?.poppedUp)?.items.find((candidate) => candidate.label === label);
    if (item?.click === undefined || item.enabled === false) throw new Error(`nothing to click called "${label}"`);
    Reflect.apply(item.click, item, []);
  },
  windows() {
    return [...windows].map((window) => ({
      url: window.contents.getURL(),
      visible: window.isVisible(),
      position: window.position,
      frame: window.options.frame ?? true,
    }));
  },
  /** Runs a function with a window's page; the function comes as text and sees only its arguments. */
  async inPage(part: string, source: string, argument: unknown) {
    const page = await (await windowShowing(part)).contents.page;
    const run: (page: Page, argument: unknown) => unknown = new Function(`return (${source});`)();
    return run(page, argument);
  },
  async press(part: string, key: string) {
    await (await windowShowing(part)).press(key);
  },
  async blur(part: string) {
    (await windowShowing(part)).emit("blur", {});
  },
  async closeWindow(part: string) {
    (await windowShowing(part)).close();
  },
  /** A window that the app did not make, with the app's preload and one of its pages. */
  async openForeignWindow(address: string, preload: string) {
    const window = new BrowserWindow({ width: 400, height: 300, webPreferences: { preload } });
    await window.loadURL(address);
  },
  notifications: () => shown,
  clickNotification,
  pressNotification,
  /** What the app's own scheme answers. */
  async request(address: string, method: string) {
    const response = await answer(address, method);
    return response === null
      ? null
      : {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          bytes: (await response.arrayBuffer()).byteLength,
        };
  },
  permissions: (permission: string) => theSession.permissions(permission),
  /** Whether the app's session lets a request out, whatever a page's own policy would have said before. */
  allows: (url: string) => theSession.allows({ url, method: "GET", resourceType: "xhr" }),
  download: () => theSession.download(),
  resume() {
    happenings.power.emit("resume");
  },
  facts: () => ({
    beforeReady,
    keyringAccesses: keyring.accesses,
    opened,
    errorBoxes,
    traffic,
    notificationsOnScreen: onScreen.size,
  }),
};
export type Commands = typeof commands;

async function windowShowing(part: string): Promise<BrowserWindowDouble> {
  const until = Date.now() + 15_000;
  for (;;) {
    const found = [...windows].find((window) => window.contents.getURL().includes(part));
    if (found !== undefined) return found;
    if (Date.now() > until) {
      throw new Error(`no window shows ${part}; there are: ${[...windows].map((w) => w.contents.getURL()).join(", ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Order {
  readonly id: number;
  readonly name: keyof Commands;
  readonly args: readonly unknown[];
}

process.on("message", async ({ id, name, args }: Order) => {
  try {
    const value = await Reflect.apply(commands[name], undefined, args);
    process.send?.({ id, value });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
