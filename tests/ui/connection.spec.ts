import { states } from "./scripted-states.ts";
import { expect, test } from "./ui-test.ts";

test("trades the token in the fragment for a session and takes it out of the address", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover", "#token=abc-123");
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toBeVisible();
  expect(host.tokens).toEqual([JSON.stringify({ token: "abc-123" })]);
  expect(page.url()).toBe(`${host.url}/popover.html`);
});

test("says what to do when the link was used already", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  host.cut("refuse-session");
  await open(host, "popover", "#token=spent");
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await expect(page.getByText("Press Enter in the terminal where Plimsoll runs for a new link.")).toBeVisible();
  expect(page.url()).not.toContain("spent");
});

test("shows that the connection is lost, and resumes with what changed meanwhile", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await expect(page.getByRole("listitem", { name: "Lab server" })).toBeVisible();
  host.cut("refuse-connections");
  await expect(page.getByRole("alert")).toContainText("Connection to Plimsoll lost");
  await expect(page.getByRole("listitem", { name: "Lab server" })).toBeVisible();
  await page.getByRole("button", { name: "Refresh all" }).click();
  await expect(page.getByText("There is no connection to Plimsoll")).toBeVisible();

  host.change((app) => ({ ...app, sources: app.sources.filter(({ id }) => id !== "lab") }));
  host.accept();
  await expect(page.getByRole("alert")).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByRole("listitem", { name: "Lab server" })).toHaveCount(0);
});

test("explains itself when the host was restarted and knows the session no longer", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  await expect(page.getByRole("listitem", { name: "Lab server" })).toBeVisible();
  host.cut("refuse-session");
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("does not show what it cannot understand", async ({ startHost, open, page }) => {
  const host = await startHost({ ...states.typical(Date.now()), revision: Number.NaN });
  await open(host, "popover");
  await expect(page.getByRole("heading", { name: "Plimsoll's answer was not understood" })).toBeVisible();
});
