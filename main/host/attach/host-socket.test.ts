import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect as connectSocket, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type EchoHost, echoHost } from "../../../tests/support/web-viewer.ts";
import { ATTACH_PATH, faceHeaders, hostHeaders, NOT_ADMITTED, readHostGreeting } from "./handshake.ts";
import { type ConnectOptions, connectToHost, type Me } from "./host-connection.ts";
import type { HostEntry } from "./host-record.ts";
import { type HostSocket, openHostSocket } from "./host-socket.ts";
import { ownUser } from "./ownership.ts";
import { newSecret, prove } from "./proof.ts";

const me: Me = { face: "cli", pid: process.pid, version: "1.2.3", stay: "once" };

/** On a busy machine everything takes its time. */
const patient = { timeout: 15_000 };

let folder: string;
let entry: HostEntry;
let host: EchoHost;
let logged: string[];
let endings: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sock-"));
  entry = {
    face: "web",
    pid: 4711,
    version: "1.2.3",
    startedAt: 0,
    socket: join(folder, "h.sock"),
    secret: newSecret(),
  };
  host = echoHost(async (name, input) => {
    if (name === "break") throw new Error("must not be seen");
    if (name === "big") return { ok: true, value: "x".repeat(4 * 1024 * 1024) };
    if (name === "silent") return { ok: true, value: undefined };
    if (name === "never") return new Promise(() => {});
    return { ok: true, value: { name, input } };
  });
  logged = [];
  endings = [];
});
afterEach(async () => {
  for (const end of endings) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(change: Partial<HostEntry> = {}): Promise<HostSocket> {
  const { socket, secret, version } = { ...entry, ...change };
  const logger = { log: (_level: string, event: string) => logged.push(event) };
  const open = await openHostSocket({ host, socket, secret, version, logger });
  endings.push(() => open.close());
  return open;
}

const connect = (options: ConnectOptions = {}) => connectToHost(entry, me, options);

/** A face made by hand, so that it can lie: opens the socket and proves with this secret. Resolves to it once it has. */
async function handmade(secret: string): Promise<WebSocket> {
  const nonce = newSecret();
  const socket = new WebSocket(`ws://plimsoll${ATTACH_PATH}`, {
    createConnection: () => connectSocket(entry.socket),
    headers: faceHeaders({ ...me, nonce }),
  });
  endings.push(() => socket.terminate());
  socket.on("error", () => {});
  const [[{ headers }]] = await Promise.all([once(socket, "upgrade"), once(socket, "open")]);
  const hostNonce = readHostGreeting(headers)?.nonce ?? "";
  const challenge = { socket: entry.socket, faceNonce: nonce, hostNonce, version: me.version };
  socket.send(JSON.stringify({ proof: prove("face", secret, challenge) }));
  return socket;
}

/** Somebody else's server at the host's place. */
function listenThere(server: Server): Promise<void> {
  endings.push(() => server.close());
  return new Promise((resolve) =>
    server.listen(entry.socket, () => {
      chmodSync(entry.socket, 0o600);
      resolve();
    }),
  );
}

describe("two sides that know the secret", () => {
  it("speak the contract", async () => {
    const socket = await listen();
    const connection = await connect();
    expect(await connection.call("sources.save", { a: [1] })).toEqual({
      ok: true,
      value: { name: "sources.save", input: { a: [1] } },
    });
    expect(await connection.call("break", undefined)).toMatchObject({ ok: false, error: { code: "internal" } });
    // JSON has no undefined: the answer of a call that brings nothing back has no value at all.
    expect(await connection.call("silent", undefined)).toEqual({ ok: true, value: undefined });
    expect(socket.faces()).toEqual([{ face: "cli", pid: process.pid, stay: "once" }]);
    const heard: unknown[] = [];
    connection.onEvent((name, value) => heard.push([name, value]));
    host.emit({ name: "shell.showSource", value: { sourceId: "a" } });
    await expect.poll(() => heard, patient).toEqual([["shell.showSource", { sourceId: "a" }]]);
    connection.close();
    await connection.closed;
    await expect.poll(() => socket.faces(), patient).toEqual([]);
    expect(await connection.call("state.get", undefined)).toMatchObject({ error: { code: "host-lost" } });
  });

  it("end what is under way when the host ends, and leave nothing at its place", async () => {
    const socket = await listen();
    const connection = await connect();
    const call = connection.call("never", undefined);
    await expect.poll(() => host.calls, patient).toHaveLength(1);
    await socket.close();
    expect(await call).toEqual({ ok: false, error: { code: "host-lost", detail: null } });
    await connection.closed;
    await expect(connect()).rejects.toMatchObject({ problem: "elsewhere" });
  });

  it("do not keep answers without bound for a face that does not read", async () => {
    await listen();
    const face = await handmade(entry.secret);
    await expect.poll(() => host.listeners(), patient).toBe(1);
    face.pause();
    for (let id = 0; id < 12; id += 1) face.send(JSON.stringify({ id, call: "big" }));
    await expect.poll(() => host.listeners(), patient).toBe(0);
  });
});

describe("a face that does not know the secret", () => {
  it("reaches nothing", async () => {
    const socket = await listen();
    const face = await handmade(newSecret());
    face.send(JSON.stringify({ id: 1, call: "state.get" }));
    const [code] = await once(face, "close");
    expect(code).toBe(NOT_ADMITTED);
    expect(host.calls).toEqual([]);
    expect(host.listeners()).toBe(0);
    expect(socket.faces()).toEqual([]);
    expect(logged).toEqual(["face-not-admitted"]);
  });

  it("cannot use a proof again", async () => {
    await listen();
    const sent: string[] = [];
    const nonce = newSecret();
    const open = async () => {
      const socket = new WebSocket(`ws://plimsoll${ATTACH_PATH}`, {
        createConnection: () => connectSocket(entry.socket),
        headers: faceHeaders({ ...me, nonce }),
      });
      socket.on("error", () => {});
      endings.push(() => socket.terminate());
      const [[{ headers }]] = await Promise.all([once(socket, "upgrade"), once(socket, "open")]);
      return { socket, hostNonce: readHostGreeting(headers)?.nonce ?? "" };
    };
    const first = await open();
    const challenge = { socket: entry.socket, faceNonce: nonce, hostNonce: first.hostNonce, version: me.version };
    sent.push(JSON.stringify({ proof: prove("face", entry.secret, challenge) }));
    first.socket.send(sent[0] ?? "");
    first.socket.send(JSON.stringify({ id: 1, call: "state.get" }));
    await once(first.socket, "message");
    const second = await open();
    second.socket.send(sent[0] ?? "");
    expect((await once(second.socket, "close"))[0]).toBe(NOT_ADMITTED);
  });

  it.each([
    ["no headers", {}, 400],
    ["a short nonce", { ...faceHeaders({ ...me, nonce: "short" }) }, 400],
    ["another version", { ...faceHeaders({ ...me, version: "9.9.9", nonce: newSecret() }) }, 426],
  ])("is refused with %s before it is a socket", async (_, headers, status) => {
    await listen();
    const socket = new WebSocket(`ws://plimsoll${ATTACH_PATH}`, {
      createConnection: () => connectSocket(entry.socket),
      headers,
    });
    socket.on("error", () => {});
    const [, response] = await once(socket, "unexpected-response");
    expect(response.statusCode).toBe(status);
    expect(host.calls).toEqual([]);
  });
});

describe("a host that is not ours", () => {
  it("is told nothing when it does not know the secret", async () => {
    await listen({ secret: newSecret() });
    await expect(connect()).rejects.toMatchObject({ name: "AttachError", problem: "not-our-host" });
    expect(host.calls).toEqual([]);
  });

  it("is told nothing when it speaks like one and proves nothing", async () => {
    const told: string[] = [];
    const upgrades = new WebSocketServer({ noServer: true });
    const server = createHttpServer();
    server.on("upgrade", (request, connection, head) => {
      upgrades.once("headers", (lines: string[]) => {
        const made = hostHeaders({ nonce: newSecret(), version: me.version, proof: newSecret() });
        lines.push(...Object.entries(made).map(([name, value]) => `${name}: ${value}`));
      });
      upgrades.handleUpgrade(request, connection, head, (socket) =>
        socket.on("message", (data) => told.push(`${data}`)),
      );
    });
    await listenThere(server);
    await expect(connect()).rejects.toMatchObject({ problem: "not-our-host" });
    expect(told).toEqual([]);
  });

  it("is not believed when it says that it is of another version, unless it proves who it is", async () => {
    const server = createHttpServer();
    server.on("upgrade", (_request, connection) => connection.end("HTTP/1.1 426 No\r\nX-Plimsoll-Version: 9\r\n\r\n"));
    await listenThere(server);
    await expect(connect()).rejects.toMatchObject({ problem: "not-our-host" });
  });

  it.each([
    ["its socket is open to others", () => chmodSync(entry.socket, 0o666), null],
    ["its folder is open to others", () => chmodSync(folder, 0o755), null],
    ["it belongs to another user", () => undefined, (ownUser() ?? 0) + 1],
  ])("is not even connected to when %s", async (_, spoil, user) => {
    await listen();
    spoil();
    await expect(connect(user === null ? {} : { user })).rejects.toMatchObject({ problem: "not-private" });
    expect(logged).toEqual([]);
  });
});

describe("a host that cannot be spoken to", () => {
  it("is named when it is of another version", async () => {
    await listen({ version: "2.0.0" });
    entry = { ...entry, version: "2.0.0" };
    await expect(connect()).rejects.toMatchObject({
      problem: "other-version",
      message: expect.stringContaining("newer than this one (1.2.3)"),
    });
  });

  it("is gone when it was killed, and elsewhere when there is no socket", async () => {
    await expect(connect()).rejects.toMatchObject({ problem: "elsewhere" });
    const script = `require("node:http").createServer().listen(${JSON.stringify(entry.socket)}, () => console.log("on"))`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "close");
    chmodSync(entry.socket, 0o600);
    await expect(connect()).rejects.toMatchObject({ problem: "gone" });
  });

  it("does not answer when it takes connections and says nothing", async () => {
    const server = createServer();
    await listenThere(server);
    await expect(connect({ deadlineMs: 200 })).rejects.toMatchObject({ problem: "no-answer" });
  });

  it("is interrupted when it cuts the connection", async () => {
    const server = createServer((connection) => connection.destroy());
    await listenThere(server);
    await expect(connect()).rejects.toMatchObject({ problem: "interrupted" });
  });
});
