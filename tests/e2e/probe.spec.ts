import { loadScenarios } from "../scenarios/scenario.ts";
import { type ScenarioServer, serveScenario } from "../scenarios/scenario-server.ts";
import { card } from "./gateway-form.ts";
import { findInFiles, watchForLeaks } from "./leak-watch.ts";
import { expect, test } from "./product-test.ts";

const KEY = "sk-probe-5c1f0e7d9b2a4466";

let server: ScenarioServer;
test.beforeAll(async () => {
  const fixtures = new URL("../../app/sources/gateways/litellm/fixtures/", import.meta.url);
  const scenario = loadScenarios(fixtures).get("typical");
  if (scenario === undefined) throw new Error("no typical fixture");
  server = await serveScenario(scenario, { header: "authorization", prefix: "Bearer " }, KEY);
});
test.afterAll(() => server.close());

test("an unknown address is found out, shown, saved and polled", async ({ product, page }) => {
  const watch = watchForLeaks(page.context());
  const running = await product.open(page);
  await page.goto(`${running.origin}/settings.html#add`);
  const dialog = page.getByRole("dialog", { name: "Add a gateway" });
  await dialog
    .getByLabel("Paste an address, a curl command or a config snippet")
    .fill(`${server.origin}/v1/chat/completions`);
  await dialog.getByLabel("Key to paste").fill(KEY);
  await dialog.getByRole("button", { name: "Find out" }).click();
  const outcome = dialog.getByRole("region", { name: "What answers there" });
  await expect(outcome).toContainText("LiteLLM");
  await expect(outcome.getByRole("meter", { name: "Key budget", exact: true })).toBeVisible();
  expect(server.requests.length).toBeLessThanOrEqual(12);
  await dialog.getByLabel("Name", { exact: true }).fill("Proxy");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Proxy is saved.")).toBeVisible();

  await page.goto(`${running.origin}/popover.html`);
  await expect(card(page, "Proxy").getByRole("meter", { name: "Key budget", exact: true })).toBeVisible();
  expect(await watch.find("LiteLLM")).not.toEqual([]);
  expect(await watch.find(KEY)).toEqual([]);
  expect((await findInFiles(product.profile, KEY)).found).toEqual([]);
});
