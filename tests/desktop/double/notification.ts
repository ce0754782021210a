import { EventEmitter } from "node:events";
import type { Notification as ElectronNotification, NotificationConstructorOptions } from "electron";
import { config } from "./config.ts";
import { needReady } from "./life.ts";
import { loudClass } from "./loud.ts";

export interface ShownNotification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** What its buttons say. */
  readonly actions: readonly string[];
}

/** What the user saw, oldest first. */
export const shown: ShownNotification[] = [];
/** Those that are on the screen: shown, and not taken down since. */
export const onScreen = new Set<string>();
let serial = 0;
/** Weak, as in Electron: a notification that nobody refers to is collected and its click is lost. */
const alive = new Map<string, WeakRef<NotificationDouble>>();

class NotificationDouble
  extends EventEmitter
  implements Pick<ElectronNotification, "show" | "close" | "title" | "body">
{
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
  /** The platforms that know ids put a new one in the place of the old one; on Linux each is another. */
  private place = "";

  constructor({ id = "", title = "", body = "", actions }: NotificationConstructorOptions = {}) {
    super();
    needReady("new Notification");
    if (config.platform === "linux" && actions !== undefined) throw new Error("no actions on Linux");
    if (actions?.some(({ type }) => type === "selection") && config.platform !== "win32")
      throw new Error("selections are on Windows only");
    if ((actions?.length ?? 0) > 5) throw new Error("Windows shows at most five buttons");
    if (actions?.some(({ text = "" }) => text === "")) throw new Error("a button without a text");
    if (id.length > 64) throw new Error("Windows takes no tag longer than 64 characters");
    if (Buffer.byteLength(body) > 256) throw new Error("macOS cuts bodies of more than 256 bytes");
    this.id = id;
    this.title = title;
    this.body = body;
    this.actions = actions?.map(({ text = "" }) => text) ?? [];
  }

  static isSupported(): boolean {
    return config.notifications !== "unsupported";
  }

  show(): void {
    if (config.notifications === "silent") return;
    const failed = config.notifications === "failed";
    setImmediate(() => {
      if (failed) this.emit("failed", {}, "the app is not signed");
      else {
        const { id, title, body, actions } = this;
        shown.push({ id, title, body, actions });
        serial += 1;
        this.place = config.platform === "linux" ? `#${serial}` : id;
        onScreen.add(this.place);
        alive.set(this.id, new WeakRef(this));
        this.emit("show", {});
      }
    });
  }

  close(): void {
    // What is gone cannot be clicked any more; another one may have its id by now.
    if (alive.get(this.id)?.deref() === this) alive.delete(this.id);
    onScreen.delete(this.place);
    this.emit("close", {});
  }
}

export const Notification = loudClass("Notification", NotificationDouble);

/** The user clicks a notification. Throws when the app let go of it. */
export async function clickNotification(id: string): Promise<void> {
  (await stillThere(id)).emit("click", {});
}

/** The user presses a button of a notification, by what it says. */
export async function pressNotification(id: string, text: string): Promise<void> {
  const notification = await stillThere(id);
  const actionIndex = notification.actions.indexOf(text);
  if (actionIndex === -1) throw new Error(`it has no button "${text}", but: ${notification.actions.join(", ")}`);
  notification.emit("action", { actionIndex, selectionIndex: -1 }, actionIndex, -1);
}

async function stillThere(id: string): Promise<NotificationDouble> {
  // References are let go of between turns, not within one.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  const notification = alive.get(id)?.deref();
  if (notification === undefined) throw new Error("the notification was collected: the app kept no reference to it");
  return notification;
}
