import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { canRunSecretService, withSecretService } from "../keyring/secret-service.ts";
import { card, gatewayForm } from "./gateway-form.ts";
import { findInFiles, type LeakWatch, watchForLeaks } from "./leak-watch.ts";
import type { CliEnvironment } from "./plimsoll-cli.ts";
import { runCli } from "./plimsoll-cli.ts";
import { expect, signIn, test } from "./product-test.ts";

/** Random, so that finding it anywhere can only mean that it was written there. */
const newKey = () => `sk-e2e-${randomBytes(18).toString("hex")}`;

/** From the demo's offer through the form to the saved source, looking at what each step shows. */
async function addThroughTheForm(page: Page, gateway: NeutralGateway, key: string): Promise<void> {
  await page.getByRole("region", { name: "Demo figures" }).getByRole("link", { name: "Add your gateway" }).click();
  const form = gatewayForm(page);
  await form.chooseKind("Neutral gateway");
  await form.fill({ label: "Lab", address: gateway.origin, key });
  await form.test();
  await expect(form.outcome.getByText("It works: 1 quota found")).toBeVisible();
  await expect(form.outcome.getByRole("meter")).toHaveAttribute("aria-valuenow", "90");
  await form.outcome.getByText("What was asked and answered").click();
  await expect(form.outcome.getByText(`GET ${gateway.origin}/quota`)).toBeVisible();
  await expect(form.outcome.getByText("HTTP 200")).toBeVisible();
  await form.save();
  await expect(form.dialog).toBeHidden();
  await expect(page.getByText("Lab is saved.")).toBeVisible();
}

/** Counts the alerts that the host raises from now on, on every page of the context. */
function countAlerts(page: Page): { count: number } {
  const seen = { count: 0 };
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (payload.toString().startsWith('{"event":"alerts.raised"')) seen.count += 1;
    });
  });
  return seen;
}

interface Traces {
  readonly watch: LeakWatch;
  readonly profile: string;
  readonly otherDirs: readonly string[];
  readonly output: string;
}

/** The key is nowhere, and the gateway's address is: so the search does find what is there. */
async function expectNoLeak(
  { watch, profile, otherDirs, output }: Traces,
  key: string,
  address: string,
): Promise<void> {
  expect(await watch.find(address)).not.toEqual([]);
  expect(await watch.find(key)).toEqual([]);
  expect((await findInFiles(profile, address)).found).toContain(join(profile, "settings.json"));
  expect(await readFile(join(profile, "logs", "plimsoll.log"), "utf8")).toContain("web-signed-in");
  expect(output).toContain("Plimsoll is at");
  expect(output).not.toContain(key);
  for (const dir of [profile, ...otherDirs]) {
    const { found, filesRead } = await findInFiles(dir, key);
    expect([dir, found]).toEqual([dir, []]);
    expect(filesRead).toBeGreaterThan(0);
  }
}

test("a gateway is added, watched, warned about once, and still there after a restart", async ({ product, page }) => {
  test.skip(!canRunSecretService(), "needs a Secret Service");
  test.setTimeout(120_000);
  const key = newKey();
  const gateway = await startNeutralGateway(key);
  try {
    await withSecretService(async ({ env }) => {
      const environment: CliEnvironment = { home: env["HOME"] ?? "", extra: env };
      const watch = watchForLeaks(page.context());
      const alerts = countAlerts(page);

      const first = await product.serve({ environment });
      await signIn(page, first);
      await addThroughTheForm(page, gateway, key);
      await expect(page.getByText("Keys are kept for this session only")).toHaveCount(0);

      await page.goto(`${first.origin}/`);
      const lab = card(page, "Lab");
      await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "90");
      await expect(page.getByRole("region", { name: "Demo figures" })).toHaveCount(0);
      await expect(page.getByRole("listitem").filter({ hasText: "Demo" })).toHaveCount(0);
      expect(alerts.count).toBe(0);

      gateway.use(850);
      await lab.getByRole("button", { name: "Refresh Lab" }).click();
      await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "15");
      await expect(lab.getByText("Low", { exact: true })).toBeVisible();
      const banner = page.getByRole("region", { name: "Lab: 15% left" });
      // What comes within five seconds is told at once.
      await expect(banner).toBeVisible({ timeout: 15_000 });
      await expect(banner.getByText(/^Tokens has 150 tokens left, at or below your line of 20%\./)).toBeVisible();
      expect(alerts.count).toBe(1);

      const firstEnd = await first.stop();
      expect(firstEnd.code).toBe(0);

      const second = await product.serve({ environment });
      await signIn(page, second);
      await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "15");
      gateway.use(860);
      await lab.getByRole("button", { name: "Refresh Lab" }).click();
      await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "14");
      await expect(banner).toHaveCount(0);
      expect(alerts.count).toBe(1);

      // A lower line is a new alert: the silence above was the ledger's, not a broken alarm's.
      gateway.use(920);
      await lab.getByRole("button", { name: "Refresh Lab" }).click();
      await expect(page.getByRole("region", { name: "Lab: 8% left" })).toBeVisible({ timeout: 15_000 });
      expect(alerts.count).toBe(2);

      const doctor = await runCli(["doctor", "--profile", product.profile], environment);
      expect(doctor.stdout).toContain("Secret Service");
      const secondEnd = await second.stop();
      expect(secondEnd.code).toBe(0);
      const output = [first.output(), second.output(), doctor.stdout, doctor.stderr].join("\n");
      const otherDirs = [env["XDG_DATA_HOME"] ?? ""];
      await expectNoLeak({ watch, profile: product.profile, otherDirs, output }, key, gateway.origin);
    });
  } finally {
    await gateway.close();
  }
});

test("without a keyring the key works for the session, and everybody is told so", async ({ product, page }) => {
  const key = newKey();
  const gateway = await startNeutralGateway(key);
  try {
    const watch = watchForLeaks(page.context());
    const first = await product.open(page);
    await addThroughTheForm(page, gateway, key);
    await expect(page.getByRole("region", { name: "Keys are kept for this session only" })).toBeVisible();
    await page.goto(`${first.origin}/`);
    const lab = card(page, "Lab");
    await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "90");
    await expect(page.getByRole("region", { name: "Keys are kept for this session only" })).toBeVisible();

    const doctor = await runCli(["doctor", "--profile", product.profile], product.environment);
    expect(doctor.stdout).toMatch(/this session only/);
    await first.stop();

    const second = await product.open(page);
    await expect(lab.getByText("No key is saved")).toBeVisible();
    await expect(lab.getByText("Edit the source and enter its key.")).toBeVisible();
    const output = [first.output(), second.output(), doctor.stdout, doctor.stderr].join("\n");
    await second.stop();
    await expectNoLeak({ watch, profile: product.profile, otherDirs: [], output }, key, gateway.origin);
  } finally {
    await gateway.close();
  }
});
