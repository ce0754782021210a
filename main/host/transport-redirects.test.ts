import { describe, expect, test } from "vitest";
import { failureOf, KEY, send, serve, transportPerTest, withKey } from "../../tests/support/transport-harness.ts";

transportPerTest();

describe("a redirect", () => {
  test("within the origin is followed, with the key", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/a") response.writeHead(301, { location: "b?x=1" }).end("moved");
      else response.end("there");
    });
    expect(await send(`${server.origin}/a`, withKey(server.origin))).toMatchObject({ ok: true, body: "there" });
    expect(server.seen.map((seen) => [seen.url, seen.headers.authorization])).toEqual([
      ["/a", `Bearer ${KEY}`],
      ["/b?x=1", `Bearer ${KEY}`],
    ]);
  });

  test("is followed three times and no more", async () => {
    const server = await serve((request, response) => {
      const n = Number(request.url?.slice(1));
      if (n === 0) response.end("done");
      else response.writeHead(307, { location: `/${n - 1}` }).end();
    });
    expect(await send(`${server.origin}/3`)).toMatchObject({ ok: true, body: "done" });
    expect(failureOf(await send(`${server.origin}/4`))).toEqual({
      kind: "malformed",
      detail: "it redirects too many times",
    });
  });

  test("to another origin is not followed: the other server hears nothing, and only its host is told", async () => {
    const other = await serve((_request, response) => response.end("caught"));
    const server = await serve((_request, response) => {
      response.writeHead(302, { location: `http://user:pw@127.0.0.1:${other.port}/steal?k=1#f` }).end();
    });
    expect(failureOf(await send(server.origin, withKey(server.origin)))).toEqual({
      kind: "redirected-elsewhere",
      status: 302,
      host: `http://127.0.0.1:${other.port}`,
    });
    expect(other.seen).toEqual([]);
  });

  test.each([
    ["//elsewhere.example/x", "elsewhere.example"],
    ["https://127.0.0.1/x", "https://127.0.0.1"],
    ["\\\\elsewhere.example\\x", "elsewhere.example"],
    ["file:///etc/passwd", "file:"],
    ["javascript:alert(1)", "javascript:"],
    [`https://${KEY}.example/`, "another host"],
  ])("to %s is told as %s", async (location, host) => {
    const server = await serve((_request, response) => response.writeHead(308, { location }).end());
    expect(failureOf(await send(server.origin, withKey(server.origin)))).toEqual({
      kind: "redirected-elsewhere",
      status: 308,
      host: host,
    });
  });

  test("to nowhere is named, and one without an address is an answer", async () => {
    const server = await serve((request, response) => {
      response.writeHead(302, request.url === "/bad" ? { location: "http://[" } : {}).end("?");
    });
    expect(failureOf(await send(`${server.origin}/bad`))).toMatchObject({ kind: "malformed" });
    expect(await send(`${server.origin}/none`)).toMatchObject({ ok: true, status: 302, body: "?" });
  });
});

describe("a request that must not be sent", () => {
  test("because the key belongs elsewhere is not", async () => {
    const server = await serve((_request, response) => response.end());
    for (const origin of ["https://127.0.0.1", `http://localhost:${server.port}`, "", "null"]) {
      expect(failureOf(await send(server.origin, withKey(origin)))).toEqual({
        kind: "malformed",
        detail: "the key belongs to another address",
      });
    }
    expect(server.seen).toEqual([]);
  });

  test.each(["\n", "\r\nX-Evil: 1", "\0", "\u007f", "–", "🔑"])("because of %j in the key is not", async (inner) => {
    const server = await serve((_request, response) => response.end());
    const secretHeader = { name: "authorization", value: `Bearer ${KEY}${inner}x`, origin: server.origin };
    expect(failureOf(await send(server.origin, { secretHeaders: [secretHeader] }))).toEqual({
      kind: "malformed",
      detail: "the key holds a character that cannot be sent",
    });
    expect(server.seen).toEqual([]);
  });

  test.each(["", "no-scheme", "ftp://x/", "http://", "file:///etc/passwd"])("to %j is named", async (url) => {
    expect(failureOf(await send(url))).toMatchObject({ kind: "malformed" });
  });

  test("with headers that are none is named", async () => {
    const server = await serve((_request, response) => response.end());
    expect(failureOf(await send(server.origin, { headers: { "bad name": "x" } }))).toMatchObject({ kind: "malformed" });
    expect(failureOf(await send(server.origin, { headers: { x: "a\nb" } }))).toMatchObject({ kind: "malformed" });
    expect(server.seen).toEqual([]);
  });
});
