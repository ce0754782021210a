import type { AlertLogEntry } from "../../app/alerts/alert-log.ts";
import { CallFailure } from "../../app/contract/host.ts";
import type { SinkConfig } from "../../app/settings/sink-settings.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

test.use({ viewport: { width: 760, height: 700 } });

const MINUTE = 60_000;
const SECRET_ADDRESS = "https://ntfy.example.org/a-topic-that-nobody-may-guess";

const phone: SinkConfig = {
  type: "webhook",
  id: "phone",
  label: "Phone",
  enabled: true,
  format: "ntfy",
  origin: "https://ntfy.example.org",
  address: { type: "vault" },
  hasToken: true,
};
const lamp: SinkConfig = {
  type: "command",
  id: "lamp",
  label: "Lamp",
  enabled: true,
  argv: ["/usr/local/bin/lamp", "--colour", "red"],
  timeoutSeconds: 10,
};

const withSinks = (...sinks: SinkConfig[]) => ({ ...states.typical(Date.now()), sinks });

/** A log of so many entries, a minute apart, newest first. */
function entries(count: number, now: number): AlertLogEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const at = now - (index + 1) * MINUTE;
    return {
      id: `e${index}`,
      at,
      alert: {
        id: `a${index}`,
        sourceId: "team",
        sourceLabel: `Gateway ${index + 1}`,
        meterId: "tokens",
        meterLabel: { key: "meter.tokens" },
        resetsAt: null,
        firedAt: at,
        demo: false,
        what: {
          type: "percent-left",
          threshold: 10,
          percentRemaining: 9,
          remaining: 90_000,
          unit: { kind: "tokens" },
        },
      },
      outcome:
        index === 0
          ? { type: "told", sinks: [{ sink: "phone", ok: false, detail: "HTTP 503" }] }
          : { type: "held-back", reason: "quiet-hours" },
    };
  });
}

test("snoozes and ends it with the keyboard alone; Escape closes the choices and nothing else", async ({
  startHost,
  open,
  page,
}) => {
  await page.setViewportSize({ width: 380, height: 560 });
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await page.getByRole("button", { name: "Details of Team gateway" }).focus();
  await page.keyboard.press("Enter");
  const snooze = page.getByRole("button", { name: "Snooze: Team gateway" });
  await snooze.focus();
  await page.keyboard.press("Enter");
  await expect(snooze).toHaveAttribute("aria-expanded", "true");
  const choices = page.getByRole("group", { name: "Snooze: Team gateway" });
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(choices.getByRole("button", { name: "For an hour" })).toBeFocused();

  await page.keyboard.press("Escape");
  await expect(choices).toBeHidden();
  await expect(snooze).toBeFocused();
  expect(host.state().snoozes).toEqual([]);
  await expect(page.getByRole("button", { name: "Mute the alerts of Team gateway" })).toBeVisible();

  await page.keyboard.press("Enter");
  for (const _ of ["hour", "reset", "tomorrow"]) await page.keyboard.press("Tab");
  await expect(choices.getByRole("button", { name: "Until tomorrow morning" })).toBeFocused();
  await page.keyboard.press("Enter");
  const end = page.getByRole("button", { name: "End the snooze of Team gateway" });
  // Where the choice was made, it can be taken back.
  await expect(end).toBeFocused();
  expect(host.calls.filter(({ name }) => name === "alerts.snooze").map(({ input }) => input)).toEqual([
    { sourceId: "team", meterId: null, until: "tomorrow" },
  ]);
  await page.keyboard.press("Enter");
  await expect(snooze).toBeFocused();
  expect(host.state().snoozes).toEqual([]);
});

test("mutes one quota of a gateway and leaves the others", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await page.getByRole("button", { name: "Details of Team gateway" }).click();
  await page.getByRole("checkbox", { name: "Warn of Spend" }).click();
  const adjusted = () => host.calls.filter(({ name }) => name === "sources.adjust").map(({ input }) => input);
  await expect
    .poll(adjusted)
    .toEqual([{ id: "team", meter: { id: "cost", settings: { muted: true, thresholds: null, alertRules: null } } }]);
});

