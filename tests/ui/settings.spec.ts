import type { Locator } from "@playwright/test";
import { CallFailure } from "../../app/contract/host.ts";
import { failure, states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

test.use({ viewport: { width: 760, height: 620 } });

const KEY = "sk-very-secret-0123456789";

/** The form for those who know the kind. */
async function byHand(dialog: Locator): Promise<Locator> {
  await dialog.getByRole("button", { name: "Choose the kind yourself" }).click();
  await expect(dialog.getByLabel("Kind", { exact: true })).toBeVisible();
  return dialog;
}

test("adds a gateway once its test has passed", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  await open(host, "settings");
  await page.getByRole("button", { name: "Add a gateway" }).click();
  const dialog = await byHand(page.getByRole("dialog", { name: "Add a gateway" }));
  await expect(dialog.getByLabel("Address")).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Test", exact: true })).toBeDisabled();

  await dialog.getByLabel("Address").fill("https://llm.example.org/team");
  await dialog.getByLabel("Name").fill("Team gateway");
  await dialog.getByLabel("Quota path").fill("/quota");
  await dialog.getByLabel("Key to paste").fill(` ${KEY}\n`);
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Test", exact: true }).click();

  const outcome = dialog.getByRole("region", { name: "Outcome of the test" });
  await expect(outcome).toContainText("It works: 2 quotas found");
  await expect(outcome.getByRole("meter", { name: "Tokens" })).toBeVisible();
  await expect(outcome).toContainText("$12.40 left of $40.00");
  await outcome.getByText("What was asked and answered").click();
  await expect(outcome).toContainText("https://llm.example.org/team/v1/quota");
  await expectAccessible(page);

  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("Team gateway is saved.")).toBeVisible();
  const draft = {
    id: null,
    kind: "neutral",
    label: "Team gateway",
    baseUrl: "https://llm.example.org/team",
    allowPlainHttp: false,
    key: { type: "secret", secret: KEY },
    secrets: {},
    options: { quotaPath: "/quota" },
  };
  const sent = host.calls.filter(({ name }) => name === "sources.test" || name === "sources.save");
  expect(sent).toEqual([
    { name: "sources.test", input: draft },
    { name: "sources.save", input: draft },
  ]);
  expect(await page.content()).not.toContain(KEY);
});

test("wants another test after the values changed, and saves without one only when told to", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = await byHand(page.getByRole("dialog"));
  await dialog.getByLabel("Address").fill("https://llm.example.org");
  await dialog.getByLabel("Key to paste").fill(KEY);
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeEnabled();

  await dialog.getByLabel("Address").fill("https://llm.example.org/other");
  await expect(dialog.getByText("This was for other values. Test again.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeDisabled();

  await dialog.getByRole("button", { name: "Save anyway" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(host.state().configs).toHaveLength(1);
});

test("shows the cause and the requests of a test that failed", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.test": () => ({
      outcome: { type: "failure", failure: failure("key-refused", { status: 401 }) },
      trace: [
        {
          method: "GET",
          url: "https://llm.example.org/v1/quota",
          status: 401,
          ms: 91,
          bytes: 77,
          problem: "key-refused",
        },
      ],
    }),
  });
  await open(host, "settings", "#add");
  const dialog = await byHand(page.getByRole("dialog"));
  await dialog.getByLabel("Address").fill("https://llm.example.org");
  await dialog.getByLabel("Key to paste").fill(KEY);
  await dialog.getByLabel("Key to paste").press("Enter");
  const outcome = dialog.getByRole("region", { name: "Outcome of the test" });
  await expect(outcome).toContainText("The service refused the key");
  await expect(outcome).toContainText("Check that the key is still valid");
  await expect(outcome).toContainText("HTTP 401 · 91 ms · 77 bytes");
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await expectAccessible(page);
});

test("asks for a clear yes to plain http", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = await byHand(page.getByRole("dialog"));
  await dialog.getByLabel("Address").fill("http://llm.example.org");
  await dialog.getByLabel("Key to paste").fill(KEY);
  await expect(dialog.getByLabel(/Allow plain http/)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByText("This address is not encrypted")).toBeVisible();
  await expect(dialog.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByLabel("Address")).toBeFocused();
  await dialog.getByLabel(/Allow plain http/).check();
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByText("It works: 2 quotas found")).toBeVisible();
});

