import { CallFailure } from "../../app/contract/host.ts";
import { fetchSample, mapped, openForm, panel, value } from "./mapping-form.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "./ui-test.ts";

test.use({ trace: "off" });

test("points at figures, and each meter shows at once as it will look", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await fetchSample(page);

  await value(page, /^used/).click();
  await expect(panel(page).getByRole("radio", { name: "Used", exact: true })).toBeChecked();
  await expect(panel(page).getByLabel("Counts")).toHaveValue("tokens");
  await expect(panel(page).getByLabel("Name of the meter")).toHaveValue("Tokens");
  await panel(page).getByRole("button", { name: "Use it" }).click();
  await expect(value(page, /^used/)).toBeFocused();

  // The limit beside it is taken for the same meter's.
  await value(page, /^quota/).click();
  await expect(panel(page).getByRole("radio", { name: "Limit" })).toBeChecked();
  await expect(panel(page).getByLabel("Of which meter")).toHaveValue("tokens");
  await panel(page).getByRole("button", { name: "Use it" }).click();
  await value(page, /^renews_at/).click();
  await expect(panel(page).getByRole("radio", { name: "Resets at" })).toBeChecked();
  await expect(panel(page).getByLabel("Written as")).toHaveValue("unix-seconds");
  await panel(page).getByRole("button", { name: "Use it" }).click();

  const meters = page.getByRole("region", { name: "What you will see" });
  await expect(meters.getByText("1.27M left of 2M tokens")).toBeVisible();
  await expect(meters.getByRole("meter", { name: "Tokens" })).toBeVisible();

  await value(page, /^cents/).click();
  await expect(panel(page).getByLabel("Sent as")).toHaveValue("100");
  await expect(panel(page).getByText("$11.75 used")).toBeVisible();
  await panel(page).getByRole("button", { name: "Use it" }).click();

  await page.getByRole("button", { name: "Test", exact: true }).click();
  const tested = host.calls.findLast(({ name }) => name === "sources.test");
  expect(tested?.input).toMatchObject({
    kind: "mapped",
    options: {
      definition: {
        path: "/api/usage",
        meters: [
          {
            id: "tokens",
            unit: { kind: "tokens" },
            used: { path: "$.data.tokens.used" },
            limit: { path: "$.data.tokens.quota" },
            reset: { path: "$.data.tokens.renews_at", format: "unix-seconds" },
          },
          { unit: { kind: "money", currency: "USD" }, used: { path: "$.data.spend.cents", scale: 100 } },
        ],
      },
    },
  });
});

test("makes a meter of each entry of a list, named by a value of the entry", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await fetchSample(page);
  await value(page, /^requests_used: ?40/).click();
  await expect(panel(page).getByLabel("One meter for each entry of the list around it")).toBeChecked();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  await value(page, /^requests_limit: ?1000/).click();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  await value(page, /^name: ?"Swift 2"/).click();
  await expect(panel(page).getByRole("radio", { name: "Name" })).toBeChecked();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  const meters = page.getByRole("region", { name: "What you will see" });
  await expect(meters.getByRole("meter", { name: "Swift 2" })).toBeVisible();
  await expect(meters.getByRole("meter", { name: "Deep 4" })).toBeVisible();
});

test("changes and removes what was pointed out", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await fetchSample(page);
  await value(page, /^used/).click();
  await panel(page).getByRole("button", { name: "Use it" }).click();
  const meters = page.getByRole("region", { name: "What you will see" });
  await meters.getByRole("button", { name: "Edit Tokens" }).click();
  await meters.getByLabel("Name of the meter").fill("Monthly tokens");
  await expect(meters.getByText("Monthly tokens")).toBeVisible();
  await meters.getByLabel("Used", { exact: true }).fill("$.data.[");
  await expect(meters.getByText(/at character/).first()).toBeVisible();
  await meters.getByLabel("Used", { exact: true }).fill("$.data.tokens.quota");
  await expect(meters.getByText("2M tokens used")).toBeVisible();
  await meters.getByRole("button", { name: "Remove Monthly tokens" }).click();
  await expect(meters).toBeHidden();
});

test("is worked by keyboard alone, and Escape closes the panel, not the form", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  const path = page.getByLabel("Path below the address");
  await path.fill("/api/usage");
  await path.press("Enter");
  await expect(value(page, /^used/)).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "sources.test")).toEqual([]);

  await value(page, /^used/).focus();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("radio", { name: "Used", exact: true })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(panel(page).getByRole("radio", { name: "Left", exact: true })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(value(page, /^used/)).toBeFocused();

  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "What you will see" })).toBeVisible();
  await expect(value(page, /^used/)).toBeFocused();
});

test("sends a further secret to the host and nowhere else", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  await page.getByText("Query, headers and body").click();
  await page.getByRole("button", { name: "Add to the query" }).click();
  await page.getByLabel("Name in the query").fill("range");
  await page.getByLabel("Its value").fill("30d");
  await page.getByRole("button", { name: "Add a header" }).click();
  await page.getByLabel("Name of the header").fill("X-Admin");
  await expect(page.getByText("The key is sent as")).toBeVisible();
  await page.getByLabel("What the header holds").selectOption("secret");
  await expect(page.getByText("No header sends the key: the endpoint is asked without it.")).toBeVisible();
  await page.getByLabel("The secret", { exact: true }).fill("admin-secret-99");
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  await expect(page.getByRole("list", { name: "The answer, value by value" })).toBeVisible();
  const sampled = host.calls.findLast(({ name }) => name === "sources.sample");
  expect(sampled?.input).toMatchObject({
    secrets: { "x-admin": { type: "secret", secret: "admin-secret-99" } },
    options: { definition: { query: { range: "30d" }, headers: { "X-Admin": { secret: "x-admin", prefix: "" } } } },
  });
  await page.getByRole("button", { name: "Show as JSON" }).click();
  await expect(page.getByLabel("The definition")).not.toHaveValue(/admin-secret-99/);
});

