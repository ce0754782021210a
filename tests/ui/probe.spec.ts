import type { Locator, Page } from "@playwright/test";
import { sampleReading } from "./scripted-meters.ts";
import { candidate, probed } from "./scripted-probe.ts";
import { failure, states } from "./scripted-states.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "./ui-test.ts";

test.use({ viewport: { width: 760, height: 720 } });

const KEY = "sk-very-secret-0123456789";
const ADDRESS = "Paste an address, a curl command or a config snippet";

const addressOf = (dialog: Locator) => dialog.getByLabel(ADDRESS);
const outcomeOf = (dialog: Locator) => dialog.getByRole("region", { name: "What answers there" });
const find = (dialog: Locator) => dialog.getByRole("button", { name: "Find out" }).click();

async function filled(page: Page, address = "https://llm.example.org/v1"): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "Add a gateway" });
  await addressOf(dialog).fill(address);
  await dialog.getByLabel("Key to paste").fill(KEY);
  return dialog;
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("finds out what it is, shows what it tells, and saves it", async ({ startHost, open, page }) => {
      const host = await startHost(states.empty());
      await open(host, "settings", "#add");
      const dialog = page.getByRole("dialog", { name: "Add a gateway" });
      await expect(addressOf(dialog)).toBeFocused();
      await expect(dialog.getByRole("button", { name: "Find out" })).toBeDisabled();
      await expectAccessible(page);
      await filled(page);
      await find(dialog);

      const outcome = outcomeOf(dialog);
      await expect(outcome).toContainText("LiteLLM");
      await expect(outcome).toContainText("version 1.63.2");
      await expect(outcome).toContainText("certain · known by its answer");
      await expect(outcome).toContainText("Saved with the address https://llm.example.org");
      await expect(outcome).toContainText("It works: 2 quotas found");
      await expect(outcome.getByRole("meter", { name: "Tokens" })).toBeVisible();
      await expect(dialog.getByRole("status").filter({ hasText: "It is LiteLLM, certain." })).toBeAttached();
      await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
      await outcome.getByText("2 requests").click();
      await expect(outcome).toContainText("https://llm.example.org/key/info");
      await expectAccessible(page);

      await dialog.getByLabel("Name", { exact: true }).fill("Team gateway");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(page.getByText("Team gateway is saved.")).toBeVisible();
      expect(host.calls.filter(({ name }) => /^sources\.(probe|test|save)$/.test(name))).toEqual([
        {
          name: "sources.probe",
          input: { address: "https://llm.example.org/v1", key: { type: "secret", secret: KEY }, allowPlainHttp: false },
        },
        {
          name: "sources.save",
          input: {
            id: null,
            kind: "litellm",
            label: "Team gateway",
            baseUrl: "https://llm.example.org",
            allowPlainHttp: false,
            key: { type: "secret", secret: KEY },
            secrets: {},
            options: {},
          },
        },
      ]);
      expect(await page.content()).not.toContain(KEY);
    });

    test("says that a key is here already", async ({ startHost, open, page }) => {
      const host = await startHost(states.secondKey(Date.now()));
      const reading = { ...sampleReading(Date.now()), subjects: { key: "first-mark" } };
      host.answer({ "sources.probe": () => probed({ candidates: [candidate({ reading })] }) });
      await open(host, "settings", "#add");
      const dialog = await filled(page);
      await find(dialog);
      await expect(outcomeOf(dialog)).toContainText("This key is here already, as OpenRouter.");
      await expectAccessible(page);
      await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeEnabled();
    });

    test("offers a choice where several fit", async ({ startHost, open, page }) => {
      const host = await startHost(states.empty());
      host.answer({
        "sources.probe": () =>
          probed({
            outcome: "ambiguous",
            reason: { code: "several-kinds", detail: null },
            candidates: [
              candidate({ kind: "new-api", kindName: "new-api", likelihood: "likely", version: "v0.9.1" }),
              candidate({
                kind: "one-api",
                kindName: "one-api",
                likelihood: "likely",
                version: null,
                reading: null,
                failure: failure("not-found", { status: 404 }),
              }),
            ],
          }),
      });
      await open(host, "settings", "#add");
      const dialog = await filled(page);
      await find(dialog);
      const outcome = outcomeOf(dialog);
      const choice = outcome.getByRole("group", { name: /It could be one of these/ });
      await expect(choice.getByRole("radio").first()).toBeFocused();
      await expect(choice.getByRole("radio", { checked: true })).toHaveCount(0);
      await expect(dialog.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
      await expectAccessible(page);
      await page.keyboard.press("Space");
      await expect(outcome).toContainText("It works: 2 quotas found");
      await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeEnabled();
      await choice.getByRole("radio", { name: /one-api/ }).check();
      await expect(outcome).toContainText("There is no quota route at this address");
      await expect(dialog.getByRole("button", { name: "Save anyway" })).toBeVisible();
      await expectAccessible(page);
      await choice.getByRole("radio", { name: /new-api/ }).check();
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      expect(host.state().configs[0]).toMatchObject({ kind: "new-api" });
    });

    test("says why there is nothing", async ({ startHost, open, page }) => {
      const host = await startHost(states.empty());
      host.answer({
        "sources.probe": () =>
          probed({
            outcome: "nothing",
            reason: { code: "web-page", detail: null },
            candidates: [],
            trace: [
              {
                method: "GET",
                url: "https://llm.example.org/quota",
                status: 200,
                ms: 31,
                bytes: 9_120,
                problem: "challenge-page",
              },
            ],
          }),
      });
      await open(host, "settings", "#add");
      const dialog = await filled(page);
      await find(dialog);
      await expect(outcomeOf(dialog)).toContainText("A web page came back");
      await expect(outcomeOf(dialog)).toBeFocused();
      await outcomeOf(dialog).getByText("1 request").click();
      await expect(outcomeOf(dialog).getByText("HTTP 200 · 31 ms · 9,120 bytes")).toBeVisible();
      await expect(dialog.getByRole("button", { name: "Find out" })).toBeEnabled();
      await expect(dialog.getByRole("status").filter({ hasText: "A web page came back." })).toBeAttached();
      await expectAccessible(page);
    });

    test("sends the key to another address only after a yes", async ({ startHost, open, page }) => {
      const host = await startHost(states.empty());
      const proposed = candidate({
        kind: "requesty",
        kindName: "Requesty",
        knownBy: "host",
        version: null,
        baseUrl: "https://api-v2.requesty.ai",
      });
      host.answer({
        "sources.probe": ({ address }) =>
          address.startsWith("https://router.")
            ? probed({
                outcome: "needs-other-address",
                reason: { code: "other-address", detail: proposed.baseUrl },
                candidates: [{ ...proposed, otherAddress: true, reading: null }],
                trace: [],
              })
            : probed({ candidates: [proposed] }),
      });
      await open(host, "settings", "#add");
      const dialog = await filled(page, "https://router.requesty.ai/v1");
      await find(dialog);
      await expect(outcomeOf(dialog)).toContainText("Its quota is told at another address");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Use this address" }).click();
      await expect(addressOf(dialog)).toHaveValue("https://api-v2.requesty.ai");
      await expect(outcomeOf(dialog)).toContainText("It works: 2 quotas found");
    });
  });
}

