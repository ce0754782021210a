import { symlink } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EchoHost, echoHost, makeRendererDir, openSocket, sendRaw } from "../../tests/support/web-viewer.ts";
import { RendererMissing } from "./renderer-files.ts";
import { PortUnavailable, startWebHost, type WebHost } from "./server.ts";
import { LINK_LIFETIME_MS } from "./sign-in.ts";

let web: WebHost;
let host: EchoHost;
let viewers: number;
let at: number;
let renderer: Awaited<ReturnType<typeof makeRendererDir>>;
const logger = { log() {} };

beforeEach(async () => {
  renderer = await makeRendererDir();
  await symlink(join(renderer.dir, "..", "secret.html"), join(renderer.dir, "linked.html"));
  host = echoHost();
  viewers = 0;
  at = 1_000_000;
  web = await startWebHost({
    host,
    rendererDir: renderer.dir,
    port: null,
    logger,
    onViewer: () => {
      viewers += 1;
    },
    now: () => at,
  });
});

afterEach(async () => {
  await web.close();
  await renderer.remove();
});

const own = () => `http://127.0.0.1:${web.port}`;
const tokenOf = (link: string) => link.split("#token=")[1] ?? "";

function exchange(token: string, headers: Readonly<Record<string, string>> = {}) {
  return sendRaw(web.port, {
    method: "POST",
    path: "/session",
    headers: { origin: own(), "content-type": "application/json", ...headers },
    body: JSON.stringify({ token }),
  });
}

async function signIn(): Promise<string> {
  const answer = await exchange(tokenOf(web.newLink()));
  expect(answer.status).toBe(204);
  return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

describe("without a session", () => {
  it("shows the sign-in page in place of every page, and nothing of anything else", async () => {
    for (const path of ["/", "/popover.html", "/settings.html?source=a", "/no-such.html"]) {
      const answer = await sendRaw(web.port, { path });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.body).toContain("/sign-in.js");
      expect(answer.body).not.toContain("popover");
    }
    for (const path of ["/assets/popover-Ab12_-Cd.js", "/mark.svg", "/session", "/favicon.ico", "/nothing"]) {
      const answer = await sendRaw(web.port, { path });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.body).toMatch(/^(No session\.\n)?$/);
    }
  });

  it("opens no socket", async () => {
    expect(await openSocket(web.port, { origin: own() })).toBe(401);
    expect(await openSocket(web.port, { origin: own(), cookie: `plimsoll-${web.port}=guess` })).toBe(401);
    expect(host.listeners()).toBe(0);
  });
});

