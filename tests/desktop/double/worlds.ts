// What runs inside a page: the real preload in an isolated world, and a bridge between that world and the page's own.
// These functions are sent to Chromium as text, so they name nothing outside of themselves but their parameters.
import { type Coded, makeCodec } from "./codec.ts";

/** The isolated world's name, by which Chromium tells it to the double. */
export const WORLD = "Electron Isolated Context";
/** The function that only the isolated world has. */
export const BINDING = "__electronDoubleInvoke";

type AnyFunction = (...given: unknown[]) => unknown;
type Waiting = Map<number, { resolve(value: unknown): void; reject(error: Error): void }>;

/** From the page's world to the isolated one: a function that the page calls. */
interface Call {
  readonly id: number;
  readonly fn: number;
  readonly args: readonly Coded[];
}
type FromIsolated =
  | { readonly kind: "expose"; readonly key: string; readonly api: Coded }
  | { readonly kind: "answer"; readonly value: Coded }
  | { readonly kind: "settled"; readonly id: number; readonly value: Coded; readonly error: string | null }
  | { readonly kind: "listen"; readonly fn: number; readonly args: readonly Coded[] };

/** Both worlds share the document and nothing else, so they talk by events on it; details are text. */
function pageWorld(codecOf: typeof makeCodec, channel: string): void {
  if (window.top !== window) return;
  const functions = new Map<number, AnyFunction>();
  const waiting: Waiting = new Map();
  let next = 1;
  const replies: Coded[] = [];
  const { encode, decode } = codecOf(
    (fn) => {
      functions.set(next, fn);
      return next++;
    },
    (fn) =>
      (...given) => {
        const call: Call = { id: next++, fn, args: given.map(encode) };
        document.dispatchEvent(new CustomEvent(`${channel}:call`, { detail: JSON.stringify(call) }));
        // Events on the document are delivered before dispatching them returns.
        const value = replies.pop();
        if (value === undefined) throw new Error("the isolated world did not answer");
        if (value.t !== "promise") return decode(value);
        return new Promise((resolve, reject) => waiting.set(call.id, { resolve, reject }));
      },
  );
  document.addEventListener(`${channel}:tell`, (event) => {
    if (!(event instanceof CustomEvent)) return;
    const message: FromIsolated = JSON.parse(event.detail);
    switch (message.kind) {
      case "expose":
        Object.defineProperty(window, message.key, { value: Object.freeze(decode(message.api)) });
        return;
      case "answer":
        replies.push(message.value);
        return;
      case "settled":
        if (message.error === null) waiting.get(message.id)?.resolve(decode(message.value));
        else waiting.get(message.id)?.reject(new Error(message.error));
        waiting.delete(message.id);
        return;
      case "listen":
        functions.get(message.fn)?.(...message.args.map(decode));
    }
  });
}

/** `contextBridge` and `ipcRenderer`, and the preload run against them. */
function isolatedWorld(
  codecOf: typeof makeCodec,
  channel: string,
  binding: string,
  preload: (require: (name: string) => object, module: object, exports: object) => void,
): void {
  if (window.top !== window) return;
  const functions = new Map<number, AnyFunction>();
  const invocations: Waiting = new Map();
  const subscriptions = new Map<string, Set<AnyFunction>>();
  let next = 1;
  const tell = (message: FromIsolated): void => {
    document.dispatchEvent(new CustomEvent(`${channel}:tell`, { detail: JSON.stringify(message) }));
  };
  const { encode, decode } = codecOf(
    (fn) => {
      functions.set(next, fn);
      return next++;
    },
    (fn) =>
      (...given) =>
        tell({ kind: "listen", fn, args: given.map(encode) }),
  );
  document.addEventListener(`${channel}:call`, (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { id, fn, args }: Call = JSON.parse(event.detail);
    const result = functions.get(fn)?.(...args.map(decode));
    if (!(result instanceof Promise)) {
      tell({ kind: "answer", value: encode(result) });
      return;
    }
    tell({ kind: "answer", value: { t: "promise" } });
    result.then(
      (value) => tell({ kind: "settled", id, value: encode(value), error: null }),
      (error) => tell({ kind: "settled", id, value: { t: "undefined" }, error: String(error?.message ?? error) }),
    );
  });
  const toMain: unknown = Reflect.get(globalThis, binding);
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => tell({ kind: "expose", key, api: encode(api) }),
    },
    ipcRenderer: {
      invoke: (name: string, ...args: unknown[]) =>
        new Promise((resolve, reject) => {
          if (typeof toMain !== "function") throw new Error("no binding to the main process");
          const id = next++;
          invocations.set(id, { resolve, reject });
          toMain(JSON.stringify({ id, channel: name, args: args.map(encode) }));
        }),
      on: (name: string, listener: AnyFunction) => {
        subscriptions.set(name, (subscriptions.get(name) ?? new Set()).add(listener));
      },
      removeListener: (name: string, listener: AnyFunction) => {
        subscriptions.get(name)?.delete(listener);
      },
    },
  };
  Object.assign(globalThis, {
    __electronDoubleSettle(id: number, value: Coded, error: string | null) {
      if (error === null) invocations.get(id)?.resolve(decode(value));
      else invocations.get(id)?.reject(new Error(error));
      invocations.delete(id);
    },
    __electronDoubleDeliver(name: string, args: readonly Coded[]) {
      const event = { sender: electron.ipcRenderer };
      for (const listener of subscriptions.get(name) ?? []) listener(event, ...args.map(decode));
    },
  });
  const require = (name: string): object => {
    if (name === "electron") return electron;
    throw new Error(`a sandboxed preload cannot require ${name}`);
  };
  preload(require, { exports: {} }, {});
}

/** The text for the page's own world. Goes in first: the other one talks to it. */
export function pageScript(channel: string): string {
  return `(${pageWorld})(${makeCodec}, ${JSON.stringify(channel)});`;
}

/** The text for the isolated world, with the preload bundle in it as it is. */
export function isolatedScript(channel: string, preload: string): string {
  return `(${isolatedWorld})(${makeCodec}, ${JSON.stringify(channel)}, ${JSON.stringify(BINDING)}, (require, module, exports) => {\n${preload}\n});`;
}