test("keeps what was found and the name in sight, and the buttons on one line", async ({ startHost, open, page }) => {
  await page.setViewportSize({ width: 760, height: 560 });
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(dialog.getByLabel("Name", { exact: true })).toBeInViewport({ ratio: 1 });
  await expect(outcomeOf(dialog).getByText("LiteLLM")).toBeInViewport({ ratio: 1 });
  await expect(outcomeOf(dialog).getByRole("meter").first()).toBeInViewport({ ratio: 1 });

  const trace = [
    {
      method: "GET" as const,
      url: "https://llm.example.org/quota",
      status: 502,
      ms: 31,
      bytes: 48,
      problem: "server-error",
    },
  ];
  host.answer({
    "sources.probe": () => probed({ candidates: [candidate({ reading: null, failure: failure("server-error") })] }),
    "sources.test": () => ({ outcome: { type: "failure", failure: failure("server-error") }, trace }),
  });
  await addressOf(dialog).fill("https://other.example.org");
  await find(dialog);
  const footer = dialog.locator("footer");
  await expect(footer.getByRole("button", { name: "Save anyway" })).toBeVisible();
  const rows = () =>
    footer.getByRole("button").evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);
  expect(await rows()).toBe(1);

  await dialog.getByRole("button", { name: "Choose the kind yourself" }).click();
  await dialog.getByLabel("Key to paste").fill("sk-another");
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  const tested = dialog.getByRole("region", { name: "Outcome of the test" });
  await expect(tested).toBeFocused();
  await expect(tested).toBeInViewport({ ratio: 1 });
  expect(await rows()).toBe(1);
});

