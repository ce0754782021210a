import type { Forecast } from "../../app/forecast/forecast.ts";
import { meter } from "./scripted-meters.ts";
import { failure, source, states } from "./scripted-states.ts";
import { expect, test } from "./ui-test.ts";

test.use({ viewport: { width: 380, height: 560 } });

test("shows what needs the eye first, in words as well as bars", async ({ startHost, open, page }) => {
  await open(await startHost(states.typical(Date.now())), "popover");
  const cards = page.getByRole("list", { name: "Sources, most urgent first" }).getByRole("heading", { level: 2 });
  await expect(cards).toHaveText(["Team gateway", "OpenRouter", "Lab server"]);

  const team = page.getByRole("listitem", { name: "Team gateway" });
  await expect(team).toContainText("Low");
  await expect(team).toContainText("8% left");
  await expect(team).toContainText("170K left of 2M tokens");
  await expect(team).toContainText("$27.60 left of $40.00");
  await expect(team).toContainText(/resets in 2 hr 1\d min/);
  await expect(team.getByRole("meter", { name: "Tokens" })).toHaveAttribute(
    "aria-valuetext",
    "170K left of 2M tokens. Your line is at 20%.",
  );

  const lab = page.getByRole("listitem", { name: "Lab server" });
  await expect(lab).toContainText("1.27M tokens used, no limit");
  await expect(lab).toContainText("not told");
  await expect(lab.getByRole("meter")).toHaveCount(0);
  await expect(lab).toContainText("Alerts muted");
  await expect(page.getByText("1 needs attention · updated 2 min ago")).toBeVisible();
  await expect(page).toHaveTitle("8% left – Plimsoll");
});

test("says of each failure what happened, what to do and when it tries again", async ({ startHost, open, page }) => {
  await open(await startHost(states.troubled(Date.now())), "popover");
  const broken = page.getByRole("listitem", { name: "Old gateway" });
  await expect(broken).toContainText("A web page came back instead of figures");
  await expect(broken).toContainText("HTTP 403: text/html instead of JSON");
  await expect(broken).toContainText("Open the address in a browser");
  await expect(broken).toContainText(/Next try in 1[34] min/);

  const stale = page.getByRole("listitem", { name: "Company proxy" });
  await expect(stale).toContainText("Not up to date");
  await expect(stale).toContainText("1.44M left of 2M tokens");
  await expect(stale).toContainText("Figures from 26 min ago");

  await expect(page.getByRole("listitem", { name: "Side project" })).toContainText("SIDE_PROJECT_KEY");
  await expect(page.getByRole("listitem", { name: "Night batch" })).toContainText(/was 72%.*waiting for new figures/);
  await expect(page.getByRole("listitem", { name: "Archive" })).toContainText("Not read while paused.");
});

test("says that two keys read one account, and counts its balance once", async ({ startHost, open, page }) => {
  await open(await startHost(states.secondKey(Date.now())), "popover");
  const second = page.getByRole("listitem", { name: "OpenRouter, work" });
  await expect(second).toContainText("Same account as OpenRouter; counted once.");
  await expect(page.getByRole("listitem", { name: "OpenRouter", exact: true })).not.toContainText("Same account");
  await expect(page.getByText("Prepaid in all: $100.30")).toBeVisible();
});

test("follows what the host tells, and leaves the other cards alone", async ({ startHost, open, page }) => {
  const now = Date.now();
  const host = await startHost(states.typical(now));
  await open(host, "popover");
  const other = page.getByRole("listitem", { name: "OpenRouter" });
  await expect(other).toBeVisible();
  await other.evaluate((card) => {
    const seen = { changes: 0 };
    new MutationObserver((records) => {
      seen.changes += records.length;
      card.setAttribute("data-changes", String(seen.changes));
    }).observe(card, { childList: true, characterData: true, subtree: true });
  });
  host.change((app) => ({
    ...app,
    sources: app.sources.map((state) =>
      state.id === "team"
        ? {
            ...state,
            reading: { meters: [meter("tokens", now, { remaining: 0, used: 2_000_000 })], account: null, notices: [] },
          }
        : state,
    ),
  }));
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toContainText("Used up");
  await expect(other).not.toHaveAttribute("data-changes");
});

