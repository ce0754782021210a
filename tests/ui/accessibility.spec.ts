import { type StateName, states } from "./scripted-states.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "./ui-test.ts";

const schemes = ["light", "dark"] as const;
const names: readonly StateName[] = [
  "typical",
  "fine",
  "troubled",
  "loading",
  "empty",
  "demo",
  "alerts",
  "warnings",
  "extreme",
  "many",
];

for (const colorScheme of schemes) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const name of names) {
      test(`the popover has nothing that axe finds: ${name}`, async ({ startHost, open, page }) => {
        await page.setViewportSize({ width: 380, height: 560 });
        await open(await startHost(states[name](Date.now())), "popover");
        await expect(page.getByRole("heading", { level: 1, name: "Plimsoll" })).toBeVisible();
        for (const details of await page.locator("details").all()) {
          if (name !== "many") await details.evaluate((element) => element.setAttribute("open", ""));
        }
        await expectAccessible(page);
      });
    }

    for (const hash of ["#gateways", "#alerts", "#polling", "#appearance", "#about", "#add", "#source=team"]) {
      test(`the settings have nothing that axe finds: ${hash}`, async ({ startHost, open, page }) => {
        await page.setViewportSize({ width: 760, height: 620 });
        await open(await startHost(states.typical(Date.now())), "settings", hash);
        await expect(
          hash === "#add" || hash.startsWith("#source") ? page.getByRole("dialog") : page.getByRole("main"),
        ).toBeVisible();
        await expectAccessible(page);
      });
    }

    for (const name of ["empty", "demo", "warnings", "troubled", "extreme"] as const) {
      test(`the settings have nothing that axe finds: ${name}`, async ({ startHost, open, page }) => {
        await page.setViewportSize({ width: 760, height: 620 });
        await open(await startHost(states[name](Date.now())), "settings");
        await expect(page.getByRole("heading", { level: 1, name: "Gateways" })).toBeVisible();
        await expectAccessible(page);
      });
    }

    test("the page while it waits for the host has nothing that axe finds", async ({ startHost, open, page }) => {
      const host = await startHost(states.typical(Date.now()));
      host.holdState();
      await open(host, "popover");
      await expect(page.getByText("Connecting…")).toBeVisible();
      await expectAccessible(page);
    });

    test("the explanation of a dead session has nothing that axe finds", async ({ startHost, open, page }) => {
      const host = await startHost(states.typical(Date.now()));
      host.cut("refuse-session");
      await open(host, "popover");
      await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

/** A width at which the page is 320 px wide, and half of each window's width: what 200 % zoom leaves. */
for (const width of [320, 190]) {
  for (const name of ["extreme", "troubled", "alerts", "warnings", "demo"] as const) {
    test(`the popover fits ${width} px: ${name}`, async ({ startHost, open, page }) => {
      await page.setViewportSize({ width, height: 420 });
      await open(await startHost(states[name](Date.now())), "popover");
      await expect(page.getByRole("heading", { level: 1, name: "Plimsoll" })).toBeVisible();
      await expectNoOverflow(page);
    });
  }
}

for (const hash of ["#gateways", "#alerts", "#polling", "#appearance", "#about", "#add", "#source=long"]) {
  test(`the settings fit 320 px: ${hash}`, async ({ startHost, open, page }) => {
    await page.setViewportSize({ width: 320, height: 480 });
    await open(await startHost(states.extreme(Date.now())), "settings", hash);
    await expect(page.getByRole("navigation", { includeHidden: true })).toBeAttached();
    await expectNoOverflow(page);
  });
}

test("forced colours keep the bars and the line on them visible", async ({ startHost, open, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(await startHost(states.typical(Date.now())), "popover");
  const bar = page.getByRole("meter", { name: "Tokens" }).first();
  await expect(bar).toBeVisible();
  await expectAccessible(page);
});