test("a banner's alert is snoozed where it stands, and the banner goes", async ({ startHost, open, page }) => {
  const host = await startHost(states.alerts(Date.now()));
  await open(host, "popover");
  const banner = page.getByRole("region", { name: "University: used up" });
  await banner.getByRole("button", { name: /^Snooze/ }).click();
  await banner.getByRole("button", { name: "Until it resets" }).click();
  await expect(banner).toBeHidden();
  expect(host.calls.find(({ name }) => name === "alerts.snooze")?.input).toEqual({
    sourceId: "uni",
    meterId: "requests",
    until: "reset",
  });
});

test("adds a webhook, and never shows the saved address or token again", async ({ startHost, open, page }) => {
  const host = await startHost(withSinks());
  await open(host, "settings", "#alerts");
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const form = page.getByRole("dialog", { name: "A new webhook" });
  await form.getByLabel("Address", { exact: true }).fill(SECRET_ADDRESS);
  await form.getByLabel("Token", { exact: true }).fill("tk_secret");
  await form.getByLabel("Name").fill("Phone");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  expect(host.calls.find(({ name }) => name === "sinks.save")?.input).toEqual({
    id: null,
    label: "Phone",
    enabled: true,
    format: "ntfy",
    address: { type: "secret", url: SECRET_ADDRESS },
    token: { type: "secret", secret: "tk_secret" },
  });
  await expect(page.getByRole("listitem", { name: "Phone" })).toContainText("ntfy · https://ntfy.example.org");

  await page.getByRole("button", { name: "Edit Phone" }).click();
  const edit = page.getByRole("dialog", { name: "Edit the webhook" });
  await expect(edit.getByLabel("Its address")).toHaveValue("keep");
  expect(await page.content()).not.toContain("a-topic-that-nobody-may-guess");
  await edit.getByLabel("Its address").selectOption({ label: "Is typed in here" });
  await expect(edit.getByLabel("Address", { exact: true })).toHaveValue("");
  await edit.getByLabel("Its address").selectOption({ label: "Stays as it is (https://ntfy.example.org)" });
  await edit.getByLabel("Forget the saved token").check();
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit).toBeHidden();
  expect(host.calls.findLast(({ name }) => name === "sinks.save")?.input).toMatchObject({
    address: { type: "keep" },
    token: { type: "none" },
  });
});

test("names in the form why an address was refused, and keeps what was typed", async ({ startHost, open, page }) => {
  const host = await startHost(withSinks(phone));
  await open(host, "settings", "#alerts");
  await page.getByRole("button", { name: "Add a webhook" }).click();
  const form = page.getByRole("dialog", { name: "A new webhook" });
  const refuse = (...refusal: ConstructorParameters<typeof CallFailure>) =>
    host.answer({
      "sinks.save": () => {
        throw new CallFailure(...refusal);
      },
    });
  refuse("invalid-address", "no-topic");
  const address = form.getByLabel("Address", { exact: true });
  await address.fill("https://ntfy.example.org");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("An ntfy address ends in its topic");
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await expect(address).toHaveValue("https://ntfy.example.org");
  await expectAccessible(page);

  refuse("invalid-address", "plain-http-webhook");
  await address.fill("http://ntfy.example.org/topic");
  await expect(form.getByRole("alert")).toHaveCount(0);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("plain http on another computer");

  refuse("invalid-address", "env-not-set");
  await form.getByLabel("Its address").selectOption({ label: "Is in an environment variable" });
  await form.getByLabel("Name of the variable").fill("OPS_HOOK");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("This variable is not set where Plimsoll runs");
  await form.getByRole("button", { name: "Cancel" }).click();

  // Where nothing was typed there is no field to tell it at, and it is told all the same.
  refuse("key-not-saved");
  await page.getByRole("button", { name: "Edit Phone" }).click();
  const edit = page.getByRole("dialog", { name: "Edit the webhook" });
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByRole("alert")).toContainText("Unlock the system keyring");
  refuse("invalid-address", "no-topic");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByRole("alert")).toContainText("An ntfy address ends in its topic");
});

