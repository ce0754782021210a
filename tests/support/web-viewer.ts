import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientOptions, WebSocket } from "ws";
import type { AnyCallResult, ContractHost, HostEvent } from "../../app/contract/host.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request with exactly these headers: unlike fetch, this lets a test lie about Host, Origin and Sec-Fetch-*. */
export function sendRaw(
  port: number,
  {
    method = "GET",
    path = "/",
    headers = {},
    body = "",
  }: {
    method?: string;
    path?: string;
    headers?: Readonly<Record<string, string | readonly string[]>>;
    body?: string;
  },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** A WebSocket whose messages are kept, so that none is missed between two awaits. */
export interface TestSocket {
  readonly socket: WebSocket;
  send(message: unknown): void;
  /** The next message that was not taken yet, parsed. */
  next(): Promise<unknown>;
  /** The close code. */
  readonly closed: Promise<number>;
}

/** Resolves to the open socket, or to the HTTP status with which it was refused. */
export function openSocket(port: number, headers: ClientOptions["headers"] = {}): Promise<TestSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers });
  const kept: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(data.toString());
    const taker = waiting.shift();
    if (taker === undefined) kept.push(message);
    else taker(message);
  });
  const closed = new Promise<number>((resolve) => {
    socket.on("close", (code) => resolve(code));
  });
  return new Promise((resolve, reject) => {
    socket.on("unexpected-response", (outgoing, response) => {
      outgoing.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", reject);
    socket.on("open", () =>
      resolve({
        socket,
        closed,
        send: (message) => socket.send(JSON.stringify(message)),
        next: () =>
          kept.length > 0
            ? Promise.resolve(kept.shift())
            : new Promise((resolveNext) => {
                waiting.push(resolveNext);
              }),
      }),
    );
  });
}

/** A host that answers every call with what it was asked, and lets the test send events. */
export interface EchoHost extends ContractHost {
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  listeners(): number;
  emit(event: HostEvent): void;
}

export function echoHost(
  answer: (name: string, input: unknown) => Promise<AnyCallResult> = async (name, input) => ({
    ok: true,
    value: { name, input },
  }),
): EchoHost {
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: { name: string; input: unknown }[] = [];
  return {
    calls,
    listeners: () => listeners.size,
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    handle(name, input) {
      calls.push({ name, input });
      return answer(name, input);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** A small stand-in for the built UI, next to a file that must never be served. */
export async function makeRendererDir(): Promise<{ readonly dir: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), "plimsoll-web-"));
  const dir = join(parent, "renderer");
  await mkdir(join(dir, "assets"), { recursive: true });
  await writeFile(join(parent, "secret.html"), "outside the renderer");
  await writeFile(join(dir, "popover.html"), "<!doctype html><title>popover</title>");
  await writeFile(join(dir, "settings.html"), "<!doctype html><title>settings</title>");
  await writeFile(join(dir, "mark.svg"), "<svg/>");
  await writeFile(join(dir, "assets", "popover-Ab12_-Cd.js"), "export {};");
  await writeFile(join(dir, "assets", "popover-Ab12_-Cd.js.map"), "{}");
  return { dir, remove: () => rm(parent, { recursive: true, force: true }) };
}
