import { expect, type Page, test } from "@playwright/test";
import { startWebHost, type WebHost } from "../../main/web/server.ts";
import { serveLoopback } from "../fault-gateway/loopback.ts";
import { type EchoHost, echoHost, makeRendererDir } from "../support/web-viewer.ts";

let web: WebHost;
let host: EchoHost;
let renderer: Awaited<ReturnType<typeof makeRendererDir>>;

test.beforeEach(async () => {
  renderer = await makeRendererDir();
  host = echoHost();
  web = await startWebHost({
    host,
    rendererDir: renderer.dir,
    port: null,
    logger: { log() {} },
    onViewer() {},
  });
});

test.afterEach(async () => {
  await web.close();
  await renderer.remove();
});

const origin = () => `http://127.0.0.1:${web.port}`;

async function signIn(page: Page): Promise<void> {
  await page.goto(web.newLink());
  await expect(page).toHaveTitle("popover");
}

test("a link opens the app once and leaves no token behind", async ({ page, browser }) => {
  const link = web.newLink();
  await page.goto(link);
  await expect(page).toHaveTitle("popover");
  expect(page.url()).toBe(`${origin()}/`);
  await page.goBack();
  expect(page.url()).not.toContain("token");
  await page.goto(`${origin()}/settings.html`);
  await expect(page).toHaveTitle("settings");
  expect(await page.evaluate(() => document.cookie)).toBe("");

  const thief = await (await browser.newContext()).newPage();
  await thief.goto(link);
  await expect(thief.getByText("This link was used before")).toBeVisible();
  expect(thief.url()).toBe(`${origin()}/`);
  await thief.context().close();
});

test("without a link there is a page that says how to get one", async ({ page }) => {
  for (const path of ["/", "/settings.html"]) {
    const response = await page.goto(origin() + path);
    expect(response?.status()).toBe(401);
    await expect(page.getByText("This browser has no session")).toBeVisible();
    await expect(page.getByText("press Enter", { exact: false })).toBeVisible();
  }
  // A new link pasted into the same tab.
  await page.goto(`${origin()}/`);
  await page.evaluate((url) => location.assign(url), web.newLink());
  await expect(page).toHaveTitle("popover");
});

test("a browser that keeps no cookies is told so, and not sent round in circles", async ({ page, context }) => {
  await page.route("**/session", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const answer = await route.fetch();
    await context.clearCookies();
    await route.fulfill({ status: answer.status() });
  });
  await page.goto(web.newLink());
  await expect(page.getByText("does not keep the cookie")).toBeVisible();
});

test("after the host was started again the old session is over", async ({ page }) => {
  await signIn(page);
  const { port } = web;
  await web.close();
  web = await startWebHost({ host, rendererDir: renderer.dir, port, logger: { log() {} }, onViewer() {} });
  await page.reload();
  await expect(page.getByText("This browser has no session")).toBeVisible();
});

/** A page of another local server: the same site as far as cookies go, so the session's cookie is sent along. */
const ATTACK = `<!doctype html><title>attack</title><body><script>
  const target = new URLSearchParams(location.search).get("target");
  const outcomes = {};
  const attempt = async (name, run) => {
    try { outcomes[name] = await run(); } catch (error) { outcomes[name] = "failed: " + error.name; }
  };
  const loaded = (element, address) => new Promise((resolve) => {
    element.onload = () => resolve("loaded");
    element.onerror = () => resolve("failed");
    element.src = address;
    document.body.append(element);
  });
  const socket = () => new Promise((resolve) => {
    const opened = new WebSocket(target.replace("http", "ws") + "/socket");
    opened.onopen = () => resolve("opened");
    opened.onerror = () => resolve("failed");
  });
  const frame = async () => {
    const element = document.createElement("iframe");
    element.name = "frame";
    await loaded(element, target + "/");
    try { return element.contentDocument ? "empty" : "hidden, " + frames.frame.length; } catch { return "hidden"; }
  };
  (async () => {
    await attempt("read", async () => (await fetch(target + "/", { credentials: "include" })).status);
    await attempt("readBlind", async () => (await fetch(target + "/", { credentials: "include", mode: "no-cors" })).type);
    await attempt("post", async () => (await fetch(target + "/session", { method: "POST", credentials: "include",
      mode: "no-cors", body: '{"token":"guess"}' })).type);
    await attempt("postJson", async () => (await fetch(target + "/session", { method: "POST", credentials: "include",
      headers: { "content-type": "application/json" }, body: '{"token":"guess"}' })).status);
    await attempt("script", () => loaded(document.createElement("script"), target + "/assets/popover-Ab12_-Cd.js"));
    await attempt("image", () => loaded(document.createElement("img"), target + "/mark.svg"));
    await attempt("socket", socket);
    await attempt("frame", frame);
    document.title = JSON.stringify(outcomes);
  })();
</script>`;

test("a page of another local server can do nothing with the session", async ({ context, page }) => {
  await signIn(page);
  const attacker = await serveLoopback((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(ATTACK);
  });
  try {
    const statuses: string[] = [];
    context.on("response", (response) => {
      if (response.url().startsWith(origin())) {
        statuses.push(`${response.request().method()} ${new URL(response.url()).pathname} ${response.status()}`);
      }
    });
    const other = await context.newPage();
    await other.goto(`${attacker.origin}/?target=${encodeURIComponent(origin())}`);
    await expect(other).toHaveTitle(/^\{/);
    const outcomes: unknown = JSON.parse(await other.title());
    expect(outcomes).toMatchObject({
      read: "failed: TypeError",
      postJson: "failed: TypeError",
      script: "failed",
      image: "failed",
      socket: "failed",
    });
    // Whatever reached the host was refused there, not only hidden by the browser.
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.filter((line) => !/ 40[135]$/.test(line))).toEqual([]);
    expect(other.frames().some((frame) => frame.url().startsWith(origin()))).toBe(false);
    expect(host.calls).toEqual([]);
    expect(host.listeners()).toBe(0);
  } finally {
    await attacker.close();
  }
});

test("a name that was pointed at this computer gets nothing", async ({ playwright }) => {
  const { launchOptions } = test.info().project.use;
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), "--host-resolver-rules=MAP rebound.example 127.0.0.1"],
  });
  try {
    const page = await browser.newPage();
    const response = await page.goto(`http://rebound.example:${web.port}/`);
    expect(response?.status()).toBe(421);
    await expect(page.locator("body")).toHaveText("Refused: wrong-host.");
  } finally {
    await browser.close();
  }
});