describe("the one-time link", () => {
  it("opens a session once", async () => {
    const token = tokenOf(web.newLink());
    const first = await exchange(token);
    expect(first.status).toBe(204);
    const [cookie, ...more] = first.headers["set-cookie"] ?? [];
    expect(more).toEqual([]);
    expect(cookie).toMatch(new RegExp(`^plimsoll-${web.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    const second = await exchange(token);
    expect(second.status).toBe(401);
    expect(second.headers["set-cookie"]).toBeUndefined();
  });

  it("expires", async () => {
    const token = tokenOf(web.newLink());
    at += LINK_LIFETIME_MS;
    expect((await exchange(token)).status).toBe(401);
  });

  it("is not spent by a request that is refused", async () => {
    const token = tokenOf(web.newLink());
    expect((await exchange(token, { origin: "https://site.example" })).status).toBe(403);
    expect((await exchange(token, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await exchange(token, { host: "plimsoll.example" })).status).toBe(421);
    expect((await exchange(token, { "content-type": "text/plain" })).status).toBe(415);
    expect((await exchange(token)).status).toBe(204);
  });

  it("names what is wrong with a body", async () => {
    const post = (body: string) =>
      sendRaw(web.port, {
        method: "POST",
        path: "/session",
        headers: { origin: own(), "content-type": "application/json" },
        body,
      });
    for (const body of ["", "{", "[]", "null", "{}", '{"token":1}', '{"token":""}', '{"token":"a","more":1}']) {
      expect([body, (await post(body)).status]).toEqual([body, 400]);
    }
    expect((await post(JSON.stringify({ token: "x".repeat(1_100) }))).status).toBe(413);
    expect((await post("x".repeat(5_000_000)).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it("is guarded against guessing", async () => {
    for (let i = 0; i < 10; i += 1) expect((await exchange(`guess-${i}`)).status).toBe(401);
    const answer = await exchange("guess");
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "60"]);
  });
});

describe("with a session", () => {
  it("serves the built UI with its policy", async () => {
    const cookie = await signIn();
    const page = await sendRaw(web.port, { headers: { cookie } });
    expect([page.status, page.body]).toEqual([200, "<!doctype html><title>popover</title>"]);
    expect(page.headers["content-security-policy"]).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${web.port} ws://localhost:${web.port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const settings = await sendRaw(web.port, { path: "/settings.html?source=a", headers: { cookie } });
    expect(settings.body).toContain("settings");
    const script = await sendRaw(web.port, { path: "/assets/popover-Ab12_-Cd.js", headers: { cookie } });
    expect(script.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "private, max-age=31536000, immutable",
    });
    const mark = await sendRaw(web.port, { path: "/mark.svg", headers: { cookie } });
    expect(mark.headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-cache" });
    const head = await sendRaw(web.port, { method: "HEAD", headers: { cookie } });
    expect([head.status, head.headers["content-length"], head.body]).toEqual([200, "37", ""]);
    expect((await sendRaw(web.port, { path: "/session", headers: { cookie } })).status).toBe(204);
  });

  it("never allows another origin", async () => {
    const cookie = await signIn();
    for (const path of ["/", "/session", "/mark.svg", "/nothing"]) {
      const { headers } = await sendRaw(web.port, { path, headers: { cookie, origin: own() } });
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("serves nothing but the built files, whatever the path says", async () => {
    const cookie = await signIn();
    const paths = [
      "/../secret.html",
      "/..%2fsecret.html",
      "/%2e%2e/secret.html",
      "/assets/../../secret.html",
      "/..\\secret.html",
      "//secret.html",
      "/./popover.html",
      "/POPOVER.HTML",
      "/popover.html/",
      "/popover.html%00.js",
      "/assets/",
      "/assets/popover-Ab12_-Cd.js.map",
      "/linked.html",
      "/constructor",
      `/${renderer.dir}/popover.html`,
    ];
    for (const path of paths) {
      const answer = await sendRaw(web.port, { path, headers: { cookie } });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it("refuses other hosts, origins, sites and methods", async () => {
    const cookie = await signIn();
    const ask = async (options: Parameters<typeof sendRaw>[1]) =>
      (await sendRaw(web.port, { ...options, headers: { cookie, ...options.headers } })).status;
    expect(await ask({ headers: { host: "plimsoll.example" } })).toBe(421);
    expect(await ask({ headers: { host: `plimsoll.example:${web.port}` } })).toBe(421);
    expect(await ask({ headers: { origin: "https://site.example" } })).toBe(403);
    expect(await ask({ headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" } })).toBe(403);
    expect(await ask({ method: "POST" })).toBe(405);
    expect(await ask({ method: "POST", path: "/session" })).toBe(403);
    expect(await ask({ method: "OPTIONS" })).toBe(405);
    expect(await ask({ method: "PUT", path: "/popover.html" })).toBe(405);
    expect(await ask({ path: "/socket" })).toBe(426);
  });

  it("is not known to a host that was started again", async () => {
    const cookie = await signIn();
    const { port } = web;
    await web.close();
    web = await startWebHost({ host, rendererDir: renderer.dir, port, logger, onViewer() {} });
    const answer = await sendRaw(port, { headers: { cookie } });
    expect([answer.status, answer.body.includes("/sign-in.js")]).toEqual([401, true]);
  });

  it("needs the whole handshake for a socket", async () => {
    const cookie = await signIn();
    expect(await openSocket(web.port, { cookie })).toBe(403);
    expect(await openSocket(web.port, { cookie, origin: "https://site.example" })).toBe(403);
    expect(await openSocket(web.port, { cookie, origin: `http://127.0.0.1:${web.port + 1}` })).toBe(403);
    expect(await openSocket(web.port, { cookie, origin: own(), host: "plimsoll.example" })).toBe(421);
    expect(viewers).toBe(0);
    const socket = await openSocket(web.port, { cookie, origin: own() });
    expect(typeof socket).toBe("object");
    expect(viewers).toBe(1);
  });
});

describe("start and end", () => {
  it("listens on the loopback address only", async () => {
    expect(web.newLink()).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${web.port}/#token=[\\w-]{43}$`));
    // 127.0.0.2 is this computer, too, but not what was bound.
    await expect(fetch(`http://127.0.0.2:${web.port}/`)).rejects.toThrow();
  });

  it("says that a port is taken", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const starting = startWebHost({ host, rendererDir: renderer.dir, port, logger, onViewer() {} });
    await expect(starting).rejects.toThrow(PortUnavailable);
    await expect(starting).rejects.toMatchObject({ reason: "taken", port });
    await new Promise((resolve) => other.close(resolve));
  });

  it("says that the UI was not built", async () => {
    const rendererDir = join(renderer.dir, "assets");
    await expect(startWebHost({ host, rendererDir, port: null, logger, onViewer() {} })).rejects.toThrow(
      RendererMissing,
    );
  });

  it("ends at once, with sockets open and requests hanging", async () => {
    const cookie = await signIn();
    const socket = await openSocket(web.port, { cookie, origin: own() });
    if (typeof socket === "number") throw new Error(`refused with ${socket}`);
    const hanging = sendRaw(web.port, {
      method: "POST",
      path: "/session",
      headers: { origin: own(), "content-type": "application/json", "content-length": "500" },
    }).catch(() => "cut");
    await web.close();
    expect(await hanging).toBe("cut");
    await socket.closed;
    expect(host.listeners()).toBe(0);
    await expect(fetch(own())).rejects.toThrow();
  });
});
