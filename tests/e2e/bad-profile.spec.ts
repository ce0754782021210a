import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { en } from "../../app/locales/en.ts";
import { card } from "./gateway-form.ts";
import { expect, type Product, test } from "./product-test.ts";

/** A source as the settings file has it; its key comes from a variable that is not set. */
function source(id: string, kind: string, label: string) {
  return {
    id,
    kind,
    label,
    baseUrl: "https://gateway.invalid",
    allowPlainHttp: false,
    credential: { type: "env", name: "PLIMSOLL_E2E_NOT_SET" },
    options: { extra: [1, 2] },
    muted: false,
    paused: false,
    intervalSeconds: null,
    thresholds: null,
  };
}

async function writeSettings(product: Product, text: string): Promise<string> {
  await mkdir(product.profile, { recursive: true });
  const path = join(product.profile, "settings.json");
  await writeFile(path, text);
  return path;
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, "utf8"));

for (const [name, text] of [
  ["is cut short", '{"version":1,"preferences":{"theme":"dark"},"sources":[{"id":"a","kind":"neu'],
  ["is a list", "[]"],
  ["is empty", ""],
] as const) {
  test(`a settings file that ${name} is kept aside, and the app says so and works`, async ({ product, page }) => {
    await writeSettings(product, text);
    const running = await product.open(page);
    const notice = page.getByRole("region", { name: "A setting could not be read" });
    await expect(notice).toContainText("The settings file was damaged.");
    await expect(page.getByRole("region", { name: "Demo figures" })).toBeVisible();
    const kept: string[] = [];
    for (const file of await readdir(product.profile)) {
      const path = join(product.profile, file);
      if (file.startsWith("settings") && (await readFile(path, "utf8")) === text) kept.push(path);
    }
    expect(kept).toHaveLength(1);
    await expect(notice).toContainText(kept[0] ?? "?");

    // It can be worked with: a change is saved, and the copy stays.
    await page.getByRole("region", { name: "Demo figures" }).getByRole("button", { name: "Hide" }).click();
    await expect(page.getByText("No gateways yet")).toBeVisible();
    await running.stop();
    expect(await readJson(join(product.profile, "settings.json"))).toMatchObject({ preferences: { demoHidden: true } });
    expect(await readFile(kept[0] ?? "", "utf8")).toBe(text);
  });
}

test("a source of an unknown kind, and one that cannot be read, are named and survive a change", async ({
  product,
  page,
}) => {
  const unknownKind = source("a", "from-the-future", "Tomorrow");
  const { credential: _, ...unreadable } = source("b", "neutral", "Half a source");
  const known = source("c", "neutral", "Known");
  const path = await writeSettings(
    product,
    JSON.stringify({
      version: 1,
      preferences: { theme: "dark", intervalSeconds: "often" },
      sources: [unknownKind, unreadable, known],
      somethingElse: { kept: true },
    }),
  );
  const running = await product.open(page);
  await expect(card(page, "Tomorrow").getByText(en["cause.unknown-kind.title"])).toBeVisible();
  await expect(card(page, "Tomorrow").getByText(en["cause.unknown-kind.next"])).toBeVisible();
  await expect(card(page, "Known").getByText(en["needsKey.env-not-set.title"])).toBeVisible();
  const notice = page.getByRole("region", { name: "settings could not be read" });
  await expect(notice).toContainText("Half a source");
  await expect(notice).toContainText("intervalSeconds");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.goto(`${running.origin}/settings.html#appearance`);
  await page.getByRole("radio", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await running.stop();
  const saved = await readJson(path);
  expect(saved).toMatchObject({ preferences: { theme: "light" }, somethingElse: { kept: true } });
  // What was read is written with every field there is, what could not be read as it was.
  const whole = [unknownKind, known].map((one) => ({
    ...one,
    secrets: {},
    alertRules: null,
    meters: {},
    spareBaseUrls: [],
    spareCredentials: {},
    group: null,
  }));
  expect(saved).toHaveProperty("sources", expect.arrayContaining([...whole, unreadable]));
});

test("settings of a newer version are shown, not touched, and the app says why", async ({ product, page }) => {
  const text = `${JSON.stringify({
    version: 999,
    preferences: { theme: "dark" },
    sources: [source("a", "neutral", "Known")],
    shape: "unheard of",
  })}\n`;
  const path = await writeSettings(product, text);
  const running = await product.open(page);
  const notice = page.getByRole("region", { name: "Settings are read-only" });
  await expect(notice).toContainText("newer Plimsoll (version 999 of the file)");
  await page.goto(`${running.origin}/settings.html`);
  await expect(notice).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a gateway" }).first()).toBeDisabled();
  expect((await running.stop()).code).toBe(0);
  expect(await readFile(path, "utf8")).toBe(text);
});
