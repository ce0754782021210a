import { type Browser, type BrowserContext, chromium, type Page, type Route } from "playwright-core";
import { toApp } from "./addresses.ts";
import { config } from "./config.ts";
import { answer, theSession } from "./session.ts";
import type { WebContentsDouble } from "./web-contents.ts";

let started: Promise<{ browser: Browser; context: BrowserContext }> | null = null;
const owners = new Map<Page, WebContentsDouble>();

/** What the app's guards let through or stopped, for the tests. */
export const traffic: {
  address: string;
  outcome: "answered" | "cancelled" | "navigation denied" | "window denied" | "no network";
}[] = [];

/** Reached for with the first window: an app without windows needs none. */
function start(): Promise<{ browser: Browser; context: BrowserContext }> {
  started ??= (async () => {
    const browser = await chromium.connect(config.chromium);
    const context = await browser.newContext({
      colorScheme: config.dark ? "dark" : "light",
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "UTC",
      serviceWorkers: "block",
    });
    await context.route(() => true, route);
    return { browser, context };
  })();
  return started;
}

export async function newPage(owner: WebContentsDouble, viewport: { width: number; height: number }): Promise<Page> {
  const { context } = await start();
  const page = await context.newPage();
  owners.set(page, owner);
  await page.setViewportSize(viewport);
  // Whether the app allows it or not: the double has no windows that the app did not make.
  page.on("popup", (popup) => {
    popup.close().catch(() => undefined);
  });
  page.on("download", (download) => {
    if (!theSession.download()) download.cancel().catch(() => undefined);
  });
  return page;
}

/** Every request of every page passes here: first the app's guards, then the app's own answers, and never the network. */
async function route(given: Route): Promise<void> {
  const request = given.request();
  const address = toApp(request.url());
  const deny = async (outcome: (typeof traffic)[number]["outcome"]): Promise<void> => {
    traffic.push({ address, outcome });
    await given.abort("blockedbyclient");
  };
  const page = request.isNavigationRequest() ? pageOf(given) : null;
  const owner = page === null ? undefined : owners.get(page);
  // A page that no window of the app shows was opened by one of them; which one Playwright does not tell in time.
  if (request.isNavigationRequest() && owner === undefined) {
    const allowed = [...owners.values()].some((opener) => opener.mayOpen(address));
    return deny(allowed ? "no network" : "window denied");
  }
  if (owner !== undefined && request.frame() === page?.mainFrame() && !owner.mayNavigate(address)) {
    return deny("navigation denied");
  }
  const details = { url: address, method: request.method(), resourceType: resourceType(request.resourceType()) };
  if (!(await theSession.allows(details))) return deny("cancelled");
  const response = await answer(address, request.method());
  if (response === null) return deny("no network");
  traffic.push({ address, outcome: "answered" });
  await given.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

function pageOf(given: Route): Page | null {
  try {
    return given.request().frame().page();
  } catch {
    return null;
  }
}

/** Playwright's word for a kind of request in Electron's. */
function resourceType(type: string): string {
  return { document: "mainFrame", fetch: "xhr", websocket: "webSocket" }[type] ?? type;
}

export async function closeChromium(): Promise<void> {
  if (started === null) return;
  const { browser } = await started;
  await browser.close();
}
