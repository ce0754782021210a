import { expect, test } from "./product-test.ts";

test("the first start shows a demo, marked as one, which can be hidden for good", async ({ product, page }) => {
  const first = await product.open(page);
  expect(first.output()).toContain("demo");
  await expect(page).toHaveTitle(/Plimsoll/);
  const banner = page.getByRole("region", { name: "Demo figures" });
  await expect(banner).toBeVisible();
  await expect(page.getByRole("meter").first()).toBeVisible();
  const cards = page.getByRole("list", { name: "Sources, most urgent first" }).locator("> li");
  expect(await cards.count()).toBeGreaterThan(2);
  for (const one of await cards.all()) await expect(one.getByText("Demo", { exact: true })).toBeVisible();

  await banner.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByText("No gateways yet")).toBeVisible();
  await expect(cards).toHaveCount(0);
  await first.stop();

  const second = await product.open(page);
  await expect(page.getByText("No gateways yet")).toBeVisible();
  expect(second.output()).not.toContain("demo");
  await page.getByRole("button", { name: "Show the demo again" }).click();
  await expect(banner).toBeVisible();
});

test("two tabs show the same, and both follow a change", async ({ product, page, context }) => {
  const running = await product.open(page);
  const other = await context.newPage();
  await other.goto(`${running.origin}/settings.html`);
  await expect(other.getByText("The demo is shown")).toBeVisible();
  await page.getByRole("region", { name: "Demo figures" }).getByRole("button", { name: "Hide" }).click();
  await expect(other.getByText("The demo is hidden")).toBeVisible();
});

test("a page whose host has ended says so, and a new link in the same tab brings it back", async ({
  product,
  page,
}) => {
  const first = await product.open(page);
  await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
  const { port } = new URL(first.origin);
  await first.stop();
  await expect(page.getByText("Connection to Plimsoll lost")).toBeVisible();

  const second = await product.serve({ args: ["--port", port] });
  await expect(page.getByText("This link no longer works")).toBeVisible({ timeout: 30_000 });
  await page.evaluate((link) => location.assign(link), second.link);
  await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
  expect(page.url()).not.toContain("token");
});
