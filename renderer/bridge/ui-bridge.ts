import type { CallError, CallInput, CallName, CallOutput, EventName, EventValue } from "../../app/contract/contract.ts";

/**
 * How the page stands with its host. `refused`: the session is not, or no longer, valid and only a new link helps;
 * `lost`: the host does not answer, and the bridge keeps trying.
 */
export type Connection = "connecting" | "open" | "lost" | "refused";

/** Why a call brought nothing, as the page sees it: what the host said, or that there was nobody to say it. */
export type UiError = CallError | { readonly code: "disconnected" | "malformed-answer"; readonly detail: null };

export type UiResult<P extends CallName> =
  | { readonly ok: true; readonly value: CallOutput<P> }
  | { readonly ok: false; readonly error: UiError };

/** The contract's HostBridge plus what only a page knows: whether there is a connection, and how settings are opened. */
export interface UiBridge {
  readonly face: "desktop" | "web";
  /** Never rejects. */
  call<P extends CallName>(name: P, input: CallInput<P>): Promise<UiResult<P>>;
  /** Returns the function that stops listening. */
  on<P extends EventName>(name: P, listener: (value: EventValue<P>) => void): () => void;
  connection(): Connection;
  /** Tells each change; returns the function that stops listening. */
  onConnection(listener: (connection: Connection) => void): () => void;
}
