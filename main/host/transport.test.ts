import { execFile } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { httpServer } from "../../tests/support/servers.ts";
import {
  closeTransport,
  failureOf,
  KEY,
  MIB,
  send,
  serve,
  serveRaw,
  transportPerTest,
  withKey,
} from "../../tests/support/transport-harness.ts";

transportPerTest();

describe("an answer", () => {
  test("comes back with status, lower-case headers and text; the key reaches the server", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(
        418,
        [
          ["X-Multi", "a"],
          ["X-Multi", "b"],
          ["Content-Type", "application/json"],
        ].flat(),
      );
      response.end('\ufeff{"naïve":true}');
    });
    const result = await send(`${server.origin}/quota?x=1`, withKey(server.origin));
    expect(result).toMatchObject({ ok: true, status: 418, body: '{"naïve":true}', bytes: 18 });
    expect(result.ok && result.headers).toMatchObject({ "x-multi": "a, b", "content-type": "application/json" });
    expect(server.seen).toMatchObject([
      { method: "GET", url: "/quota?x=1", headers: { authorization: `Bearer ${KEY}`, accept: "application/json" } },
    ]);
  });

  test("to HEAD has no body, however long the server says it would be", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-length": String(50 * MIB), "content-encoding": "gzip" }).end();
    });
    expect(await send(server.origin, { method: "HEAD" })).toMatchObject({ ok: true, status: 200, body: "", bytes: 0 });
  });

  test.each([204, 304])("%d without a body is fine, also when it claims an encoding", async (status) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { "content-encoding": "gzip" }).end();
    });
    expect(await send(server.origin)).toMatchObject({ ok: true, status, body: "" });
  });

  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (body: Buffer) => body],
  ])("that comes as %s all the same is understood", async (encoding, encode) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(encode(Buffer.from('{"ok":1}')));
    });
    expect(await send(server.origin)).toMatchObject({ ok: true, body: '{"ok":1}', bytes: 8 });
    expect(server.seen[0]?.headers["accept-encoding"]).toBe("identity");
  });

  test("of which nothing is in a known encoding, or which is cut within one, is named", async () => {
    const server = await serve((request, response) => {
      const encoding = request.url?.slice(1) ?? "";
      const body = encoding === "gzip" ? gzipSync(Buffer.alloc(1000, "x")).subarray(0, 20) : "not that";
      response.writeHead(200, { "content-encoding": encoding }).end(body);
    });
    const undecodable = { kind: "malformed", detail: "the answer cannot be decompressed" };
    expect(failureOf(await send(`${server.origin}/gzip`))).toEqual(undecodable);
    expect(failureOf(await send(`${server.origin}/deflate`))).toEqual(undecodable);
    expect(failureOf(await send(`${server.origin}/br`))).toEqual(undecodable);
    expect(failureOf(await send(`${server.origin}/zstd`))).toEqual({
      kind: "malformed",
      detail: "the answer is encoded in a way that was not asked for",
    });
  });

  test("uses a connection again", async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("{}");
    });
    for (let round = 0; round < 8; round += 1) await send(server.origin);
    // The pool may open a second one while the first is just becoming free.
    expect(ports.size).toBeLessThanOrEqual(2);
  });
});

describe("the deadline", () => {
  test("ends a server that accepts and says nothing", async () => {
    const server = await serveRaw(() => undefined);
    expect(failureOf(await send(server.origin, { timeoutMs: 150, ...withKey(server.origin) }))).toEqual({
      kind: "timed-out",
    });
  });

  test.each(["identity", "gzip"])("ends a body that drips (%s)", async (encoding) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding });
      const drops = encoding === "gzip" ? gzipSync("{}") : Buffer.alloc(100, " ");
      let sent = 0;
      const timer = setInterval(() => {
        response.write(drops.subarray(sent, sent + 1));
        sent += 1;
      }, 10);
      response.once("close", () => clearInterval(timer));
    });
    expect(failureOf(await send(server.origin, { timeoutMs: 200 }))).toEqual({ kind: "timed-out" });
  });

  test("covers all redirects together", async () => {
    const server = await serve((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: "/next" }).end(), 120);
    });
    expect(failureOf(await send(server.origin, { timeoutMs: 300 }))).toEqual({ kind: "timed-out" });
  });

  test("does not wait for a connection that never stands", async () => {
    // The TLS handshake is part of connecting, and here it goes unanswered.
    const server = await serveRaw((socket) => socket.resume());
    const failure = failureOf(await send(`https://127.0.0.1:${server.port}/`, { timeoutMs: 300 }));
    expect(failure).toEqual({ kind: "timed-out" });
  });

  test("leaves the server without the connection", async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const server = await serveRaw((socket) => {
      closed = once(socket, "close");
      socket.resume();
    });
    await send(server.origin, { timeoutMs: 100 });
    await closed;
  });
});

