import type { BrowserContext, Page } from "@playwright/test";
import { NOW, sampleAlert } from "../support/sample-alerts.ts";
import type { FakeHost } from "./fake-host.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

const alert = (id: string) =>
  sampleAlert({ id, meterId: id, sourceId: "or", sourceLabel: "OpenRouter", resetsAt: null });

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
}

/** Keeps each notification that a page makes, and counts how often it asks to be allowed to; the browser does what it always does. */
async function watchNotifications(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const made: Notification[] = [];
    let asked = 0;
    Object.assign(window, { made, asked: () => asked });
    window.Notification = new Proxy(Notification, {
      construct(target, given) {
        const notification: Notification = Reflect.construct(target, given);
        made.push(notification);
        return notification;
      },
      get(target, property) {
        if (property === "requestPermission") asked += 1;
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  });
}

const shownIn = (page: Page): Promise<Shown[]> =>
  page.evaluate(() => {
    const made: Notification[] = Reflect.get(window, "made");
    return made.map(({ title, body, tag }) => ({ title, body, tag }));
  });
const askedIn = (page: Page): Promise<number> => page.evaluate(() => Reflect.get(window, "asked")());
const allow = (context: BrowserContext, host: FakeHost) =>
  context.grantPermissions(["notifications"], { origin: host.url });

/** Sends an alert and waits until the page has said it, which is when a notification was made, or not. */
async function raise(host: FakeHost, page: Page, ...ids: readonly [string, ...string[]]): Promise<void> {
  const [first, ...others] = ids;
  host.push("alerts.raised", { id: ids.join("+"), alerts: [alert(first), ...others.map(alert)] });
  await expect(page.getByRole("status").filter({ hasText: "OpenRouter" })).toBeAttached();
}

test.beforeEach(({ context }) => watchNotifications(context));

test("an alert is one notification over all tabs, and a click on it shows the source", async ({
  startHost,
  open,
  context,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await allow(context, host);
  const first = await open(host, "popover");
  const second = await context.newPage();
  await second.goto(`${host.url}/popover.html`);
  await second.getByRole("listitem", { name: "OpenRouter" }).waitFor();
  await raise(host, first, "one");
  const all = async () => [...(await shownIn(first)), ...(await shownIn(second))];
  await expect.poll(all).toEqual([{ title: "OpenRouter: 15% left", body: expect.stringContaining("20%"), tag: "one" }]);
  await raise(host, first, "two", "three");
  await expect.poll(async () => (await all()).length).toBe(2);
  expect((await all()).map(({ title }) => title)).toContain("OpenRouter: 2 limits low");

  const [shower, other] = (await shownIn(first)).length > 0 ? [first, second] : [second, first];
  await shower.evaluate(() => {
    const [notification]: Notification[] = Reflect.get(window, "made");
    notification?.dispatchEvent(new Event("click"));
  });
  await expect(shower.locator('[data-source="or"]')).toBeFocused();
  expect(await other.locator('[data-source="or"]').evaluate((node) => node === document.activeElement)).toBe(false);
});

test("a page that may not, or whose user does not want it, shows none and never asks", async ({
  startHost,
  open,
  context,
}) => {
  const host = await startHost(states.typical(Date.now()));
  const page = await open(host, "popover");
  await raise(host, page, "one");
  await allow(context, host);
  host.change((state) => ({ ...state, preferences: { ...state.preferences, browserNotifications: false } }));
  await raise(host, page, "two");
  // What comes after shows that what came before was gone through.
  host.change((state) => ({ ...state, preferences: { ...state.preferences, browserNotifications: true } }));
  await raise(host, page, "three");
  await expect.poll(() => shownIn(page)).toEqual([expect.objectContaining({ tag: "three" })]);
  expect(await askedIn(page)).toBe(0);
});

test.describe("in the settings", () => {
  test.use({ viewport: { width: 900, height: 700 } });

  test("it is allowed by a click, switched, and tested", async ({ startHost, open, context }) => {
    const host = await startHost(states.typical(Date.now()));
    const page = await open(host, "settings", "#alerts");
    const place = page.getByRole("listitem", { name: "This browser" });
    await expect(place).toContainText("It asks you once for each address");
    await expect(place.getByRole("switch")).toHaveCount(0);
    expect(await askedIn(page)).toBe(0);
    await place.scrollIntoViewIfNeeded();
    await page.screenshot({ path: test.info().outputPath("not-asked.png") });
    await place.getByRole("button", { name: "Allow…" }).click();
    expect(await askedIn(page)).toBe(1);

    // In the browser's own settings, or by its question.
    await allow(context, host);
    await expect(place.getByRole("switch", { name: "Use This browser" })).toBeChecked();
    await place.getByRole("button", { name: "Send a test alert: This browser" }).click();
    await expect(place.getByRole("status")).toContainText("The browser took it");
    expect(await shownIn(page)).toEqual([expect.objectContaining({ title: "Demo: Plimsoll: 9% left" })]);
    await expectAccessible(page);
    await page.screenshot({ path: test.info().outputPath("granted.png") });

    await place.getByRole("switch").click();
    await expect(place).toContainText("Switched off");
    expect(host.calls.at(-1)).toEqual({ name: "preferences.set", input: { browserNotifications: false } });
  });

  test("it says how to lift a block", async ({ startHost, open, page, context }) => {
    await context.addInitScript(() => Object.defineProperty(Notification, "permission", { value: "denied" }));
    await open(await startHost(states.typical(NOW)), "settings", "#alerts");
    const place = page.getByRole("listitem", { name: "This browser" });
    await expect(place).toContainText("Blocked: allow notifications for this address in the browser's settings");
    await expect(place.getByRole("button")).toHaveCount(0);
    await expect(place.getByRole("switch")).toHaveCount(0);
  });
});
