import type { CallError, CallName, CallOutput, CallParsedInput, EventName, EventValue } from "./contract.ts";

/** One event on its way to the UI. */
export type HostEvent = { readonly [P in EventName]: { readonly name: P; readonly value: EventValue<P> } }[EventName];

/** The answer to any call, as it crosses a process boundary. */
export type AnyCallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: CallError };

/**
 * What a face (IPC, WebSocket) talks to. `handle` takes whatever came over the wire: an unknown name or an input that
 * does not parse is answered with "invalid-input"; it never rejects.
 */
export interface ContractHost {
  handle(name: string, input: unknown): Promise<AnyCallResult>;
  /** Returns the function that stops listening. */
  subscribe(listener: (event: HostEvent) => void): () => void;
}

/** One handler per call of the contract, with parsed input. Throw a CallFailure to answer with a named error. */
export type Handlers = {
  readonly [P in CallName]: (input: CallParsedInput<P>) => Promise<CallOutput<P>> | CallOutput<P>;
};

/** Thrown by handlers to answer with a named error. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly error: CallError;

  constructor(code: CallError["code"], detail: string | null = null) {
    super(detail ?? code);
    this.error = { code, detail };
  }
}