describe("the caller", () => {
  test("can cancel before and during a request", async () => {
    const server = await serveRaw(() => undefined);
    const controller = new AbortController();
    const running = send(server.origin, { signal: controller.signal });
    await wait(50);
    controller.abort(new Error(KEY));
    expect(failureOf(await running)).toEqual({ kind: "cancelled" });
    expect(failureOf(await send(server.origin, { signal: controller.signal }))).toEqual({ kind: "cancelled" });
  });
});

describe("a body that is too large", () => {
  test.each([
    ["announced", { "content-length": String(10 * MIB) }],
    ["not announced", {}],
  ])("(%s) stops at the cap", async (_name, headers) => {
    let taken = 0;
    const server = await serve((_request, response) => {
      response.writeHead(200, headers);
      const chunk = Buffer.alloc(64 * 1024, "x");
      const pump = (): void => {
        while (taken < 10 * MIB && !response.destroyed) {
          taken += chunk.length;
          if (!response.write(chunk)) {
            response.once("drain", pump);
            return;
          }
        }
        response.end();
      };
      pump();
    });
    const result = await send(server.origin, { maxBytes: MIB });
    expect(failureOf(result)).toEqual({ kind: "too-large", status: 200 });
    expect(result.bytes).toBeLessThan(1.2 * MIB);
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("only once it is unpacked (%s) stops at the cap, too", async (encoding, encode) => {
    const bomb = encode(Buffer.alloc(64 * MIB));
    expect(bomb.length).toBeLessThan(MIB / 4);
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(bomb);
    });
    const result = await send(server.origin, { maxBytes: MIB });
    expect(failureOf(result)).toEqual({ kind: "too-large", status: 200 });
    expect(result.bytes).toBeLessThan(1.2 * MIB);
  });

  test("of exactly the cap is not", async () => {
    const server = await serve((_request, response) => response.end("x".repeat(1000)));
    expect(await send(server.origin, { maxBytes: 1000 })).toMatchObject({ ok: true, bytes: 1000 });
    expect(failureOf(await send(server.origin, { maxBytes: 999 }))).toMatchObject({ kind: "too-large" });
  });
});

