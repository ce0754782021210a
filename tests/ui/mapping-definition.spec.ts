import type { Page } from "@playwright/test";
import { fetchSample, openForm, panel, value } from "./mapping-form.ts";
import { states } from "./scripted-states.ts";
import { expect, test } from "./ui-test.ts";

test.use({ trace: "off" });

/** A custom provider of opencode-quota that reads the same answer. */
const provider = {
  id: "aurora",
  label: "Aurora",
  mode: "remote-api",
  url: "https://llm.example.org/api/usage",
  format: "json-v1",
  adapter: {
    mappings: [
      {
        resultType: "quota",
        name: "Tokens",
        unit: "tokens",
        unitPosition: "suffix",
        metric: {
          type: "used-limit",
          used: { path: ["data", "tokens", "used"] },
          limit: { path: ["data", "tokens", "quota"] },
        },
      },
      {
        resultType: "budget",
        name: "Budget",
        unit: "$",
        unitPosition: "prefix",
        metric: {
          type: "spend-budget",
          spend: { path: ["data", "spend", "cents"], divideBy: 100 },
          budget: { literal: 25 },
        },
      },
    ],
  },
};

async function takeOver(page: Page, definition: unknown) {
  await page.getByRole("button", { name: "Import a definition" }).click();
  await page.getByLabel("Definition to import").fill(JSON.stringify(definition));
  await page.getByRole("button", { name: "Take it over" }).click();
}

test("names what is wrong with a definition, and what an import leaves out", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await page.getByRole("button", { name: "Import a definition" }).click();
  const text = page.getByLabel("Definition to import");
  await text.fill("{");
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(page.getByText("This is not JSON.")).toBeVisible();
  const mood = { resultType: "status", name: "Mood", metric: { type: "status", value: { path: ["mood"] } } };
  await text.fill(JSON.stringify({ mappings: [...provider.adapter.mappings, mood] }));
  await page.getByRole("button", { name: "Take it over" }).click();
  await expect(
    page.getByText("mappings[2].metric.type: a status is no quota, so the mapping is left out"),
  ).toBeVisible();
  await expect(
    page.getByRole("region", { name: "What you will see" }).getByText("Tokens", { exact: true }),
  ).toBeVisible();

  await page.getByRole("button", { name: "Show as JSON" }).click();
  const json = page.getByLabel("The definition");
  await expect(json).toHaveValue(/\$\.data\.tokens\.used/);
  await json.fill('{"path":"/x","meters":[{"id":"a","label":"A","unit":"tokens","used":"$.a["}]}');
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("meters.0.used.path: unclosed bracketed selection (at character 5)")).toBeVisible();
});

test("an import fills in address, path and name where there are none, and moves the key nowhere else", async ({
  startHost,
  open,
}) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  const address = page.getByRole("textbox", { name: "Address", exact: true });
  await address.fill("");
  await takeOver(page, provider);
  // Nothing was left out, so it closes, and leaves the focus where it was opened.
  await expect(page.getByLabel("Definition to import")).toBeHidden();
  await expect(page.getByRole("button", { name: "Import a definition" })).toBeFocused();
  await expect(address).toHaveValue("https://llm.example.org");
  await expect(page.getByLabel("Path below the address")).toHaveValue("/api/usage");
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  const meters = page.getByRole("region", { name: "What you will see" });
  await expect(meters.getByText("$13.25 left of $25.00")).toBeVisible();
  const sampled = host.calls.findLast(({ name }) => name === "sources.sample");
  expect(sampled?.input).toMatchObject({ label: "Aurora", baseUrl: "https://llm.example.org" });

  await address.fill("https://own.example.net");
  await takeOver(page, provider);
  await expect(
    page.getByText("It is made for https://llm.example.org; the address above stays as it is."),
  ).toBeVisible();
  await expect(address).toHaveValue("https://own.example.net");
});

test("takes a value for the error check, or has it typed", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await fetchSample(page);
  await value(page, /^success/).click();
  await expect(panel(page).getByRole("radio", { name: "Error check" })).toBeChecked();
  await expect(panel(page).getByText("Only an answer with true here is read.")).toBeVisible();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  await expect(page.getByLabel("Path in the answer")).toHaveValue("$.success");
  await expect(page.getByLabel("Has to be")).toHaveValue("true");

  await value(page, /^used/).click();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  const meters = page.getByRole("region", { name: "What you will see" });
  await expect(meters.getByRole("meter", { name: "Tokens" })).toBeHidden();
  await expect(meters.getByText("730K tokens used")).toBeVisible();
  await page.getByLabel("Path in the answer").fill("$.data.team");
  await page.getByLabel("Has to be").fill("borealis");
  await expect(meters.getByText(/carries an error instead of figures: \$\.data\.team/)).toBeVisible();
  await page.getByLabel("Has to be").fill("aurora");
  await expect(meters.getByText("730K tokens used")).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const tested = host.calls.findLast(({ name }) => name === "sources.test");
  expect(tested?.input).toMatchObject({
    options: { definition: { success: { path: "$.data.team", equals: "aurora" } } },
  });
});

test("sets a limit that the answer does not tell, and says which rows cannot be read", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  host.answer({
    "sources.sample": () => ({
      outcome: {
        type: "answer",
        body: {
          models: [
            { name: "Swift 2", requests_used: 40 },
            { name: "Deep 4", requests_used: "many" },
          ],
        },
      },
      trace: [],
    }),
  });
  await fetchSample(page);
  await value(page, /^requests_used: ?40/).click();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  const meters = page.getByRole("region", { name: "What you will see" });
  await expect(
    meters.getByText(/^In 1 of 2 rows .* at \$\.requests_used: a text that is not a number\.$/),
  ).toBeVisible();
  await meters.getByRole("button", { name: "Edit Requests" }).click();
  await meters.getByRole("button", { name: "Set a limit that the answer does not tell" }).click();
  await expect(meters.getByLabel("Limit, fixed")).toBeFocused();
  await meters.getByLabel("Limit, fixed").fill("1000");
  await expect(meters.getByText("960 left of 1,000 requests")).toBeVisible();
  await meters.getByLabel("Limit, fixed").fill("-5");
  await expect(meters.getByText("negative, which it cannot be").first()).toBeVisible();
  await meters.getByLabel("Limit, fixed").fill("");
  await expect(meters.getByText("40 requests used")).toBeVisible();
});
