// `npm run screenshots`: makes docs/images from the built browser face showing the demo, so that pictures cannot drift from
// the app. Needs a Chromium (tests/browser.ts says which).
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { findBrowser } from "../tests/browser.ts";

const ROOT = join(import.meta.dirname, "..");
const IMAGES = join(ROOT, "docs", "images");
const POPOVER = { width: 380, height: 640 };
const BROWSER_TAB = { width: 1100, height: 900 };
const SETTINGS = { width: 820, height: 640 };

mkdirSync(IMAGES, { recursive: true });
const compiled = spawnSync(process.execPath, [join(ROOT, "build/compile.mjs"), "cli", "desktop"], { stdio: "inherit" });
if (compiled.status !== 0) process.exit(1);
const profile = mkdtempSync(join(tmpdir(), "plimsoll-screenshots-"));
const browser = await chromium.launch(findBrowser());
try {
  for (const theme of ["dark", "light"] as const) await photograph(theme);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}

/** One host and one browser per theme: a link works once, and the demo begins anew. */
async function photograph(theme: "dark" | "light"): Promise<void> {
  const host = spawn(
    process.execPath,
    [join(ROOT, "dist/cli/plimsoll.cjs"), "serve", "--no-open", "--demo", "--profile", join(profile, theme)],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TZ: "UTC" } },
  );
  const context = await browser.newContext({
    colorScheme: theme,
    deviceScaleFactor: 2,
    viewport: POPOVER,
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  try {
    const link = await address(host);
    const page = await context.newPage();
    await page.goto(link);
    await settled(page);
    await page.screenshot({ path: join(IMAGES, `popover-${theme}.png`) });
    await page.setViewportSize(BROWSER_TAB);
    await page.screenshot({ path: join(IMAGES, `browser-${theme}.png`) });
    await photographSettings(context, new URL(link).origin, theme);
  } finally {
    await context.close();
    host.kill("SIGTERM");
    await once(host, "exit");
  }
}

async function photographSettings(context: BrowserContext, origin: string, theme: string): Promise<void> {
  const page = await context.newPage();
  await page.setViewportSize(SETTINGS);
  await page.goto(`${origin}/settings.html`);
  await page.getByRole("heading").first().waitFor();
  await page.screenshot({ path: join(IMAGES, `settings-${theme}.png`) });
  await page.close();
}

/** Every demo source has been read once, the slow one, too. */
async function settled(page: Page): Promise<void> {
  await page.getByText("Coding plan").first().waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("Reading…"));
}

async function address(host: ChildProcess): Promise<string> {
  if (host.stdout === null) throw new Error("the host has no output");
  for await (const line of createInterface({ input: host.stdout })) {
    const found = /https?:\/\/\S+/.exec(line);
    if (found !== null) return found[0];
  }
  throw new Error("the host printed no address");
}