test("sends a test to each place and says what came of it", async ({ startHost, open, page }) => {
  const host = await startHost(withSinks(phone, lamp));
  await open(host, "settings", "#alerts");
  const place = (name: string) => page.getByRole("listitem", { name, exact: true });
  const send = (name: string) => page.getByRole("button", { name: `Send a test alert: ${name}` }).click();
  await send("Phone");
  await expect(place("Phone").getByRole("status")).toHaveText("The test arrived.");
  host.answer({ "alerts.testSink": () => ({ ok: false, detail: "HTTP 410" }) });
  await send("Phone");
  await expect(place("Phone").getByRole("status")).toHaveText("The test did not arrive: HTTP 410.");
  host.answer({ "alerts.testSink": () => ({ ok: false, detail: null }) });
  await send("Lamp");
  await expect(place("Lamp").getByRole("status")).toHaveText("The test did not arrive.");
  // What runs on this computer is not a page's to choose.
  await expect(page.getByRole("button", { name: "Edit Lamp" })).toHaveCount(0);
  await page.getByRole("switch", { name: "Use Lamp" }).uncheck();
  await page.getByRole("button", { name: "Remove Phone" }).click();
  await expect(place("Phone")).toHaveCount(0);
  expect(host.state().sinks).toEqual([{ ...lamp, enabled: false }]);
});

test("sets amounts and rules, and takes an amount for one number only", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#alerts");
  const rules = () => host.state().preferences.alertRules;
  const add = page.getByRole("button", { name: "Add this amount" });
  const amount = page.getByLabel("Amount of money");
  await expect(add).toBeDisabled();
  for (const unclear of ["1,000", "-5", "five", "0"]) {
    await amount.fill(unclear);
    await expect(add).toBeDisabled();
  }
  await amount.fill("5");
  await amount.press("Enter");
  await expect.poll(() => rules().amountsLeft).toEqual([{ currency: "USD", below: 5 }]);
  await expect(amount).toHaveValue("");
  await page.getByLabel("Currency").selectOption("EUR");
  await amount.fill("12,50");
  await add.click();
  await expect
    .poll(() => rules().amountsLeft)
    .toEqual([
      { currency: "EUR", below: 12.5 },
      { currency: "USD", below: 5 },
    ]);
  await page.getByRole("button", { name: "No longer warn below $5.00" }).click();
  await expect.poll(() => rules().amountsLeft).toEqual([{ currency: "EUR", below: 12.5 }]);

  await page.getByRole("combobox", { name: /^a gateway has given no figures/ }).selectOption({ label: "30 minutes" });
  await page.getByRole("checkbox", { name: /^a balance lasts/ }).uncheck();
  await page.getByRole("checkbox", { name: "a quota will not last until its reset" }).uncheck();
  await expect.poll(rules).toMatchObject({ runwayDays: null, beforeReset: false, failingMinutes: 30, quotaBack: true });
  await expect(page.getByRole("combobox", { name: /^a balance lasts/ })).toHaveCount(0);
});

test("reads the log page by page, and keeps what is open when something is added", async ({
  startHost,
  open,
  page,
}) => {
  const now = Date.now();
  const host = await startHost(withSinks(phone));
  let all = entries(45, now);
  host.answer({
    "alerts.log": ({ before, limit }) => {
      const older = all.filter(({ at }) => before === null || at < before);
      return { entries: older.slice(0, limit), complete: older.length <= limit };
    },
  });
  await open(host, "settings", "#alerts");
  const lines = page.getByRole("list", { name: "Alert log" }).getByRole("listitem");
  await expect(lines).toHaveCount(20);
  await expect(lines.first()).toContainText("Not told: Phone (HTTP 503)");
  await expect(lines.nth(1)).toContainText("Held back: quiet hours");
  const more = page.getByRole("button", { name: "Show older ones" });
  await more.click();
  await expect(lines).toHaveCount(40);
  const [added] = entries(1, now + 2 * MINUTE);
  all = [...(added === undefined ? [] : [{ ...added, id: "new" }]), ...all];
  host.push("alerts.logged", { at: now + MINUTE });
  // As many as were open, the new one among them.
  await expect(lines.nth(1)).toContainText("Not told: Phone (HTTP 503)");
  await expect(lines).toHaveCount(40);
  await more.click();
  await expect(lines).toHaveCount(46);
  await expect(more).toHaveCount(0);
  await expect(lines.last()).toContainText("Gateway 45");
  await expectAccessible(page);
});
