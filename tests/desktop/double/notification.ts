import { EventEmitter } from "node:events";
import type { Notification as ElectronNotification, NotificationConstructorOptions } from "electron";
import { config } from "./config.ts";
import { needReady } from "./life.ts";
import { loudClass } from "./loud.ts";

export interface ShownNotification {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** What the user saw, oldest first. */
export const shown: ShownNotification[] = [];
/** Weak, as in Electron: a notification that nobody refers to is collected and its click is lost. */
const alive = new Map<string, WeakRef<NotificationDouble>>();

class NotificationDouble
  extends EventEmitter
  implements Pick<ElectronNotification, "show" | "close" | "title" | "body">
{
  readonly id: string;
  readonly title: string;
  readonly body: string;

  constructor({ id = "", title = "", body = "", actions }: NotificationConstructorOptions = {}) {
    super();
    needReady("new Notification");
    if (config.platform === "linux" && actions !== undefined) throw new Error("no actions on Linux");
    if (id.length > 64) throw new Error("Windows takes no tag longer than 64 characters");
    if (Buffer.byteLength(body) > 256) throw new Error("macOS cuts bodies of more than 256 bytes");
    this.id = id;
    this.title = title;
    this.body = body;
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
        shown.push({ id: this.id, title: this.title, body: this.body });
        alive.set(this.id, new WeakRef(this));
        this.emit("show", {});
      }
    });
  }

  close(): void {
    this.emit("close", {});
  }
}

export const Notification = loudClass("Notification", NotificationDouble);

/** The user clicks a notification. Throws when the app let go of it. */
export async function clickNotification(id: string): Promise<void> {
  // References are let go of between turns, not within one.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  const notification = alive.get(id)?.deref();
  if (notification === undefined) throw new Error("the notification was collected: the app kept no reference to it");
  notification.emit("click", {});
}
