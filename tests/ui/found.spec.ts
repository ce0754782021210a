import type { Page } from "@playwright/test";
import type { ProbeReply } from "../../app/contract/contract.ts";
import { CallFailure } from "../../app/contract/host.ts";
import type { FakeHost } from "./fake-host.ts";
import { discovery } from "./scripted-discovery.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, expectNoOverflow, test } from "./ui-test.ts";

test.use({ viewport: { width: 820, height: 640 } });

const row = (page: Page, name: string) => page.getByRole("listitem", { name, exact: true });
const callsOf = (host: FakeHost, name: string) => host.calls.filter((call) => call.name === name);
const look = (page: Page) => page.getByRole("button", { name: "Look for keys" }).click();

test("looks only when asked, and tells every place with what came of it", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({ "sources.discover": () => discovery });
  await open(host, "settings");
  await page.getByRole("link", { name: "On this computer" }).click();
  await expect(page.getByText("adds nothing without your yes")).toBeVisible();
  expect(callsOf(host, "sources.discover")).toEqual([]);
  await look(page);
  await expect(page.getByRole("list", { name: "Found keys" }).getByRole("heading")).toHaveText([
    "Harbour plan",
    "Beacon Code",
    "OpenRouter",
    "Gateway at llm.example.org",
    "Quay gateway",
    "Neutral gateway",
  ]);
  await expect(row(page, "Harbour plan")).toContainText("Harbour CLI · ~/.harbour/auth.json, at /tokens/access_token");
  await expect(row(page, "Harbour plan")).toContainText("Key found");
  await expect(row(page, "Beacon Code")).toContainText("Expired");
  await expect(row(page, "Beacon Code")).toContainText("Beacon renews its token when you next use it.");
  await expect(row(page, "OpenRouter")).toContainText("The same key: ~/.local/share/opencode/auth.json");
  await expect(row(page, "Neutral gateway")).toContainText("Added as “Team gateway”");
  await expect(row(page, "Neutral gateway").getByRole("button")).toHaveCount(0);
  await expect(page.getByText("Not JSON")).toBeHidden();
  await page.getByText("Where Plimsoll looked: 13 places").click();
  await expect(page.getByText("Not JSON")).toBeVisible();
  await expect(page.getByText("Holds a key for llm.example.org")).toBeVisible();
  expect(callsOf(host, "sources.discover")).toHaveLength(1);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect.poll(() => callsOf(host, "sources.discover")).toHaveLength(2);
  expect(callsOf(host, "sources.save")).toEqual([]);
});

test("adds a tool's file after a yes that names it, with the keyboard alone", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({ "sources.discover": () => discovery });
  await open(host, "settings", "#found");
  await look(page);
  const harbour = row(page, "Harbour plan");
  const add = harbour.getByRole("button", { name: "Add" });
  await add.press("Enter");
  await expect(harbour).toContainText(
    "Plimsoll will read ~/.harbour/auth.json at each poll. It never changes the file, renews its token or keeps a copy.",
  );
  await expect(add).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(harbour.getByText("It never changes the file")).toBeHidden();
  await expect(add).toBeFocused();
  expect(callsOf(host, "sources.save")).toEqual([]);

  await page.keyboard.press("Enter");
  await expect(harbour.getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Harbour plan is saved.")).toBeVisible();
  expect(callsOf(host, "sources.save").map(({ input }) => input)).toEqual([discovery.findings[0]?.draft]);
  await expect(harbour).toContainText("Already added");
  await expect(harbour).toContainText("Added as “Harbour plan”");
  await expect(harbour).toBeFocused();

  const made = host.state().configs.at(-1);
  host.change((app) => ({ ...app, configs: app.configs.filter((config) => config !== made) }));
  await expect(add).toBeVisible();
});