test("asks for the whole state again when a change does not follow on what it has", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toBeVisible();
  host.push("state.changed", { base: 40, revision: 41, demo: "shown" });
  await expect.poll(() => host.calls.filter(({ name }) => name === "state.get").length).toBe(2);
  await expect(page.getByText("Demo figures")).toHaveCount(0);
});

test("refreshes all and one, and says when the figures are in", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await page.getByRole("button", { name: "Refresh all" }).click();
  await expect(page.getByRole("button", { name: "Reading new figures…" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Figures of 3 sources are up to date." })).toBeAttached();
  await page.getByRole("button", { name: "Refresh Lab server" }).click();
  await expect
    .poll(() => host.calls.filter(({ name }) => name === "sources.refresh").map(({ input }) => input))
    .toEqual([{ id: null }, { id: "lab" }]);
});

test("puts more than a few quotas behind a button", async ({ startHost, open, page }) => {
  await open(await startHost(states.extreme(Date.now())), "popover");
  const card = page.getByRole("listitem", { name: /^A gateway whose name/ });
  await expect(card.getByRole("meter")).toHaveCount(4);
  await card.getByRole("button", { name: "3 more quotas" }).click();
  await expect(card.getByRole("meter")).toHaveCount(7);
  await card.getByRole("button", { name: "Show fewer" }).click();
  await expect(card.getByRole("meter")).toHaveCount(4);
});

test("shows where the figures come from", async ({ startHost, open, page }) => {
  await open(await startHost(states.troubled(Date.now())), "popover");
  const card = page.getByRole("listitem", { name: "Old gateway" });
  await card.getByText("No figures yet").click();
  await expect(card.getByRole("list", { name: "Requests of the last reading" })).toContainText(
    "HTTP 403 · 240 ms · 18,233 bytes",
  );
  await expect(card).toContainText("https://llm.example.org/team");
  await expect(card.getByRole("link", { name: "Edit gateway…" })).toHaveAttribute(
    "href",
    "./settings.html#source=broken",
  );
});

test("says where a quota is heading, but not of figures that are old", async ({ startHost, open, page }) => {
  const now = Date.now();
  const heading: Forecast = {
    burnPerHour: 500_000,
    pace: 1.6,
    runsOutAt: now + 95 * 60_000,
    earliest: now + 70 * 60_000,
    latest: now + 130 * 60_000,
    beforeReset: true,
    runwayDays: null,
    verdict: "in-deficit",
  };
  const forecasts = { tokens: heading };
  const reading = { meters: [meter("tokens", now)], account: null, notices: [] };
  const watched = source("one", "Watched", now, { reading, forecasts, fetchedAt: now });
  const stale = source("two", "Stale", now, {
    reading,
    forecasts,
    fetchedAt: now,
    status: {
      state: "stale",
      since: now,
      failure: { cause: "timed-out", detail: null, status: null, retryAt: null },
    },
  });
  await open(await startHost({ ...states.empty(), demo: "none", sources: [watched, stale] }), "popover");
  const card = page.getByRole("listitem", { name: "Watched" });
  const line = card.getByText(/^Runs out about .+, .+ before its reset$/);
  await expect(line).toBeVisible();
  expect((await line.boundingBox())?.height).toBeLessThan(24);
  await card.getByRole("button", { name: "Updated" }).click();
  await expect(card.getByRole("definition").filter({ hasText: "In deficit" })).toHaveText(
    /^In deficit: runs out before its reset\. Used at 1\.6 times an even pace\. Runs out about .+ \(.+\)\. About 500K tokens per hour\. Estimated from the readings so far\.$/,
  );
  const old = page.getByRole("listitem", { name: "Stale" });
  await old.getByRole("button", { name: "Figures from" }).click();
  await expect(old).not.toContainText("Runs out");
  await expect(old).not.toContainText("In deficit");
});

test("marks the demo and lets it be hidden", async ({ startHost, open, page }) => {
  const host = await startHost(states.demo(Date.now()));
  await open(host, "popover");
  await expect(page.getByText("Demo figures")).toBeVisible();
  await expect(page.getByRole("link", { name: "Add your gateway" })).toHaveAttribute("href", "./settings.html#add");
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toContainText("Demo");
  await page.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByRole("heading", { name: "No gateways yet" })).toBeVisible();
  await page.getByRole("button", { name: "Show the demo again" }).click();
  expect(host.calls.filter(({ name }) => name === "preferences.set").map(({ input }) => input)).toEqual([
    { demoHidden: true },
    { demoHidden: false },
  ]);
});

test("keeps alerts until they are dismissed", async ({ startHost, open, page }) => {
  const host = await startHost(states.alerts(Date.now()));
  await open(host, "popover");
  await expect(page.getByText("University: used up")).toBeVisible();
  await expect(page.getByText("Team gateway: 8% left")).toHaveCount(0);
  await page.getByRole("button", { name: "1 more alert" }).click();
  await expect(page.getByText("Team gateway: 8% left")).toBeVisible();
  await page.getByRole("button", { name: "Dismiss: University: used up" }).click();
  await expect(page.getByText("University: used up")).toHaveCount(0);
  expect(host.state().alerts.map(({ id }) => id)).toEqual(["a2"]);
});

test("says so when keys are kept for this session only and settings cannot be changed", async ({
  startHost,
  open,
  page,
}) => {
  await open(await startHost(states.warnings(Date.now())), "popover");
  await expect(page.getByRole("region", { name: "Keys are kept for this session only" })).toContainText(
    "Why: no Secret Service answers on the session bus.",
  );
  await expect(page.getByRole("region", { name: "Settings are read-only" })).toContainText(
    "Update Plimsoll to change them.",
  );
});

test("goes from card to card with the arrow keys", async ({ startHost, open, page }) => {
  await open(await startHost(states.many(Date.now())), "popover");
  await page.getByRole("button", { name: "Refresh Gateway 200", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[data-source='s198']")).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.locator("[data-source='s0']")).toBeFocused();
  await expect(page.locator("[data-source='s0']")).toBeInViewport();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("[data-source='s1']")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.locator("[data-source='s199']")).toBeFocused();
});

test("shows the source that a notification names", async ({ startHost, open, page }) => {
  const host = await startHost(states.many(Date.now()));
  await open(host, "popover");
  await expect(page.getByText("Gateway 200", { exact: true })).toBeVisible();
  host.push("shell.showSource", { sourceId: "s3" });
  await expect(page.locator("[data-source='s3']")).toBeInViewport();
  await expect(page.locator("[data-source='s3']")).toBeFocused();
});

test("counts down by the minute while it is looked at", async ({ startHost, open, page }) => {
  const now = Date.UTC(2026, 0, 5, 12, 0, 30);
  await page.clock.install({ time: now });
  const resetsAt = now + 61 * 60_000 + 20_000;
  const window = { kind: "rolling", lengthMs: null, resetsAt, resetBasis: "reported" } as const;
  const state = source("one", "One", now, {
    reading: { meters: [meter("tokens", now, { window })], account: null, notices: [] },
    fetchedAt: now,
  });
  await open(await startHost({ ...states.empty(), demo: "none", sources: [state] }), "popover");
  await expect(page.getByText("resets in 1 hr 1 min")).toBeVisible();
  await expect(page.getByText("Updated just now", { exact: true })).toBeVisible();
  await page.clock.runFor(3 * 60_000);
  await expect(page.getByText("resets in 58 min")).toBeVisible();
  await expect(page.getByText("Updated 2 min ago", { exact: true })).toBeVisible();
});

test("tells what a call's failure means", async ({ startHost, open, page }) => {
  const host = await startHost(states.demo(Date.now()));
  await open(host, "popover");
  host.answer({
    "preferences.set": () => {
      throw new Error("a bug");
    },
  });
  await page.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Plimsoll made a mistake" })).toBeVisible();
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(page.getByText("Plimsoll made a mistake")).toHaveCount(0);
});

test("offers the settings where they mend the cause, and not for a network that is down", async ({
  startHost,
  open,
  page,
}) => {
  const now = Date.now();
  const refused = source("refused", "Refused", now, {
    status: { state: "failed", failure: failure("key-refused", { status: 401 }), since: now },
    reading: null,
  });
  const down = source("down", "Down", now, {
    status: { state: "failed", failure: failure("unreachable"), since: now },
    reading: null,
  });
  await open(await startHost({ ...states.empty(), demo: "none", sources: [refused, down] }), "popover");
  await expect(
    page.getByRole("listitem", { name: "Refused" }).getByRole("link", { name: "Edit gateway…" }),
  ).toBeVisible();
  await expect(page.getByRole("listitem", { name: "Down" }).getByRole("link", { name: "Edit gateway…" })).toBeHidden();
});
