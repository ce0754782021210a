import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

test("says which services have nothing to ask, and what to do instead", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Choose the kind yourself" }).click();
  const services = dialog.getByRole("region", { name: "Services without a quota route" });
  const title = dialog.getByText("Not listed?");
  await expect(title).toBeVisible();
  await expect(services).toBeHidden();

  await title.click();
  await expect(services).toContainText("Together AI");
  await expect(services).toContainText("Add its address as “OpenAI-compatible gateway (rate-limit headers only)”.");
  await expectAccessible(page);

  // The list scrolls in a frame of its own, which the keyboard reaches.
  await page.keyboard.press("Tab");
  await expect(services).toBeFocused();
  await page.keyboard.press("End");
  await expect(services.getByText("Xiaomi MiMo")).toBeInViewport();

  await title.click();
  await expect(services).toBeHidden();
});

test.describe("on a narrow window", () => {
  test.use({ viewport: { width: 360, height: 640 } });

  test("the list of services fits", async ({ startHost, open, page }) => {
    await open(await startHost(states.empty()), "settings", "#add");
    await page.getByRole("button", { name: "Choose the kind yourself" }).click();
    await page.getByText("Not listed?").click();
    await expectAccessible(page);
  });
});
