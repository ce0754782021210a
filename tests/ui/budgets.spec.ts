import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

test.use({ viewport: { width: 760, height: 700 } });

const withGroup = () => {
  const app = states.typical(Date.now());
  return { ...app, configs: app.configs.map((config) => ({ ...config, group: config.id === "or" ? "Work" : null })) };
};

test("makes a budget over a group, with a rate, a name of its own and other percentages", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(withGroup());
  await open(host, "settings", "#budgets");
  await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();
  await page.getByRole("button", { name: "Add a budget" }).click();
  const form = page.getByRole("dialog", { name: "A new budget" });
  await expect(form.getByLabel("Limit")).toBeFocused();
  await page.keyboard.type("120");
  // What it will be called is said before it is saved.
  await expect(form.getByLabel("Name")).toHaveAttribute("placeholder", "$120 a month");
  await form.getByLabel("Over").selectOption({ label: "Work" });
  await form.getByRole("button", { name: "Add a rate" }).click();
  await form.getByLabel("Currency 1").fill("usd");
  await form.getByLabel("Worth in USD").fill("1.08");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toHaveText("A rate is another currency's three letters and a number above 0.");
  await form.getByLabel("Currency 1").fill("eur");
  await form.getByLabel("Warn at other percentages than usual").check();
  await form.getByRole("button", { name: "Do not warn at 5%" }).click();
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  expect(host.calls.find(({ name }) => name === "budgets.save")?.input).toEqual({
    id: null,
    label: "$120 a month",
    period: "month",
    unit: { kind: "money", currency: "USD" },
    limit: 120,
    scope: { type: "group", group: "Work" },
    rates: { EUR: 1.08 },
    thresholds: [20, 10, 0],
    muted: false,
  });
  const row = page.getByRole("listitem", { name: "$120 a month" });
  await expect(row).toContainText("The group “Work”");
  await expect(row).toContainText("Counting begins with the next reading.");
});

test("a budget that is edited keeps what was not touched; it is muted, and removed", async ({
  startHost,
  open,
  page,
}) => {
  const budget = {
    id: "b1",
    label: "Tests",
    period: "week" as const,
    unit: { kind: "money" as const, currency: "SEK" },
    limit: 12.5,
    scope: { type: "source" as const, sourceId: "or" },
    rates: { USD: 9.4 },
    thresholds: [50, 10],
    muted: false,
  };
  const host = await startHost({ ...withGroup(), budgets: [budget] });
  await open(host, "settings", "#budgets");
  const row = page.getByRole("listitem", { name: "Tests" });
  await row.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit the budget" });
  // Its currency is one that no gateway tells.
  await expect(form.getByLabel("Currency", { exact: true })).toHaveValue("SEK");
  await form.getByLabel("Limit").fill("1,000");
  await form.getByRole("button", { name: "Save" }).click();
  // A thousand to one reader, one to another.
  await expect(form.getByRole("alert")).toHaveText("A number above 0, such as 12.50.");
  await form.getByLabel("Limit").fill("1000");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  expect(host.state().budgets).toEqual([{ ...budget, limit: 1000 }]);

  await row.getByRole("button", { name: "Mute" }).click();
  await expect(row.getByRole("button", { name: "Unmute" })).toBeVisible();
  expect(host.state().budgets).toEqual([{ ...budget, limit: 1000, muted: true }]);
  await row.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "No budgets yet" })).toBeVisible();
});