test("says why a finding was not saved, and keeps the question open", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({
    "sources.discover": () => discovery,
    "sources.save": () => {
      throw new CallFailure("settings-not-saved", "the disk is full");
    },
  });
  await open(host, "settings", "#found");
  await look(page);
  await row(page, "OpenRouter").getByRole("button", { name: "Add" }).click();
  await row(page, "OpenRouter").getByRole("button", { name: "Add" }).click();
  await expect(row(page, "OpenRouter").getByRole("alert")).toContainText("the disk is full");
  await expectAccessible(page);
});

test.describe("a gateway of one's own", () => {
  const candidate = (kind: string, kindName: string) => ({
    kind,
    kindName,
    likelihood: "likely" as const,
    knownBy: "answer" as const,
    version: null,
    keyRefused: false,
    baseUrl: "http://llm.example.org",
    otherAddress: false,
    options: { quotaPath: "/quota" },
    reading: null,
    failure: null,
  });
  const reply = (
    outcome: "found" | "ambiguous" | "nothing",
    candidates: ReturnType<typeof candidate>[],
  ): ProbeReply => ({
    type: "result",
    result: { outcome, reason: { code: "known-by-answer", detail: null }, candidates, trace: [] },
  });
  const gateway = (page: Page) => row(page, "Gateway at llm.example.org");

  async function begin(host: FakeHost, page: Page, answer: ProbeReply): Promise<void> {
    host.answer({ "sources.discover": () => discovery, "sources.probe": () => answer });
    await look(page);
    await gateway(page).getByRole("button", { name: "Add" }).click();
    await expect(gateway(page)).toContainText("The key goes to llm.example.org alone: now in up to 12 requests");
    expect(callsOf(host, "sources.probe")).toEqual([]);
    await expect(gateway(page).getByRole("button", { name: "Add" })).toBeDisabled();
    await expect(gateway(page).getByLabel(/Allow plain http/)).toBeFocused();
    await page.keyboard.press("Space");
    await gateway(page).getByRole("button", { name: "Add" }).click();
  }

  test("is asked what it is after a yes, and saved as that", async ({ startHost, open, page }) => {
    const host = await startHost(states.typical(Date.now()));
    await open(host, "settings", "#found");
    await begin(host, page, reply("found", [candidate("neutral", "Neutral gateway")]));
    await expect(page.getByText("llm.example.org is saved.")).toBeVisible();
    expect(callsOf(host, "sources.probe").map(({ input }) => input)).toEqual([
      { address: "http://llm.example.org/v1", key: { type: "env", name: "OPENAI_API_KEY" }, allowPlainHttp: true },
    ]);
    expect(callsOf(host, "sources.save")[0]?.input).toMatchObject({
      kind: "neutral",
      baseUrl: "http://llm.example.org",
      allowPlainHttp: true,
      options: { quotaPath: "/quota" },
      key: { type: "env", name: "OPENAI_API_KEY" },
    });
  });

  test("that refuses the key is told instead of saved", async ({ startHost, open, page }) => {
    const host = await startHost(states.typical(Date.now()));
    await open(host, "settings", "#found");
    await begin(host, page, reply("found", [{ ...candidate("litellm", "LiteLLM"), keyRefused: true }]));
    await expect(gateway(page).getByRole("alert")).toContainText(/^LiteLLM: .*refused the key/);
    expect(callsOf(host, "sources.save")).toEqual([]);
  });

  test("that could be several kinds lets one choose", async ({ startHost, open, page }) => {
    const host = await startHost(states.typical(Date.now()));
    await open(host, "settings", "#found");
    await begin(host, page, reply("ambiguous", [candidate("one", "One"), candidate("two", "Two")]));
    await gateway(page).getByLabel("It could be any of these").selectOption("Two");
    await gateway(page).getByRole("button", { name: "Add" }).click();
    await expect(gateway(page)).toContainText("Already added");
    expect(callsOf(host, "sources.save")[0]?.input).toMatchObject({ kind: "two" });
  });

  test("that is not known leads to the form", async ({ startHost, open, page }) => {
    const host = await startHost(states.typical(Date.now()));
    await open(host, "settings", "#found");
    await begin(host, page, reply("nothing", []));
    await expect(gateway(page).getByRole("alert")).toContainText("What runs there could not be told.");
    await gateway(page).getByRole("button", { name: "Add it by hand" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a gateway" });
    await expect(dialog.getByLabel("Address", { exact: true })).toHaveValue("http://llm.example.org/v1");
    await expect(dialog.getByLabel("Name", { exact: true })).toHaveValue("llm.example.org");
    await expect(dialog.getByLabel("Name of the variable")).toHaveValue("OPENAI_API_KEY");
    await expectAccessible(page);
    expect(callsOf(host, "sources.save")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a gateway" }).click();
    await expect(dialog.getByLabel("Paste an address, a curl command or a config snippet")).toHaveValue("");
  });
});

test("asks for an address where none is known", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({ "sources.discover": () => discovery });
  await open(host, "settings", "#found");
  await look(page);
  const quay = row(page, "Quay gateway");
  await quay.getByRole("button", { name: "Add" }).click();
  await expect(quay.getByLabel("Address")).toBeFocused();
  await expect(quay.getByRole("button", { name: "Add" })).toBeDisabled();
  await quay.getByLabel("Address").fill(" https://quay.example.org ");
  await page.keyboard.press("Enter");
  await expect(quay).toContainText("Already added");
  expect(callsOf(host, "sources.save")[0]?.input).toMatchObject({ kind: "quay", baseUrl: "https://quay.example.org" });
});

test("opens the form at the option that a kind needs, with the rest filled in", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  const base = discovery.findings[0];
  if (base === undefined) throw new Error("no finding");
  host.answer({
    "sources.discover": () => ({ findings: [{ ...base, needs: ["options"] }], places: [] }),
    "sources.kinds": () => [
      {
        id: "harbour",
        name: "Harbour plan",
        group: "provider",
        defaultBaseUrl: "https://harbour.example.com",
        otherBaseUrls: [],
        reads: "",
        keyNote: "",
        minIntervalSeconds: 60,
        optionFields: [
          {
            name: "teamId",
            labelKey: "option.team-id.label",
            hintKey: "option.team-id.hint",
            placeholder: "",
            required: true,
          },
        ],
      },
    ],
  });
  await open(host, "settings", "#found");
  await look(page);
  await row(page, "Harbour plan").getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: "Add it by hand" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Team ID (required)")).toBeFocused();
  await expect(dialog.getByLabel("Kind", { exact: true })).toHaveValue("harbour");
  await expect(dialog.getByLabel("File", { exact: true })).toHaveValue("~/.harbour/auth.json");
  await expect(dialog.getByLabel("Place in the file")).toHaveValue("/tokens/access_token");
  await expect(dialog.getByRole("button", { name: "Test", exact: true })).toBeDisabled();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await dialog.getByLabel("Team ID (required)").fill("team-1");
  await dialog.getByLabel("Place in the file").fill("tokens");
  host.answer({
    "sources.test": () => {
      throw new CallFailure("invalid-key", "bad-file-reference");
    },
  });
  await dialog.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dialog.getByLabel("Place in the file")).toBeFocused();
  await expect(dialog.getByRole("alert")).toHaveText(/A JSON pointer begins with a slash/);
  await expect(dialog.getByLabel("File", { exact: true })).not.toHaveAttribute("aria-invalid");
});

