import { en } from "../../app/locales/en.ts";
import { type FaultGateway, startFaultGateway } from "../fault-gateway/fault-gateway.ts";
import { faults } from "../fault-gateway/faults.ts";
import { card, openGatewayForm } from "./gateway-form.ts";
import { watchForLeaks } from "./leak-watch.ts";
import { expect, test } from "./product-test.ts";

const KEY = "sk-faults-6e1c0d5b9a7f";

let gateway: FaultGateway;
test.beforeAll(async () => {
  gateway = await startFaultGateway();
});
test.afterAll(() => gateway.close());

test("every bad answer is named with its next step, before anything is saved", async ({ product, page }) => {
  // One of them never answers, so its deadline of 15 s has to pass.
  test.setTimeout(120_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const watch = watchForLeaks(page.context());
  const running = await product.open(page);
  const form = await openGatewayForm(page, running.origin);
  await form.fill({ key: KEY });
  const save = form.dialog.getByRole("button", { name: "Save", exact: true });

  for (const { name, cause } of faults) {
    await test.step(name, async () => {
      const address = gateway.baseUrl(name);
      await form.fill({ address });
      await form.test();
      const asked = form.outcome.getByText(`GET ${address}/quota`);
      if (cause === null) {
        await expect(form.outcome.getByText("It works")).toBeVisible();
        await form.outcome.getByText("What was asked and answered").click();
        await expect(save).toBeEnabled();
      } else {
        const title = form.outcome.getByText(en[`cause.${cause}.title`], { exact: true }).first();
        await expect(asked).toBeVisible({ timeout: 25_000 });
        await expect(title).toBeVisible();
        await expect(form.outcome.getByText(en[`cause.${cause}.next`], { exact: true })).toBeVisible();
        await expect(save).toBeDisabled();
      }
      await expect(asked).toBeVisible();
    });
  }

  expect(gateway.strayRequests).toEqual([]);
  expect(errors).toEqual([]);
  expect(await watch.find(KEY)).toEqual([]);
  expect(running.output()).not.toContain(KEY);
  expect((await running.stop()).code).toBe(0);
});

test("a saved gateway that fails shows why in the popover, and harms no other", async ({ product, page }) => {
  const running = await product.open(page);
  for (const [label, fault] of [
    ["Works", "number-as-string"],
    ["Broken", "500"],
    ["Behind a login", "html"],
  ] as const) {
    const form = await openGatewayForm(page, running.origin);
    await form.fill({ label, address: gateway.baseUrl(fault), key: KEY });
    await form.dialog.getByRole("button", { name: "Save anyway" }).click();
    await expect(form.dialog).toBeHidden();
  }
  await page.goto(`${running.origin}/`);
  await expect(card(page, "Works").getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "75");
  for (const [label, cause] of [
    ["Broken", "server-error"],
    ["Behind a login", "challenge-page"],
  ] as const) {
    await expect(card(page, label).getByText(en[`cause.${cause}.title`]).first()).toBeVisible();
    await expect(card(page, label).getByText(en[`cause.${cause}.next`])).toBeVisible();
  }
});
