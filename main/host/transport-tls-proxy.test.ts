import { generate } from "selfsigned";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { HttpResult } from "../../app/ports.ts";
import { httpServer, httpsServer, proxyServer, type TestServer } from "../../tests/support/servers.ts";
import { readProxyEnvironment } from "./proxy-environment.ts";
import { createTransport } from "./transport.ts";

const KEY = "sk-do-not-tell-0123456789";

interface Pem {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for 127.0.0.1 and gateway.test. */
async function certificate(
  dates: { notBeforeDate?: Date; notAfterDate?: Date } = {},
  names = ["gateway.test"],
): Promise<Pem> {
  const pems = await generate([{ name: "commonName", value: "Plimsoll test" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...dates,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...(names.includes("gateway.test") ? [{ type: 7 as const, ip: "127.0.0.1" }] : []),
        ],
      },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}

let pem: Pem;
beforeAll(async () => {
  pem = await certificate();
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function kept(server: Promise<TestServer>): Promise<TestServer> {
  closing.push((await server).close);
  return server;
}

function transportWith(env: Record<string, string>, trusted: string[] = []) {
  const transport = createTransport({ env, trust: async () => trusted });
  closing.push(transport.close);
  return (url: string, secretOrigin?: string): Promise<HttpResult> =>
    transport.send({
      method: "GET",
      url,
      headers: {},
      secretHeaders:
        secretOrigin === undefined ? [] : [{ name: "authorization", value: `Bearer ${KEY}`, origin: secretOrigin }],
      timeoutMs: 10_000,
      maxBytes: 1000,
    });
}
const failureOf = (result: HttpResult) => (result.ok ? "no failure" : result.failure);

test("a certificate that is trusted is fine", async () => {
  const server = await kept(httpsServer(pem, (_request, response) => response.end("safe")));
  const send = transportWith({}, [pem.cert]);
  expect(await send(`${server.origin}/q`, server.origin)).toMatchObject({ ok: true, body: "safe" });
  expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
});

test("a certificate that is not trusted is named, and the server gets no request", async () => {
  const server = await kept(httpsServer(pem, (_request, response) => response.end()));
  const send = transportWith({});
  expect(failureOf(await send(server.origin, server.origin))).toEqual({
    kind: "tls-untrusted",
    detail: "the certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)",
  });
  expect(server.seen).toEqual([]);
});

test("the certificates of Node and of the system are what is trusted when nothing else is said", async () => {
  const server = await kept(httpsServer(pem, (_request, response) => response.end()));
  const transport = createTransport({ env: {} });
  closing.push(transport.close);
  const request = {
    method: "GET",
    url: server.origin,
    headers: {},
    secretHeaders: [],
    timeoutMs: 10_000,
    maxBytes: 1,
  } as const;
  expect(failureOf(await transport.send(request))).toMatchObject({ kind: "tls-untrusted" });
});

test("an expired certificate and one for another name are told apart", async () => {
  const old = await certificate({ notBeforeDate: new Date("2020-01-01"), notAfterDate: new Date("2021-01-01") });
  const other = await certificate({}, ["elsewhere.test"]);
  const expired = await kept(httpsServer(old, (_request, response) => response.end()));
  const misnamed = await kept(httpsServer(other, (_request, response) => response.end()));
  const send = transportWith({}, [old.cert, other.cert]);
  expect(failureOf(await send(expired.origin))).toEqual({
    kind: "tls-untrusted",
    detail: "the certificate has expired (CERT_HAS_EXPIRED)",
  });
  expect(failureOf(await send(misnamed.origin))).toEqual({
    kind: "tls-untrusted",
    detail: "the certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)",
  });
});

test("plain http goes through the proxy, which says who asks when the address holds it", async () => {
  const server = await kept(httpServer((_request, response) => response.end("through")));
  const proxy = await kept(proxyServer(() => server.port, "user:p@ss"));
  const send = transportWith({ http_proxy: `http://user:p%40ss@127.0.0.1:${proxy.port}` });
  expect(await send("http://gateway.test/q?x=1", "http://gateway.test")).toMatchObject({ ok: true, body: "through" });
  expect(proxy.seen).toMatchObject([{ method: "GET", url: "http://gateway.test/q?x=1" }]);
  expect(server.seen).toMatchObject([{ url: "/q?x=1", headers: { authorization: `Bearer ${KEY}` } }]);
});

test("https goes through a tunnel: the proxy sees the host and no more", async () => {
  const server = await kept(httpsServer(pem, (_request, response) => response.end("tunnelled")));
  const proxy = await kept(proxyServer(() => server.port));
  // Without a scheme, as many write it.
  const send = transportWith({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` }, [pem.cert]);
  const origin = "https://gateway.test";
  expect(await send(`${origin}/q`, origin)).toMatchObject({ ok: true, body: "tunnelled" });
  expect(proxy.seen).toMatchObject([{ method: "CONNECT", url: "gateway.test:443" }]);
  expect(JSON.stringify(proxy.seen)).not.toContain(KEY);
});

test("a certificate that is not trusted is so through a proxy, too", async () => {
  const server = await kept(httpsServer(pem, (_request, response) => response.end()));
  const proxy = await kept(proxyServer(() => server.port));
  const send = transportWith({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
  expect(failureOf(await send("https://gateway.test/"))).toMatchObject({ kind: "tls-untrusted" });
});

test("a proxy that refuses is told from a gateway that does", async () => {
  const proxy = await kept(proxyServer(() => 1, "user:password"));
  const send = transportWith({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` });
  for (const url of ["http://gateway.test/", "https://gateway.test/"]) {
    expect(failureOf(await send(url))).toEqual({ kind: "unreachable", detail: "the proxy answered 407" });
  }
});

test("a proxy that is not there, and one whose address is none", async () => {
  const proxy = await proxyServer(() => 1);
  await proxy.close();
  const absent = transportWith({ HTTP_PROXY: proxy.origin });
  expect(failureOf(await absent("http://gateway.test/"))).toEqual({
    kind: "unreachable",
    detail: "connection refused",
  });
  expect(failureOf(await absent("https://gateway.test/"))).toMatchObject({ kind: "unreachable" });
  const broken = transportWith({ HTTP_PROXY: "http://[" });
  expect(failureOf(await broken("http://gateway.test/"))).toEqual({
    kind: "unreachable",
    detail: "the proxy's address cannot be read",
  });
});

test("hosts that NO_PROXY names, and this computer, are reached directly", async () => {
  const server = await kept(httpServer((_request, response) => response.end("direct")));
  const proxy = await kept(proxyServer(() => server.port));
  const send = transportWith({ HTTP_PROXY: proxy.origin, NO_PROXY: "direct.invalid,.corp.invalid" });
  expect(await send(server.origin)).toMatchObject({ ok: true, body: "direct" });
  expect(await send(`http://localhost:${server.port}/`)).toMatchObject({ ok: true, body: "direct" });
  expect(failureOf(await send("http://direct.invalid/"))).toMatchObject({ kind: "unreachable" });
  expect(failureOf(await send("http://a.corp.invalid/"))).toMatchObject({ kind: "unreachable" });
  expect(proxy.seen).toEqual([]);
  expect(await send("http://not-direct.invalid/")).toMatchObject({ ok: true, body: "direct" });
  expect(proxy.seen).toHaveLength(1);
});

test.each([
  [{}, "", "", []],
  [
    { HTTP_PROXY: "http://u:secret@p:1" },
    "http://u:secret@p:1",
    "http://u:secret@p:1",
    [["HTTP_PROXY", "http://•••@p:1", true]],
  ],
  [
    { http_proxy: "a:1", HTTP_PROXY: "b:2", HTTPS_PROXY: "c:3", NO_PROXY: "*.x" },
    "http://a:1",
    "http://c:3",
    [
      ["http_proxy", "http://a:1", true],
      ["HTTP_PROXY", "http://b:2", false],
      ["HTTPS_PROXY", "http://c:3", true],
      ["NO_PROXY", "*.x", true],
    ],
  ],
  [
    { http_proxy: "", HTTP_PROXY: "b:2" },
    "",
    "",
    [
      ["http_proxy", "", false],
      ["HTTP_PROXY", "http://b:2", false],
    ],
  ],
  [{ HTTPS_PROXY: "http://[secret" }, "", "http://[secret", [["HTTPS_PROXY", "(not an address)", true]]],
])("the environment %j is read as every tool reads it, and shown without secrets", (env, http, https, variables) => {
  const read = readProxyEnvironment(env);
  expect([read.http, read.https]).toEqual([http, https]);
  expect(read.variables.map(({ name, shown, inForce }) => [name, shown, inForce])).toEqual(variables);
});