test("asks for the yes to plain http that an address by hand needs", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({
    "sources.discover": () => discovery,
    "sources.save": ({ allowPlainHttp }) => {
      if (!allowPlainHttp) throw new CallFailure("plain-http-needs-consent", "plain-http");
      return { id: "quay" };
    },
  });
  await open(host, "settings", "#found");
  await look(page);
  const quay = row(page, "Quay gateway");
  await quay.getByRole("button", { name: "Add" }).click();
  await expect(quay).toContainText("The key goes to the address below alone");
  await quay.getByLabel("Address").fill("http://quay.example.org");
  await quay.getByRole("button", { name: "Add" }).click();
  const consent = quay.getByLabel(/Allow plain http/);
  await consent.check();
  await quay.getByLabel("Address").fill("http://other.example.org");
  await expect(consent).not.toBeChecked();
  await consent.check();
  await quay.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("Quay gateway is saved.")).toBeVisible();
});

test("goes on reading at what was found", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.answer({ "sources.discover": () => discovery });
  await open(host, "settings", "#found");
  await page.getByRole("button", { name: "Look for keys" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Found keys" }).locator("..")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(row(page, "Harbour plan").getByRole("button", { name: "Add" })).toBeFocused();
});

test("says that nothing was found, and what did not work", async ({ startHost, open, page }) => {
  const host = await startHost(states.empty());
  host.answer({
    "sources.discover": () => {
      throw new CallFailure("internal");
    },
  });
  await open(host, "settings", "#found");
  await look(page);
  await expect(page.getByRole("alert")).toContainText("Plimsoll made a mistake");
  await expectAccessible(page);
  host.answer({ "sources.discover": () => ({ findings: [], places: discovery.places.slice(0, 2) }) });
  await look(page);
  await expect(page.getByRole("heading", { name: "No key found" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByText("Where Plimsoll looked: 2 places")).toBeVisible();
  await expectAccessible(page);
});

test("adds nothing to settings that cannot be changed", async ({ startHost, open, page }) => {
  const host = await startHost({ ...states.typical(Date.now()), settingsReadOnly: true });
  host.answer({ "sources.discover": () => discovery });
  await open(host, "settings", "#found");
  await look(page);
  for (const button of await page.getByRole("list", { name: "Found keys" }).getByRole("button").all()) {
    await expect(button).toBeDisabled();
  }
});

test("the form suggests the places of the kind, and a file brings its place along", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  const files = [
    { tool: "Harbour CLI", path: "~/.harbour/auth.json", pointer: "/tokens/access_token" },
    { tool: "Shipmate", path: "~/.shipmate/auth.json", pointer: "/harbour/key" },
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
        optionFields: [],
        known: { env: ["HARBOUR_KEY"], files },
      },
    ],
  });
  await open(host, "settings", "#source=team");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Environment variable" }).check();
  await expect(dialog.getByLabel("Name of the variable")).toHaveAttribute("placeholder", "HARBOUR_KEY");
  await dialog.getByRole("radio", { name: "In a file" }).check();
  const place = dialog.getByLabel("Place in the file");
  await dialog.getByLabel("File", { exact: true }).fill("~/.harbour/auth.json");
  await expect(place).toHaveValue("/tokens/access_token");
  await dialog.getByLabel("File", { exact: true }).fill("~/.shipmate/auth.json");
  await expect(place).toHaveValue("/harbour/key");
  await place.fill("/mine/key");
  await dialog.getByLabel("File", { exact: true }).fill("~/.harbour/auth.json");
  await expect(place).toHaveValue("/mine/key");
  await expectAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`in ${colorScheme}: axe finds nothing with everything open, and it fits 320 px`, async ({
    startHost,
    open,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    const host = await startHost(states.typical(Date.now()));
    host.answer({ "sources.discover": () => discovery });
    await open(host, "settings", "#found");
    await expect(page.getByRole("heading", { level: 1, name: "Found on this computer" })).toBeVisible();
    await expectAccessible(page);
    await look(page);
    for (const name of ["Harbour plan", "Gateway at llm.example.org", "Quay gateway"]) {
      await row(page, name).getByRole("button", { name: "Add" }).click();
    }
    await page.getByText("Where Plimsoll looked").click();
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoOverflow(page);
  });
}
