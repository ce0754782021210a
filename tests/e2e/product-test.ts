import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { type CliEnvironment, type RunningServe, startServe } from "./plimsoll-cli.ts";

export interface Product {
  /** The profile of this test, empty at first. */
  readonly profile: string;
  /** A home of its own and no keyring. */
  readonly environment: CliEnvironment;
  /** Starts the browser face on the profile; whatever still runs is stopped after the test. */
  serve(options?: { environment?: CliEnvironment; args?: readonly string[] }): Promise<RunningServe>;
  /** Starts it and opens its link in the test's page. */
  open(page: Page): Promise<RunningServe>;
}

/** Playwright's `test` with the whole product at hand: the built command, and a real browser. */
export const test = base.extend<{ product: Product }>({
  product: async ({ browserName: _ }, use) => {
    const root = await mkdtemp(join(tmpdir(), "plimsoll-e2e-"));
    const environment = { home: join(root, "home") };
    const profile = join(root, "profile");
    await mkdir(environment.home);
    const started: RunningServe[] = [];
    const serve: Product["serve"] = async (options = {}) => {
      const running = await startServe(profile, options.environment ?? environment, options.args);
      started.push(running);
      return running;
    };
    await use({
      profile,
      environment,
      serve,
      async open(page) {
        const running = await serve();
        await signIn(page, running);
        return running;
      },
    });
    for (const running of started) await running.stop();
    await rm(root, { recursive: true, force: true });
  },
});

/** Opens the link and waits for the app that it leads to. */
export async function signIn(page: Page, { link }: RunningServe): Promise<void> {
  await page.goto(link);
  // The sign-in page loads the app in its own place: going elsewhere before it has would cancel that.
  await page.locator("#root > *").first().waitFor();
}

export { expect } from "@playwright/test";
