import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/browser.ts";

/** The browser tests: against the built web host (tests/e2e) and against the built renderer (tests/ui). */
export default defineConfig({
  testDir: "tests",
  testMatch: /(^|[/\\])tests[/\\](e2e|ui)[/\\].*\.(spec|test)\.ts$/,
  outputDir: "test-results/e2e",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 60_000,
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: findBrowser(),
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    trace: "retain-on-failure",
  },
});
