import type { IpcMain, IpcMainInvokeEvent } from "electron";
import type { AnyCallResult, ContractHost } from "../../app/contract/host.ts";
import { callChannel, callNames, eventChannel } from "../../app/contract/names.ts";
import type { Logger } from "../../app/ports.ts";
import { isOurs } from "./identity.ts";
import type { PageWindows } from "./page-windows.ts";

/** Far above the largest honest message (the order of 10 000 sources is the next largest thing). */
const MOST_BYTES = 256 * 1024;

/**
 * Answers the contract's calls, one channel each, and sends its events to every open page.
 * Only the main frame of a window that we made, showing one of our own pages, is answered; all else is logged and refused.
 * Input goes to the engine unread: it parses.
 */
export function connectPages(
  ipcMain: Pick<IpcMain, "handle">,
  host: ContractHost,
  windows: PageWindows,
  logger: Logger,
): void {
  for (const name of callNames) {
    ipcMain.handle(callChannel(name), async (event, input: unknown): Promise<AnyCallResult> => {
      const reason = refusal(event, windows) ?? payloadProblem(input);
      if (reason !== null) {
        logger.log("warn", "ipc-refused", { call: name, reason });
        throw new Error("refused");
      }
      return host.handle(name, input);
    });
  }
  host.subscribe(({ name, value }) => windows.send(eventChannel(name), value));
}

/** Why the sender of a message is not to be answered; null when it is. */
function refusal(event: IpcMainInvokeEvent, windows: PageWindows): string | null {
  if (!windows.owns(event.sender)) return "not a window of ours";
  const frame = event.senderFrame;
  if (frame === null || frame.isDestroyed()) return "its frame is gone";
  if (frame.parent !== null) return "not the main frame";
  return isOurs(frame.url) ? null : "not one of our pages";
}

/** Why a message is not to be read; null when it is fine. Only what JSON can carry is: the contract holds nothing else. */
export function payloadProblem(input: unknown): string | null {
  try {
    const size = input === undefined ? 0 : Buffer.byteLength(JSON.stringify(input) ?? "");
    return size > MOST_BYTES ? "too large" : null;
  } catch {
    return "not plain data";
  }
}
