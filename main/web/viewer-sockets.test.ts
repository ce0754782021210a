import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HostEvent } from "../../app/contract/host.ts";
import {
  type EchoHost,
  echoHost,
  makeRendererDir,
  openSocket,
  sendRaw,
  type TestSocket,
} from "../../tests/support/web-viewer.ts";
import { MAX_MESSAGE_BYTES } from "../host/contract-socket/messages.ts";
import { startWebHost, type WebHost } from "./server.ts";
import { MAX_SOCKETS } from "./viewer-sockets.ts";

let web: WebHost;
let host: EchoHost;
let cookie: string;
let renderer: Awaited<ReturnType<typeof makeRendererDir>>;
/** Calls named "wait" are answered when this is called. */
let release: () => void;

beforeEach(async () => {
  renderer = await makeRendererDir();
  const { promise, resolve } = Promise.withResolvers<void>();
  release = resolve;
  host = echoHost(async (name, input) => {
    if (name === "wait") await promise;
    if (name === "break") throw new Error("must not be seen");
    if (name === "big") return { ok: true, value: "x".repeat(4 * 1024 * 1024) };
    return { ok: true, value: { name, input } };
  });
  web = await startWebHost({
    host,
    rendererDir: renderer.dir,
    port: null,
    logger: { log() {} },
    onViewer() {},
    // Stands still, so that a socket's allowance does not grow while a test runs.
    now: () => 1_000_000,
  });
  const answer = await sendRaw(web.port, {
    method: "POST",
    path: "/session",
    headers: { origin: `http://127.0.0.1:${web.port}`, "content-type": "application/json" },
    body: JSON.stringify({ token: web.newLink().split("#token=")[1] }),
  });
  cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
});

afterEach(async () => {
  await web.close();
  await renderer.remove();
});

async function open(): Promise<TestSocket> {
  const socket = await openSocket(web.port, { cookie, origin: `http://127.0.0.1:${web.port}` });
  if (typeof socket === "number") throw new Error(`refused with ${socket}`);
  return socket;
}

describe("calls over the socket", () => {
  it("are answered by their number, in the order in which they end", async () => {
    const socket = await open();
    socket.send({ id: 1, call: "wait", input: { a: [1] } });
    socket.send({ id: 2, call: "state.get" });
    expect(await socket.next()).toEqual({ id: 2, result: { ok: true, value: { name: "state.get" } } });
    release();
    expect(await socket.next()).toEqual({ id: 1, result: { ok: true, value: { name: "wait", input: { a: [1] } } } });
  });

  it("are answered even if the host breaks, and without its words", async () => {
    const socket = await open();
    socket.send({ id: 7, call: "break" });
    expect(await socket.next()).toEqual({ id: 7, result: { ok: false, error: { code: "internal", detail: null } } });
  });

  it("go back to the page that made them only", async () => {
    const [one, two] = [await open(), await open()];
    one.send({ id: 1, call: "state.get" });
    await one.next();
    two.send({ id: 9, call: "state.get" });
    expect(await two.next()).toMatchObject({ id: 9 });
  });
});

describe("what is not a call closes the socket with a code", () => {
  it.each([
    ["no JSON", "{", 1007],
    ["an empty message", "", 1007],
    ["a list", "[]", 1007],
    ["no number", '{"call":"state.get"}', 1007],
    ["a number as text", '{"id":"1","call":"state.get"}', 1007],
    ["a broken number", '{"id":1.5,"call":"state.get"}', 1007],
    ["no name", '{"id":1}', 1007],
    ["a field too many", '{"id":1,"call":"state.get","session":"x"}', 1007],
    ["a name too long", JSON.stringify({ id: 1, call: "x".repeat(101) }), 1007],
    ["too much", JSON.stringify({ id: 1, call: "a", input: "x".repeat(MAX_MESSAGE_BYTES) }), 1009],
    ["bytes", Buffer.from([1, 2, 3]), 1003],
  ])("%s", async (_name, message, code) => {
    const socket = await open();
    socket.socket.send(message);
    expect(await socket.closed).toBe(code);
    expect(host.calls).toEqual([]);
  });

  it("and so do more calls than any page makes", async () => {
    const socket = await open();
    for (let id = 0; id < 201; id += 1) {
      socket.send({ id, call: "a" });
      if (id % 50 === 49) while (host.calls.length <= id) await socket.next();
    }
    expect(await socket.closed).toBe(1008);
    expect(host.calls).toHaveLength(200);
  });

  it("and so do too many calls that are not answered yet", async () => {
    const socket = await open();
    for (let id = 0; id < 65; id += 1) socket.send({ id, call: "wait" });
    expect(await socket.closed).toBe(1008);
    expect(host.calls).toHaveLength(64);
  });
});

describe("events", () => {
  const event: HostEvent = { name: "shell.showSource", value: { sourceId: "a" } };

  it("reach every open page, and the host is let alone when there is none", async () => {
    expect(host.listeners()).toBe(0);
    const [one, two] = [await open(), await open()];
    expect(host.listeners()).toBe(1);
    host.emit(event);
    const expected = { event: "shell.showSource", value: { sourceId: "a" } };
    expect([await one.next(), await two.next()]).toEqual([expected, expected]);
    one.socket.close();
    await one.closed;
    host.emit(event);
    expect(await two.next()).toEqual(expected);
    two.socket.close();
    await two.closed;
    await expect.poll(() => host.listeners()).toBe(0);
  });

  it("are not kept without bound for a page that does not read", async () => {
    const slow = await open();
    slow.socket.pause();
    for (let id = 0; id < 12; id += 1) slow.send({ id, call: "big" });
    await expect.poll(() => host.listeners()).toBe(0);
    slow.socket.resume();
    expect(await slow.closed).toBe(1006);
  });
});

describe("open sockets", () => {
  it("are limited in number, and a closed one makes room", async () => {
    const sockets = await Promise.all(Array.from({ length: MAX_SOCKETS }, open));
    await expect(open()).rejects.toThrow("refused with 503");
    const [first] = sockets;
    first?.socket.close();
    await first?.closed;
    await expect
      .poll(() =>
        open().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});
