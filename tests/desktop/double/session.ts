import { EventEmitter } from "node:events";
import type { Session } from "electron";
import { needReady, needStarting } from "./life.ts";
import { handOver, loud, NotCovered, PreventableEvent } from "./loud.ts";

type RequestListener = NonNullable<Parameters<Session["webRequest"]["onBeforeRequest"]>[0]>;
type Details = { readonly url: string; readonly resourceType: string; readonly method: string };

class SessionDouble extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | null =
    null;
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | null = null;
  device: ((details: object) => boolean) | null = null;
  beforeRequest: RequestListener | null = null;
  readonly webRequest = loud("session.webRequest", {
    onBeforeRequest: (listener: RequestListener | null): void => {
      this.beforeRequest = listener;
    },
  });

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }

  /** Whether the app lets a request through. As in Electron, everything is let through where nobody listens. */
  allows(details: Details): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.beforeRequest === null) resolve(true);
      else
        this.beforeRequest(
          handOver<Parameters<RequestListener>[0]>(loud("request details", details)),
          ({ cancel = false }) => resolve(!cancel),
        );
    });
  }

  /** What the app says to a permission, asked in each of the three ways. Electron grants where nobody answers. */
  async permissions(permission: string): Promise<{ request: boolean; check: boolean; device: boolean }> {
    const request = await new Promise<boolean>((resolve) => {
      if (this.permissionRequest === null) resolve(true);
      else this.permissionRequest({}, permission, resolve);
    });
    return {
      request,
      check: this.permissionCheck?.({}, permission, "app://ui") ?? true,
      device: this.device?.({ deviceType: "hid" }) ?? true,
    };
  }

  /** Whether a download goes on. */
  download(): boolean {
    const event = new PreventableEvent();
    this.emit("will-download", event, {}, {});
    return !event.defaultPrevented;
  }
}

/** The one session; it comes to be at `ready`, and the app hears of it then. */
export const theSession = new SessionDouble();
const handedOut = loud("Session", theSession);

export const session = loud("session", {
  get defaultSession(): SessionDouble {
    needReady("session.defaultSession");
    return handedOut;
  },
  fromPartition(): never {
    throw new NotCovered("a second session");
  },
});

export function sessionForApp(): SessionDouble {
  return handedOut;
}

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();
const privileged = new Map<
  string,
  { readonly standard?: boolean; readonly secure?: boolean; readonly bypassCSP?: boolean }
>();
let registered = false;

export const protocol = loud("protocol", {
  registerSchemesAsPrivileged(
    schemes: readonly { scheme: string; privileges?: { standard?: boolean; bypassCSP?: boolean } }[],
  ): void {
    needStarting("protocol.registerSchemesAsPrivileged");
    if (registered) throw new Error("protocol.registerSchemesAsPrivileged can be called only once");
    registered = true;
    for (const { scheme, privileges = {} } of schemes) privileged.set(scheme, privileges);
  },
  handle(scheme: string, handler: Handler): void {
    needReady("protocol.handle");
    if (handlers.has(scheme)) throw new Error(`the scheme ${scheme} is handled already`);
    if (privileged.get(scheme)?.standard !== true) {
      throw new Error(
        `without the privilege "standard" pages of ${scheme}:// have no origin and no relative addresses`,
      );
    }
    handlers.set(scheme, handler);
  },
});

/** The app's answer for an address of a scheme it handles; null when it handles none such. */
export async function answer(address: string, method: string): Promise<Response | null> {
  const handler = handlers.get(new URL(address).protocol.slice(0, -1));
  return handler === undefined ? null : handler(new Request(address, { method }));
}