test("comes back to where one was from the question whether to leave", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = await filled(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog.getByLabel("Key to paste")).toBeFocused();
});

test("tests what the probe could not read", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({ "sources.probe": () => probed({ candidates: [candidate({ reading: null })] }) });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("It works: 2 quotas found");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(host.state().configs[0]).toMatchObject({ kind: "litellm", baseUrl: "https://llm.example.org" });
});

test("takes what was found along to the form for those who know better", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.probe": () => probed({ candidates: [candidate({ kind: "openrouter", kindName: "OpenRouter" })] }),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toBeVisible();
  await dialog.getByRole("button", { name: "Choose the kind yourself" }).click();
  await expect(dialog.getByLabel("Kind", { exact: true })).toHaveValue("openrouter");
  await expect(dialog.getByLabel("Address", { exact: true })).toHaveValue("https://llm.example.org");
  await expect(dialog.getByLabel("Key to paste")).toHaveValue(KEY);
  await dialog.getByRole("button", { name: "Let Plimsoll find out" }).click();
  await expect(addressOf(dialog)).toBeFocused();
});

test("leads to the fields that a known kind still needs", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.probe": () =>
      probed({
        candidates: [
          candidate({
            kind: "openrouter",
            kindName: "OpenRouter",
            reading: null,
            failure: failure("invalid-options", { detail: "teamId: not given" }),
          }),
        ],
      }),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("It needs more than an address and a key");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Fill in the rest" }).click();
  await expect(dialog.getByLabel("Kind", { exact: true })).toHaveValue("openrouter");
  await expect(dialog.getByLabel("Key to paste")).toHaveValue(KEY);
});

test("says which key a kind takes that refused this one", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.probe": () =>
      probed({
        candidates: [candidate({ kind: "openrouter", kindName: "OpenRouter", keyRefused: true, reading: null })],
      }),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toContainText("The service refused the key");
  await expect(outcomeOf(dialog)).toContainText("OpenRouter takes an inference key.");
  await expect(dialog.getByLabel("Key to paste")).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Find out" })).toBeEnabled();
  await expectAccessible(page);
});

test("forgets the answer to an address that was changed meanwhile", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  const answers: (() => void)[] = [];
  host.answer({
    "sources.probe": () => new Promise((resolve) => answers.push(() => resolve(probed()))),
  });
  await open(host, "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(dialog.getByText("Finding out what it is…").first()).toBeVisible();
  await addressOf(dialog).fill("https://other.example.org");
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.();
  await expect(dialog.getByRole("button", { name: "Find out" })).toBeEnabled();
  await expect(outcomeOf(dialog)).toHaveCount(0);
});

test("is reached in the order in which it is read", async ({ startHost, open, page }) => {
  await open(await startHost(states.empty()), "settings", "#add");
  const dialog = await filled(page);
  await find(dialog);
  await expect(dialog.getByLabel("Name", { exact: true })).toBeFocused();
  await addressOf(dialog).focus();
  const order: string[] = [];
  for (let step = 0; step < 7; step += 1) {
    await page.keyboard.press("Tab");
    order.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent;
        return (label ?? "").trim();
      }),
    );
  }
  expect(order).toEqual([
    "Paste it",
    "Key to paste",
    "Name",
    "2 requests",
    "Choose the kind yourself",
    "Cancel",
    "Save",
  ]);
});

test("fits 320 px", async ({ startHost, open, page }) => {
  await page.setViewportSize({ width: 320, height: 560 });
  const host = await startHost(states.empty());
  await open(host, "settings", "#add");
  const dialog = await filled(page, `https://${"very-long-name.".repeat(8)}example.org/v1`);
  await expectNoOverflow(page);
  await find(dialog);
  await expect(outcomeOf(dialog)).toBeVisible();
  await expectAccessible(page);
  const clipped = await dialog.evaluate((element) =>
    [...element.querySelectorAll("*")]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ className }) => String(className)),
  );
  expect(clipped.filter((name) => !/control|visually-hidden/.test(name))).toEqual([]);
});
