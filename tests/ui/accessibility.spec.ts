import { type StateName, states } from "./scripted-states.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "./ui-test.ts";

// Traces of axe at work are large and slow, and what it finds is in the message.
test.use({ trace: "off" });

const sections = [
  "#gateways",
  "#found",
  "#alerts",
  "#budgets",
  "#history",
  "#metrics",
  "#polling",
  "#appearance",
  "#about",
  "#add",
];
const popoverStates: readonly StateName[] = [
  "typical",
  "fine",
  "troubled",
  "loading",
  "empty",
  "demo",
  "alerts",
  "warnings",
  "extreme",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const name of popoverStates) {
      test(`axe finds nothing in the popover: ${name}`, async ({ startHost, open, page }) => {
        await page.setViewportSize({ width: 380, height: 560 });
        await open(await startHost(states[name](Date.now())), "popover");
        await expect(page.getByRole("heading", { level: 1, name: "Plimsoll" })).toBeVisible();
        for (const toggle of await page.getByRole("button", { name: /Details of/ }).all()) await toggle.click();
        // A control that lies half below the header would be measured as half as large.
        await page.evaluate(() => scrollTo(0, 0));
        await expectAccessible(page);
      });
    }

    test("axe finds nothing in the sections of the settings", async ({ startHost, open, page }) => {
      await page.setViewportSize({ width: 760, height: 620 });
      const host = await startHost(states.typical(Date.now()));
      for (const hash of [...sections, "#source=team"]) {
        await test.step(hash, async () => {
          await open(host, "settings", hash);
          const form = hash === "#add" || hash.startsWith("#source");
          await expect(form ? page.getByRole("dialog") : page.getByRole("heading", { level: 1 })).toBeVisible();
          await expectAccessible(page);
        });
      }
    });

    for (const name of ["empty", "demo", "warnings", "troubled", "extreme"] as const) {
      test(`axe finds nothing in the list of gateways: ${name}`, async ({ startHost, open, page }) => {
        await page.setViewportSize({ width: 760, height: 620 });
        await open(await startHost(states[name](Date.now())), "settings");
        await expect(page.getByRole("heading", { level: 1, name: "Gateways" })).toBeVisible();
        await expectAccessible(page);
      });
    }

    test("axe finds nothing while the page waits for the host", async ({ startHost, open, page }) => {
      const host = await startHost(states.typical(Date.now()));
      host.holdState();
      await open(host, "popover");
      await expect(page.getByText("Connecting…")).toBeVisible();
      await expectAccessible(page);
    });

    test("axe finds nothing where a dead session is explained", async ({ startHost, open, page }) => {
      const host = await startHost(states.typical(Date.now()));
      host.cut("refuse-session");
      await open(host, "popover");
      await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test("axe finds nothing among 200 sources", async ({ startHost, open, page }) => {
  await page.setViewportSize({ width: 380, height: 560 });
  await open(await startHost(states.many(Date.now())), "popover");
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(200);
  // Their colours and sizes are those of one card, and hundreds of times as slow to measure.
  await expectAccessible(page, ["color-contrast", "target-size"]);
});

/** 320 px, and half of the popover's own width: what 200 % zoom leaves of it. */
for (const width of [320, 190]) {
  test(`the popover fits ${width} px`, async ({ startHost, open, page }) => {
    await page.setViewportSize({ width, height: 420 });
    for (const name of ["extreme", "troubled", "alerts", "warnings", "demo", "empty"] as const) {
      await test.step(name, async () => {
        await open(await startHost(states[name](Date.now())), "popover");
        await expect(page.getByRole("heading", { level: 1, name: "Plimsoll" })).toBeVisible();
        await expectNoOverflow(page);
      });
    }
  });
}

test("the settings fit 320 px", async ({ startHost, open, page }) => {
  await page.setViewportSize({ width: 320, height: 480 });
  const host = await startHost(states.extreme(Date.now()));
  for (const hash of [...sections, "#source=long"]) {
    await test.step(hash, async () => {
      await open(host, "settings", hash);
      await expect(page.getByRole("navigation", { includeHidden: true })).toBeAttached();
      await expectNoOverflow(page);
    });
  }
});

test("forced colours keep the bars and the line on them visible", async ({ startHost, open, page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(await startHost(states.typical(Date.now())), "popover");
  await expect(page.getByRole("meter", { name: "Tokens" }).first()).toBeVisible();
  await expectAccessible(page);
});
