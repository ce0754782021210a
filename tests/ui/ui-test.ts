import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import type { AppState } from "../../app/contract/contract.ts";
import { type FakeHost, startFakeHost } from "./fake-host.ts";

interface UiFixtures {
  /** Starts a host in this state; it ends with the test. */
  readonly startHost: (state: AppState) => Promise<FakeHost>;
  /** Opens one of the two pages at a host; anything that its console or its CSP complains of fails the test. */
  readonly open: (host: FakeHost, page: "popover" | "settings", hash?: string) => Promise<Page>;
}

export const test = base.extend<UiFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  startHost: async ({}, use) => {
    const hosts: FakeHost[] = [];
    await use(async (state) => {
      const host = await startFakeHost(state);
      hosts.push(host);
      return host;
    });
    for (const host of hosts) await host.close();
  },
  open: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      // A refused connection is what some tests are about, and the browser reports it by itself.
      const network = /Failed to load resource|WebSocket connection/.test(message.text());
      if ((message.type() === "error" || message.type() === "warning") && !network) complaints.push(message.text());
    });
    await use(async (host, name, hash = "") => {
      await page.goto(`${host.url}/${name}.html${hash}`);
      return page;
    });
    expect(complaints, "the console of the page").toEqual([]);
  },
});

export { expect };

/** Fails when axe finds anything, or when something is wider than the page. */
export async function expectAccessible(page: Page, exceptRules: readonly string[] = []): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .disableRules([...exceptRules])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  expect(found).toEqual([]);
  await expectNoOverflow(page);
}

export async function expectNoOverflow(page: Page): Promise<void> {
  const widths = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }));
  expect(widths.content).toBeLessThanOrEqual(widths.view);
}
