import type { Page } from "@playwright/test";
import { startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { card } from "./gateway-form.ts";
import { runCli } from "./plimsoll-cli.ts";
import { expect, type Product, signIn, test } from "./product-test.ts";

const KEY = "sk-e2e-alerts-0123456789abcdef";

/** A gateway that is added by reference to a variable, and the browser face on it. */
async function watched(product: Product, page: Page) {
  const gateway = await startNeutralGateway(KEY);
  const environment = { ...product.environment, extra: { LAB_KEY: KEY } };
  const added = await runCli(
    [
      "source",
      "add",
      "--kind",
      "neutral",
      "--url",
      gateway.origin,
      "--key-env",
      "LAB_KEY",
      "--label",
      "Lab",
      "--quota-path",
      "/quota",
      "--profile",
      product.profile,
    ],
    environment,
  );
  expect(added.stderr).toBe("");
  const running = await product.serve({ environment });
  await signIn(page, running);
  const lab = card(page, "Lab");
  await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "90");
  return {
    gateway,
    running,
    environment,
    lab,
    /** Uses so much and reads it. */
    async use(tokens: number) {
      gateway.use(tokens);
      await page.goto(`${running.origin}/`);
      await lab.getByRole("button", { name: "Refresh Lab" }).click();
      const left = String(Math.round((1000 - tokens) / 10));
      await expect(lab.getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", left);
    },
    settings: (section: string) => page.goto(`${running.origin}/settings.html#${section}`),
  };
}

/** The lines of the alert log, newest first. */
function log(page: Page) {
  return page.getByRole("list", { name: "Alert log" }).getByRole("listitem");
}

/** What fires within some seconds is told as one, so that nothing is told at once. */
const soon = expect.configure({ timeout: 20_000 });

test("a snoozed alert is held back, told of in the log, and told once the snooze is ended", async ({
  product,
  page,
}) => {
  const { gateway, use, settings, lab } = await watched(product, page);
  try {
    await lab.getByRole("button", { name: /Details of/ }).click();
    await lab.getByRole("button", { name: "Snooze: Lab" }).click();
    await lab.getByRole("button", { name: "For an hour" }).click();
    await expect(lab.getByRole("button", { name: "End the snooze of Lab" })).toBeVisible();
    await use(850);

    await settings("alerts");
    // The log is read anew when something is held back while it is looked at.
    await soon(log(page)).toHaveCount(1);
    await expect(log(page).first()).toContainText("Lab: 15% left");
    await expect(log(page).first()).toContainText("Held back: it is snoozed");
    await page.goto(new URL("/", page.url()).href);
    await expect(lab).toBeVisible();
    await expect(page.getByRole("region", { name: "Lab: 15% left" })).toHaveCount(0);

    await settings("alerts");
    await page.getByRole("button", { name: "End the snooze of Lab" }).click();
    // What is still true is told.
    await soon(log(page)).toHaveCount(2);
    await expect(log(page).first()).toContainText("Told in the window");
    await expect(log(page).last()).toContainText("Held back: it is snoozed");
    await page.goto(new URL("/", page.url()).href);
    await expect(page.getByRole("region", { name: "Lab: 15% left" })).toBeVisible();
  } finally {
    await gateway.close();
  }
});

test("quiet hours hold back what may wait, and not what is used up", async ({ product, page }) => {
  const { gateway, use, settings } = await watched(product, page);
  try {
    const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    test.skip(minute >= 23 * 60 + 57, "the minutes of the day that these quiet hours leave out, and those before");
    await settings("alerts");
    const quiet = page.getByRole("switch", { name: "Quiet hours" });
    await quiet.check();
    // All day and all night, so that the clock of the test does not matter.
    await page.getByLabel("From", { exact: true }).fill("00:00");
    await page.getByLabel(/^To/).fill("23:59");
    await page.getByLabel("Time zone").selectOption("UTC");
    await expect(page.getByText("In force now, until 11:59 PM UTC.")).toBeVisible();

    await use(850);
    await settings("alerts");
    await soon(log(page).first()).toContainText("Held back: quiet hours");
    await page.goto(new URL("/", page.url()).href);
    await expect(card(page, "Lab")).toBeVisible();
    await expect(page.getByRole("region", { name: "Lab: 15% left" })).toHaveCount(0);

    await use(1000);
    await soon(page.getByRole("region", { name: "Lab: used up" })).toBeVisible();

    await settings("alerts");
    await quiet.uncheck();
    await expect(page.getByText("In force now, until")).toHaveCount(0);
  } finally {
    await gateway.close();
  }
});

test("what is muted is recorded and never told", async ({ product, page }) => {
  const { gateway, use, settings, lab } = await watched(product, page);
  try {
    await lab.getByRole("button", { name: /Details of/ }).click();
    await lab.getByRole("button", { name: "Mute the alerts of Lab" }).click();
    await expect(lab.getByRole("button", { name: "Unmute the alerts of Lab" })).toBeVisible();
    await use(850);
    await settings("alerts");
    await soon(log(page).first()).toContainText("Held back: its gateway is muted");

    await page.goto(new URL("/", page.url()).href);
    await lab.getByRole("button", { name: /Details of/ }).click();
    await lab.getByRole("button", { name: "Unmute the alerts of Lab" }).click();
    await expect(lab.getByRole("button", { name: "Mute the alerts of Lab" })).toBeVisible();
    await use(860);
    // A lower line is news again, and the only news.
    await use(920);
    await soon(page.getByRole("region", { name: "Lab: 8% left" })).toBeVisible();
    await expect(page.getByRole("region", { name: /^Lab: \d+% left$/ })).toHaveCount(1);
    await settings("alerts");
    await expect(log(page)).toHaveCount(2);
  } finally {
    await gateway.close();
  }
});

test("a budget is made, counts what is used from then on, and warns like any other quota", async ({
  product,
  page,
}) => {
  const { gateway, use, settings } = await watched(product, page);
  try {
    await settings("budgets");
    await page.getByRole("button", { name: "Add a budget" }).click();
    const form = page.getByRole("dialog", { name: "A new budget" });
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form.getByRole("alert")).toHaveText("A number above 0, such as 12.50.");
    await form.getByLabel("Of", { exact: true }).selectOption({ label: "Tokens" });
    await form.getByLabel("Limit").fill("400");
    await form.getByLabel("Each").selectOption({ label: "Month" });
    await form.getByLabel("Name").fill("Tokens a month");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(form).toBeHidden();

    await use(150);
    await use(450);
    const budget = card(page, "Tokens a month");
    // 300 to 350 of 400: what was used before the budget was made counts as far as it was seen to be used this month.
    await expect(budget.getByRole("meter")).toHaveAttribute("aria-valuenow", /^(1\d|2[0-5])$/);
    const made = await runCli(["budget", "list", "--json", "--profile", product.profile], product.environment);
    expect(JSON.parse(made.stdout)).toMatchObject([{ label: "Tokens a month", limit: 400, period: "month" }]);

    await use(560);
    await soon(page.getByRole("region", { name: "Tokens a month: used up" })).toBeVisible();
  } finally {
    await gateway.close();
  }
});
