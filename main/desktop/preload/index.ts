import { contextBridge, ipcRenderer } from "electron";
import { callChannel, eventChannel, isCallName, isEventName } from "../../../app/contract/names.ts";

/** What comes back when the main process refuses a message altogether; its reason stays in the log. */
const refused = { ok: false, error: { code: "internal", detail: null } } as const;
const unknownName = { ok: false, error: { code: "invalid-input", detail: "no such call" } } as const;

/**
 * All that a page gets of Electron: the contract's calls and events by name. `ipcRenderer` itself, its channels and its
 * event objects stay here.
 */
contextBridge.exposeInMainWorld("plimsoll", {
  async call(name: unknown, input: unknown): Promise<unknown> {
    if (!isCallName(name)) return unknownName;
    try {
      return await ipcRenderer.invoke(callChannel(name), input);
    } catch {
      return refused;
    }
  },
  on(name: unknown, listener: unknown): () => void {
    if (!isEventName(name) || typeof listener !== "function") return () => {};
    const channel = eventChannel(name);
    const forward = (_event: unknown, value: unknown): void => {
      listener(value);
    };
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.removeListener(channel, forward);
    };
  },
});
