import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { type Coded, makeCodec } from "./codec.ts";
import { loud } from "./loud.ts";

type Handler = Parameters<IpcMain["handle"]>[1];
const handlers = new Map<string, Handler>();

export const ipcMain = loud("ipcMain", {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  /** electron-store listens for pages that use it; none does. */
  on(channel: string): void {
    if (channel !== "electron-store-get-data") throw new Error(`nothing may listen on ${channel}`);
  },
});

/** Messages carry data, not functions. */
const codec = makeCodec(
  () => {
    throw new TypeError("An object could not be cloned.");
  },
  () => {
    throw new TypeError("An object could not be cloned.");
  },
);
export const { encode } = codec;

/** Runs the app's handler for a message of a page. Rejects as `ipcRenderer.invoke` would. */
export async function invokeHandler(
  channel: string,
  event: IpcMainInvokeEvent,
  args: readonly Coded[],
): Promise<Coded> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  try {
    return encode(await handler(event, ...args.map(codec.decode)));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${error instanceof Error ? error.message : error}`);
  }
}