for (const [address, words] of [
  ["llm.example.org", "put https:// in front of it"],
  ["file:///etc/passwd", "Only https:// addresses work"],
  ["https://me:pw@llm.example.org", "Take the user name and password out"],
] as const) {
  test(`says what is wrong with ${address}`, async ({ startHost, open, page }) => {
    await open(await startHost(states.empty()), "settings", "#add");
    const dialog = await byHand(page.getByRole("dialog"));
    await dialog.getByLabel("Address").fill(address);
    await dialog.getByLabel("Key to paste").fill(KEY);
    await dialog.getByRole("button", { name: "Test", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText(words);
  });
}

test("never shows a saved key, and asks for it when the address moves to another host", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#source=team");
  const dialog = page.getByRole("dialog", { name: "Edit Team gateway" });
  await expect(dialog.getByLabel("Keep the saved one")).toBeChecked();
  await expect(dialog.locator("input[type=password]")).toHaveCount(0);
  host.answer({
    "sources.test": (draft) => {
      if (draft.key.type === "keep") throw new CallFailure("key-required");
      return { outcome: { type: "needs-key", reason: "env-not-set", detail: "OTHER_KEY" }, trace: [] };
    },
  });
  await dialog.getByLabel("Address").fill("https://elsewhere.example.org");
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByLabel("Key to paste")).toHaveValue("");
  await expect(dialog.getByRole("alert")).toContainText("A saved key is never sent to another address.");

  await dialog.getByLabel("Environment variable").check();
  await dialog.getByLabel("Name of the variable").fill("OTHER_KEY");
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByText("The environment variable is not set")).toBeVisible();
});

test("says at its own field which option is wrong, by the name that it has there", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.empty());
  const optionFields = [
    { name: "accountId", labelKey: "option.account-id.label", hintKey: "option.account-id.hint", placeholder: "" },
    {
      name: "balanceUnit",
      labelKey: "option.balance-unit.label",
      hintKey: "option.balance-unit.hint",
      placeholder: "credits",
      choices: ["credits", "usd-cents"],
    },
  ];
  host.answer({
    "sources.kinds": () => [
      {
        id: "neutral",
        name: "Neutral gateway",
        group: "gateway",
        defaultBaseUrl: null,
        otherBaseUrls: [],
        reads: "",
        keyNote: "",
        minIntervalSeconds: 60,
        optionFields,
      },
    ],
    "sources.test": () => {
      throw new CallFailure("invalid-options", "accountId: not an ID");
    },
  });
  await open(host, "settings", "#add");
  const dialog = await byHand(page.getByRole("dialog"));
  await expect(dialog.getByLabel("Unit of the balance").getByRole("option")).toHaveText(["Credits", "US cents"]);
  await dialog.getByLabel("Address", { exact: true }).fill("https://llm.example.org");
  await dialog.getByLabel("Key to paste").fill(KEY);
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText(["Not accepted: not an ID."]);
  await expect(dialog.getByLabel("Account ID")).toBeFocused();
  await expect(dialog.getByLabel("Unit of the balance")).not.toHaveAttribute("aria-invalid");

  host.answer({
    "sources.test": () => {
      throw new CallFailure("settings-not-saved", "the disk is full");
    },
  });
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "the disk is full" })).toBeFocused();
});

test("names the place of a key that is only referred to", async ({ startHost, open, page }) => {
  const app = states.typical(Date.now());
  const host = await startHost({
    ...app,
    configs: app.configs.map((config) => ({ ...config, credential: { type: "env" as const, name: "TEAM_KEY" } })),
  });
  await open(host, "settings", "#source=team");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Keep its place")).toBeChecked();
  await expect(dialog.getByText("It is read from the variable TEAM_KEY.")).toBeVisible();
});

test("saves a new name and an own interval of a known gateway without a test", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#source=team");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Our gateway");
  await dialog.getByText("For this gateway alone").click();
  await dialog.getByLabel("Interval").selectOption({ label: "every 15 min" });
  await dialog.getByLabel("Warn at other percentages than for all").check();
  await dialog.getByLabel("Another percentage").fill("50");
  await dialog.getByLabel("Another percentage").press("Enter");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Our gateway" })).toBeVisible();
  const config = host.state().configs.find(({ id }) => id === "team");
  expect(config).toMatchObject({ label: "Our gateway", intervalSeconds: 900, thresholds: [50, 20, 10, 5, 0] });
});

test("asks before it throws away what was entered", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings");
  await page.getByRole("button", { name: "Add a gateway" }).click();
  const dialog = await byHand(page.getByRole("dialog"));
  await dialog.getByLabel("Name", { exact: true }).fill("Half a gateway");
  await page.keyboard.press("Escape");
  await expect(page.getByText("Discard what you entered?")).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("Half a gateway");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add a gateway" })).toBeFocused();
});

