import type { Locator, Page } from "@playwright/test";
import { candidate, probed } from "./scripted-probe.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

test.use({ viewport: { width: 760, height: 720 } });

const KEY = "sk-very-secret-0123456789";
const ADDRESS = "Paste an address, a curl command or a config snippet";

const addressOf = (dialog: Locator) => dialog.getByLabel(ADDRESS);
const outcomeOf = (dialog: Locator) => dialog.getByRole("region", { name: "What answers there" });
const find = (dialog: Locator) => dialog.getByRole("button", { name: "Find out" }).click();

/** Pastes as the browser does: through the clipboard's own event. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData("text", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function filled(page: Page, address = "https://llm.example.org/v1"): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "Add a gateway" });
  await addressOf(dialog).fill(address);
  await dialog.getByLabel("Key to paste").fill(KEY);
  return dialog;
}

test("takes a curl command apart", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = page.getByRole("dialog");
  await paste(addressOf(dialog), `curl https://llm.example.org/v1/models \\\n  -H "Authorization: Bearer ${KEY}"`);
  await expect(addressOf(dialog)).toHaveValue("https://llm.example.org/v1/models");
  await expect(dialog.getByLabel("Key to paste")).toHaveValue(KEY);
  await expect(dialog.getByText("Address and key were taken from what you pasted.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(outcomeOf(dialog)).toContainText("LiteLLM");

  await addressOf(dialog).fill("https://other.example.org");
  await expect(outcomeOf(dialog)).toHaveCount(0);
  await expect(dialog.getByRole("button", { name: "Find out" })).toBeEnabled();
});

test("takes the name of a variable from a configuration", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = page.getByRole("dialog");
  await paste(
    addressOf(dialog),
    '{ "options": { "baseURL": "https://llm.example.org/v1", "apiKey": "{env:TEAM_KEY}" } }',
  );
  await expect(dialog.getByLabel("Name of the variable")).toHaveValue("TEAM_KEY");
  await expect(dialog.getByText("The key is read from the variable TEAM_KEY.")).toBeVisible();
});

test("names what cannot be used of a pasted text, and keeps it out of the page", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = page.getByRole("dialog");
  await paste(addressOf(dialog), "curl -u me:hunter2 https://llm.example.org");
  await expect(dialog.getByRole("alert")).toContainText("A user name with a password cannot be used.");
  await expect(addressOf(dialog)).toHaveValue("");
  expect(await page.content()).not.toContain("hunter2");
});

test("asks for a yes to plain http before it sends anything", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = await filled(page, "http://llm.example.org");
  await find(dialog);
  await expect(dialog.getByText("This address is not encrypted")).toBeVisible();
  await dialog.getByLabel(/Allow plain http/).check();
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("It works: 2 quotas found");
});

test("asks again for a yes to plain http at another host, and not at https", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = await filled(page, "http://llm.example.org");
  await find(dialog);
  const consent = dialog.getByLabel(/Allow plain http/);
  await consent.check();
  await addressOf(dialog).fill("http://llm.example.org/v1");
  await expect(consent).toBeChecked();
  await addressOf(dialog).fill("https://llm.example.org");
  await expect(consent).toHaveCount(0);
  await addressOf(dialog).fill("http://llm.example.org");
  await expect(consent).not.toBeChecked();
  await addressOf(dialog).fill("http://other.example.org");
  await expect(consent).toHaveCount(0);
  await find(dialog);
  await expect(addressOf(dialog)).toBeFocused();
  await expect(consent).not.toBeChecked();
});

test("says why a host that is known cannot be reached", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.probe": () =>
      probed({
        outcome: "unreachable",
        reason: { code: "unreachable", detail: "connection refused" },
        candidates: [candidate({ knownBy: "host", reading: null, version: null })],
      }),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("It cannot be reached");
  await expect(outcomeOf(dialog)).toContainText("connection refused");
  await expect(outcomeOf(dialog)).toBeFocused();
});

test("takes whoever gave a key alone to the address", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.probe": () =>
      probed({
        outcome: "nothing",
        reason: { code: "address-needed", detail: null },
        candidates: [],
        trace: [],
      }),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page, "");
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("An address is needed, too");
  await expect(addressOf(dialog)).toBeFocused();
});

test("takes no key with the address of another, and keeps none of an earlier text", async ({
  startHost,
  open,
  page,
}) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = page.getByRole("dialog");
  await paste(addressOf(dialog), `curl https://a.example.org/v1 -H "Authorization: Bearer ${KEY}"`);
  await expect(dialog.getByLabel("Key to paste")).toHaveValue(KEY);
  await paste(
    addressOf(dialog),
    `{"openai": {"apiKey": "${KEY}"}, "lmstudio": {"baseURL": "https://b.example.org/v1"}}`,
  );
  await expect(addressOf(dialog)).toHaveValue("https://b.example.org/v1");
  await expect(dialog.getByLabel("Key to paste")).toHaveValue("");
  await expect(dialog.getByText("may be for another service and was not taken")).toBeVisible();
});
