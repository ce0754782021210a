import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { BrowserWindowConstructorOptions, WebContents as ElectronWebContents, IpcMainInvokeEvent } from "electron";
import type { CDPSession, Page } from "playwright-core";
import * as z from "zod";
import { toApp, toChromium } from "./addresses.ts";
import { newPage } from "./chromium.ts";
import { encode, invokeHandler } from "./ipc.ts";
import { handOver, loud, NotCovered, PreventableEvent } from "./loud.ts";
import { BINDING, isolatedScript, pageScript, WORLD } from "./worlds.ts";

type WindowOpenHandler = Parameters<ElectronWebContents["setWindowOpenHandler"]>[0];
type Preferences = NonNullable<BrowserWindowConstructorOptions["webPreferences"]>;
type Covered = "getURL" | "isDestroyed" | "isDevToolsOpened" | "setWindowOpenHandler" | "id";

const codedSchema = z.custom<Parameters<typeof invokeHandler>[2][number]>((value) => typeof value === "object");
const messageSchema = z.object({ id: z.number(), channel: z.string(), args: z.array(codedSchema) });

let lastId = 0;
export const allContents = new Set<WebContentsDouble>();

/** A page of Chromium, as the app sees it. The page itself comes a moment later than the object. */
export class WebContentsDouble extends EventEmitter implements Pick<ElectronWebContents, Covered> {
  readonly id: number;
  readonly preferences: Preferences;
  /** Resolves to Chromium's page, with the preload in place. */
  readonly page: Promise<Page>;
  readonly handedOut: WebContentsDouble;
  readonly mainFrame: { readonly url: string; readonly parent: null; isDestroyed(): boolean };
  destroyed = false;
  /** The address that the app itself is loading, so that its own navigation is not asked about. */
  loading: string | null = null;
  private address = "";
  private windowOpen: WindowOpenHandler | null = null;
  private session: CDPSession | null = null;
  private isolated: number | null = null;

  constructor(preferences: Preferences, size: { width: number; height: number }) {
    super();
    lastId += 1;
    this.id = lastId;
    this.preferences = preferences;
    const contents = this;
    this.mainFrame = loud("WebFrameMain", {
      get url(): string {
        return contents.address;
      },
      parent: null,
      isDestroyed: () => contents.destroyed,
    });
    this.handedOut = loud("WebContents", this, () => this.destroyed);
    allContents.add(this);
    this.page = this.open(size);
    this.page.catch((error: unknown) => console.error("double: a page could not be opened", error));
  }

  getURL(): string {
    return this.address;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpen = handler;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    const coded = JSON.stringify(args.map(encode));
    this.inIsolatedWorld(`__electronDoubleDeliver(${JSON.stringify(channel)}, ${coded})`);
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.page;
    this.loading = address;
    try {
      await page.goto(toChromium(address), { waitUntil: "load" });
      // Chromium tells the isolated world's identity by an event of its own, which may come after the page's.
      const until = Date.now() + 5_000;
      while (this.isolated === null && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      this.loading = null;
    }
  }

  /** Whether the app lets this page go to an address by itself, as `will-navigate` says. */
  mayNavigate(address: string): boolean {
    if (this.loading !== null && sameDocument(this.loading, address)) return true;
    const event = new PreventableEvent();
    this.emit("will-navigate", event, address);
    return !event.defaultPrevented;
  }

  /** Whether the app lets this page open a window. */
  mayOpen(url: string): boolean {
    return this.windowOpen?.(handOver(loud("window details", { url }))).action !== "deny";
  }

  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    allContents.delete(this);
    this.emit("destroyed");
    const page = await this.page;
    await page.close();
  }

  private async open(size: { width: number; height: number }): Promise<Page> {
    const { preload, sandbox, contextIsolation, nodeIntegration } = this.preferences;
    if (sandbox === false || contextIsolation === false || nodeIntegration === true) {
      throw new NotCovered("a page without sandbox or isolation, or with Node");
    }
    const page = await newPage(this, size);
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.address = toApp(frame.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`page: ${message.text()}`);
    });
    page.on("pageerror", (error) => console.error(`page: ${error.stack ?? error.message}`));
    if (preload === undefined) return page;
    const session = await page.context().newCDPSession(page);
    this.session = session;
    const channel = `electron-double-${Math.random().toString(36).slice(2)}`;
    session.on("Runtime.executionContextCreated", ({ context }) => {
      if (context.name === WORLD) this.isolated = context.id;
    });
    session.on("Runtime.executionContextDestroyed", ({ executionContextId }) => {
      if (this.isolated === executionContextId) this.isolated = null;
    });
    session.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      if (name === BINDING) void this.answer(payload, executionContextId);
    });
    await session.send("Runtime.enable");
    await session.send("Page.enable");
    await session.send("Runtime.addBinding", { name: BINDING, executionContextName: WORLD });
    await session.send("Page.addScriptToEvaluateOnNewDocument", { source: pageScript(channel) });
    await session.send("Page.addScriptToEvaluateOnNewDocument", {
      source: isolatedScript(channel, readFileSync(preload, "utf8")),
      worldName: WORLD,
    });
    return page;
  }

  private async answer(payload: string, world: number): Promise<void> {
    const { id, channel, args } = messageSchema.parse(JSON.parse(payload));
    let value = JSON.stringify({ t: "undefined" });
    let error = "null";
    try {
      const event = handOver<IpcMainInvokeEvent>({ sender: this.handedOut, senderFrame: this.mainFrame });
      value = JSON.stringify(await invokeHandler(channel, event, args));
    } catch (thrown) {
      error = JSON.stringify(thrown instanceof Error ? thrown.message : String(thrown));
    }
    if (this.isolated === world) this.inIsolatedWorld(`__electronDoubleSettle(${id}, ${value}, ${error})`);
  }

  private inIsolatedWorld(expression: string): void {
    if (this.session === null || this.isolated === null || this.destroyed) return;
    this.session.send("Runtime.evaluate", { expression, contextId: this.isolated }).catch(() => {
      // The page went away meanwhile; so does a message in Electron.
    });
  }
}

function sameDocument(a: string, b: string): boolean {
  return a.split("#")[0] === b.split("#")[0];
}
