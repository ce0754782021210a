import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

const attachedTo = { face: "desktop", pid: 4711, lostSince: null } as const;

test("says that figures are not kept up while the Plimsoll that reads them is not reached", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "popover");
  const banner = page.getByRole("region", { name: "These figures are not kept up" });
  host.change((app) => ({ ...app, host: { ...app.host, attachedTo } }));
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toBeVisible();
  await expect(banner).toHaveCount(0);
  host.change((app) => ({ ...app, host: { ...app.host, attachedTo: { ...attachedTo, lostSince: Date.now() } } }));
  await expect(banner).toContainText("They come from the desktop app (process 4711), which has not been reached since");
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
    await page.screenshot({ path: test.info().outputPath(`lost-${colorScheme}.png`) });
  }
  // This face took over: it is its own host from now on.
  host.change(({ host: { attachedTo: _, ...own }, ...app }) => ({ ...app, host: own }));
  await expect(banner).toHaveCount(0);
});

test("says in the settings which Plimsoll does the work", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(Date.now()));
  await open(host, "settings", "#about");
  await expect(page.getByText("Attached to")).toHaveCount(0);
  host.change((app) => ({ ...app, host: { ...app.host, attachedTo } }));
  await expect(page.getByText("the desktop app (process 4711), which reads the quotas")).toBeVisible();
  await expectAccessible(page);
});

test("follows a change of hosts, after which revisions begin anew", async ({ startHost, open, page }) => {
  const host = await startHost({ ...states.typical(Date.now()), revision: 500 });
  await open(host, "popover");
  await expect(page.getByRole("listitem", { name: "Lab server" })).toBeVisible();
  const { sources } = host.state();
  const order = sources.flatMap(({ id }) => (id === "lab" ? [] : [id]));
  host.push("state.changed", { base: 500, revision: 2, sources: sources.filter(({ id }) => id !== "lab"), order });
  await expect(page.getByRole("listitem", { name: "Lab server" })).toHaveCount(0);
  await expect(page.getByRole("listitem", { name: "Team gateway" })).toBeVisible();
});
