import type { CallInput, CallName, EventName, EventValue } from "../../app/contract/contract.ts";
import { malformedAnswer, parseAnswer, parseEvent } from "./parsers.ts";
import type { UiBridge, UiResult } from "./ui-bridge.ts";

/** What the preload script exposes as `window.plimsoll`. Nothing that comes through it is trusted unparsed. */
export interface PreloadApi {
  call(name: string, input: unknown): Promise<unknown>;
  /** Returns the function that stops listening. */
  on(name: string, listener: (value: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly plimsoll?: PreloadApi;
  }
}

/** The bridge over the preload script's IPC, which is always there as long as the page is. */
export function createDesktopBridge(api: PreloadApi): UiBridge {
  return {
    face: "desktop",
    async call<P extends CallName>(name: P, input: CallInput<P>): Promise<UiResult<P>> {
      try {
        return parseAnswer(name, await api.call(name, input));
      } catch {
        return malformedAnswer;
      }
    },
    on<P extends EventName>(name: P, listener: (value: EventValue<P>) => void) {
      return api.on(name, (value) => {
        const parsed = parseEvent(name, value);
        if (parsed.ok) listener(parsed.value);
      });
    },
    connection: () => "open",
    onConnection: () => () => {},
  };
}