describe("a connection that", () => {
  const cut = { kind: "unreachable", detail: "connection cut" };

  test("is refused", async () => {
    const server = await httpServer(() => undefined);
    await server.close();
    expect(failureOf(await send(server.origin))).toEqual({ kind: "unreachable", detail: "connection refused" });
  });

  test("leads to a name that does not exist", async () => {
    const failure = failureOf(await send("http://no-such-host.invalid/"));
    expect(
      ["no such host", "the host's name cannot be looked up"].map((detail) => ({ kind: "unreachable", detail })),
    ).toContainEqual(failure);
  });

  test("is reset, or closed before any answer", async () => {
    const reset = await serveRaw((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const closed = await serveRaw((socket) => socket.once("data", () => socket.end()));
    expect(failureOf(await send(reset.origin, withKey(reset.origin)))).toEqual(cut);
    expect(failureOf(await send(closed.origin))).toEqual(cut);
  });

  test.each([
    ["a length", "content-length: 100\r\n\r\nhalf of"],
    ["chunks", "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nwo"],
    ["gzip", `content-encoding: gzip\r\ncontent-length: 100\r\n\r\n${"\x1f\x8b"}`],
  ])("is cut within a body with %s", async (_name, rest) => {
    const server = await serveRaw((socket) => {
      socket.once("data", () => socket.end(`HTTP/1.1 200 OK\r\n${rest}`, "latin1"));
    });
    expect(failureOf(await send(server.origin))).toEqual(cut);
  });

  test.each([
    ["no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["a bad header", "HTTP/1.1 200 OK\r\nbad header\0: x\r\n\r\n"],
    ["a bad chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello"],
  ])("answers with %s is malformed", async (_name, bytes) => {
    const server = await serveRaw((socket) => {
      socket.once("data", () => socket.write(bytes));
    });
    expect(failureOf(await send(server.origin))).toMatchObject({
      kind: "malformed",
      detail: expect.stringMatching(/not HTTP/),
    });
  });

  test("answers with two lengths is malformed", async () => {
    const server = await serveRaw((socket) => {
      socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"));
    });
    expect(failureOf(await send(server.origin))).toEqual({
      kind: "malformed",
      detail: "the answer is longer or shorter than it says",
    });
  });

  test.each([
    ["a million headers", () => "x: y\r\n".repeat(1_000_000)],
    ["one endless header", () => `x: ${"y".repeat(5 * MIB)}`],
  ])("answers with %s is stopped", async (_name, head) => {
    const server = await serveRaw((socket) => {
      socket.once("data", () => socket.write(`HTTP/1.1 200 OK\r\n${head()}`));
    });
    expect(failureOf(await send(server.origin))).toEqual({
      kind: "malformed",
      detail: "the answer's headers are too large",
    });
  });

  test("speaks no TLS where https was asked for is named", async () => {
    const server = await serveRaw((socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    );
    expect(failureOf(await send(`https://127.0.0.1:${server.port}/`))).toMatchObject({
      kind: "unreachable",
      detail: expect.stringMatching(/secure connection/),
    });
  });
});

describe("closing", () => {
  test("ends what is under way, and what is sent afterwards fails by name", async () => {
    const silent = await serveRaw((socket) => socket.resume());
    const running = [send(silent.origin), send(`https://127.0.0.1:${silent.port}/`)];
    await wait(200);
    await closeTransport();
    for (const result of await Promise.all(running)) expect(failureOf(result)).toMatchObject({ kind: "unreachable" });
    const server = await serve((_request, response) => response.end());
    expect(failureOf(await send(silent.origin))).toMatchObject({ kind: "unreachable" });
    expect(failureOf(await send(server.origin))).toMatchObject({ kind: "unreachable" });
    expect(failureOf(await send(`https://127.0.0.1:${server.port}/`))).toMatchObject({ kind: "unreachable" });
  });

  test("leaves nothing that keeps the process alive, even a connection that was still being made", async () => {
    const silent = await serveRaw((socket) => socket.resume());
    const script = `
      import { createTransport } from ${JSON.stringify(new URL("./transport.ts", import.meta.url).href)};
      const transport = createTransport({ env: {} });
      const result = await transport.send({
        method: "GET", url: process.argv[1], headers: {}, secretHeaders: [], timeoutMs: 200, maxBytes: 1,
      });
      await transport.close();
      const sockets = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name));
      // Closed is a matter of moments; left alone it would take the ten seconds of connecting.
      for (let tries = 0; tries < 100 && sockets().length > 0; tries += 1) await new Promise((on) => setTimeout(on, 20));
      process.stdout.write(JSON.stringify([result.failure, sockets()]));
      process.exit(0);
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "-e", script, `https://127.0.0.1:${silent.port}/`],
      { timeout: 15_000 },
    );
    expect(JSON.parse(stdout)).toEqual([{ kind: "timed-out" }, []]);
  });
});

test("the parts of undici that are loaded are what it exports", async () => {
  const undici = await import("undici");
  expect((await import("undici/lib/dispatcher/agent.js")).default).toBe(undici.Agent);
  expect((await import("undici/lib/api/api-request.js")).default).toBe(undici.Dispatcher.prototype.request);
});