test("removes a gateway, and brings it back", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings");
  const row = page.getByRole("listitem", { name: "Team gateway" });
  await row.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Team gateway was removed.")).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Just removed" })).toContainText("Team gateway");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Team gateway is back.")).toBeVisible();
  await expect(row).toBeVisible();
  await expect(page.getByRole("region", { name: "Just removed" })).toHaveCount(0);
});

test("moves gateways with the keyboard and keeps the focus", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings");
  await page.getByRole("button", { name: "Move Lab server up" }).press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Lab server moved to place 2 of 3." })).toBeAttached();
  await expect(page.getByRole("button", { name: "Move Lab server up" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("listitem", { name: "Lab server" }).getByRole("button", { name: "Move Lab server down" }),
  ).toBeFocused();
  expect(host.state().configs.map(({ id }) => id)).toEqual(["lab", "or", "team"]);
});

test("renames in place, mutes and pauses", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings");
  const row = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Move Team gateway up" }) });
  await row.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByLabel("New name")).toBeFocused();
  await page.keyboard.type("Crew");
  await page.keyboard.press("Enter");
  const renamed = page.getByRole("listitem", { name: "Crew" });
  await renamed.getByRole("button", { name: "Mute alerts" }).click();
  await expect(renamed.getByRole("button", { name: "Unmute alerts" })).toBeVisible();
  await renamed.getByRole("button", { name: "Pause" }).click();
  await expect(renamed.getByRole("button", { name: "Resume" })).toBeVisible();
  expect(host.state().configs.find(({ id }) => id === "team")).toMatchObject({
    label: "Crew",
    muted: true,
    paused: true,
  });
});

test("changes when to warn, how often to read and the theme", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#alerts");
  await page.getByLabel("Another percentage").fill("15");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Do not warn at 5%" }).click();
  await expect.poll(() => host.state().preferences.thresholds).toEqual([20, 15, 10, 0]);
  await page.getByLabel("Another percentage").fill("120");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("Enter a number from 0 to 99.");
  await page.getByRole("button", { name: "Send a test alert: This page" }).click();
  await expect(page.getByText("The page shows alerts as banners.")).toBeVisible();
  await page.getByRole("switch", { name: "Alerts", exact: true }).uncheck();
  await expect.poll(() => host.state().preferences.alertsEnabled).toBe(false);

  await page.getByRole("link", { name: "Polling" }).click();
  await page.getByLabel("Interval").selectOption({ label: "every 10 min" });
  await expect.poll(() => host.state().preferences.intervalSeconds).toBe(600);

  await page.getByRole("link", { name: "Appearance" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("body")).toHaveCSS("color", "rgb(231, 238, 243)");
  await page.getByRole("radio", { name: "Light" }).check();
  await expect(page.locator("body")).toHaveCSS("color", "rgb(13, 32, 48)");
});

test("reaches everything with the keyboard alone", async ({ startHost, open, page }) => {
  await open(await startHost(states.fine(Date.now())), "settings");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const wanted = await page.locator("a[href]:visible, button:enabled:visible, input:visible").count();
  const seen = new Set<string>();
  for (let step = 0; step < wanted + 5; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const outline = getComputedStyle(element).outlineStyle;
      const row = element.closest("li")?.textContent ?? "";
      return {
        name: `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent} ${row}`,
        outline,
      };
    });
    if (focused === null) continue;
    expect(focused.outline, focused.name).not.toBe("none");
    seen.add(focused.name);
  }
  expect(seen.size).toBe(wanted);
});

test("opens the form of the source that the host names", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#about");
  await expect(page.getByRole("heading", { level: 1, name: "About" })).toBeVisible();
  host.push("shell.showSource", { sourceId: "lab" });
  await expect(page.getByRole("dialog", { name: "Edit Lab server" })).toBeVisible();
});

test("explains what can be done when saving fails", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.save": () => {
      throw new CallFailure("key-not-saved");
    },
  });
  await open(host, "settings", "#add");
  const dialog = await byHand(page.getByRole("dialog"));
  await dialog.getByLabel("Address").fill("https://llm.example.org");
  await dialog.getByLabel("Key to paste").fill(KEY);
  await dialog.getByRole("button", { name: "Save anyway" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Unlock the system keyring and try again");
  await expect(dialog.getByLabel("Key to paste")).toHaveValue(KEY);
});