test("tells why there is no sample", async ({ startHost, open }) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await openForm(host, open);
  host.answer({
    "sources.sample": () => ({
      outcome: { type: "failure", failure: { cause: "not-found", detail: null, status: 404, retryAt: null } },
      trace: [
        {
          method: "GET",
          url: "https://llm.example.org/api/usage",
          status: 404,
          ms: 80,
          bytes: 4,
          problem: "not-found",
        },
      ],
    }),
  });
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  const trouble = page.getByRole("status").filter({ hasText: "There is no quota route at this address" });
  await expect(trouble).toBeFocused();
  await expect(trouble).toBeInViewport();
  host.answer({
    "sources.sample": () => {
      throw new CallFailure("invalid-options", "definition.path: must not name a host");
    },
  });
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "definition.path: must not name a host" })).toBeFocused();
});

test("asks for a further secret again at its own header, and not for the key", async ({ startHost, open }) => {
  const definition = {
    path: "/me",
    headers: { "X-Key": { secret: "key", prefix: "" }, "X-Admin": { secret: "admin", prefix: "" } },
    meters: [{ id: "left", label: "Left", unit: "credits", remaining: "$.left" }],
  };
  const state = states.typical(Date.now());
  const [first] = state.configs;
  if (first === undefined) throw new Error("no config");
  const secrets = { admin: { type: "vault" as const, origin: "https://llm.example.org" } };
  const host = await startHost({ ...state, configs: [{ ...first, kind: "mapped", secrets, options: { definition } }] });
  host.answer({
    "sources.kinds": () => [mapped],
    "sources.test": () => {
      throw new CallFailure("key-required", "admin");
    },
  });
  const page = await open(host, "settings", `#source=${first.id}`);
  await page.getByRole("textbox", { name: "Address", exact: true }).fill("https://other.example.org");
  await page.getByRole("radio", { name: "Paste it" }).check();
  await page.getByLabel("Key to paste").fill("sk-test-0123456789");
  await page.getByText("Query, headers and body").click();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const secret = page.getByLabel("The secret", { exact: true });
  await expect(secret).toBeFocused();
  await expect(secret).toHaveAccessibleDescription(/Enter this secret again/);
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(page.getByLabel("Key to paste")).not.toHaveAttribute("aria-invalid");
  await expectAccessible(page);
  await secret.fill("typed-again");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("opens what is saved: its meters without a sample, its secret only as saved, and what cannot be read as JSON", async ({
  startHost,
  open,
}) => {
  const definition = {
    path: "/me",
    headers: { "X-Admin": { secret: "admin", prefix: "Token " } },
    meters: [{ id: "left", label: "Left", unit: "credits", remaining: "$.left" }],
  };
  const state = states.typical(Date.now());
  const [first, ...others] = state.configs;
  if (first === undefined) throw new Error("no config");
  const saved = {
    ...first,
    kind: "mapped",
    secrets: { admin: { type: "vault" as const, origin: "https://x.example" } },
  };
  const host = await startHost({ ...state, configs: [{ ...saved, options: { definition } }, ...others] });
  host.answer({ "sources.kinds": () => [mapped] });
  const page = await open(host, "settings", `#source=${first.id}`);
  await expect(page.getByRole("region", { name: "What you will see" }).getByText("$.left")).toBeVisible();
  await expect(page.getByLabel("The secret", { exact: true })).toHaveValue("");
  await expect(page.getByPlaceholder("Saved. Type to replace it.")).toBeVisible();
  await page.getByLabel("The secret", { exact: true }).fill("typed by mistake");
  await page.getByLabel("The secret", { exact: true }).fill("");
  await page.getByRole("button", { name: "Fetch a sample" }).click();
  const sampled = host.calls.findLast(({ name }) => name === "sources.sample");
  expect(sampled?.input).toMatchObject({ id: first.id, key: { type: "keep" }, secrets: { admin: { type: "keep" } } });

  host.change((app) => ({ ...app, configs: [{ ...saved, options: { definition: { meters: 5 } } }, ...others] }));
  await page.reload();
  await expect(page.getByLabel("The definition")).toHaveValue(/"meters": 5/);
  await expect(page.getByText("meters: not a list")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("axe finds nothing in the editor, and it fits 320 px", async ({ startHost, open }) => {
      const host = await startHost(states.typical(Date.now()));
      const page = await openForm(host, open);
      await page.setViewportSize({ width: 760, height: 900 });
      await page.getByText("Query, headers and body").click();
      await page.getByRole("button", { name: "Add a header" }).click();
      await page.getByLabel("What the header holds").selectOption("secret");
      await fetchSample(page);
      await value(page, /^used/).click();
      await panel(page).getByRole("button", { name: "Use it" }).click();
      await value(page, /^cents/).click();
      await expectAccessible(page);
      await panel(page).getByRole("button", { name: "Use it" }).click();
      await page.getByRole("button", { name: "Edit Tokens" }).click();
      await page.getByText("Values with a meaning of their own").click();
      await page.getByRole("button", { name: "Show as JSON" }).click();
      await expectAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await value(page, /^utilization/).click();
      await expectNoOverflow(page);
      await expectAccessible(page);
      // Nothing inside the dialog runs out of it either.
      const wide = await page
        .getByRole("dialog")
        .evaluate(
          (dialog) =>
            [...dialog.querySelectorAll("*")].filter(
              (element) => element.getBoundingClientRect().right > window.innerWidth,
            ).length,
        );
      expect(wide).toBe(0);
    });
  });
}
