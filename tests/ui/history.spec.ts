import { readFile } from "node:fs/promises";
import { scriptedSeries, scriptedView } from "./scripted-history.ts";
import { states } from "./scripted-states.ts";
import { expect, expectAccessible, test } from "./ui-test.ts";

// Traces of axe at work are large and slow, and what it finds is in the message.
test.use({ viewport: { width: 860, height: 700 }, trace: "off" });

const NOW = Date.parse("2026-11-20T12:00:00Z");

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("axe finds nothing in charts, tables and empty pages", async ({ startHost, open, page }) => {
      const host = await startHost(states.typical(NOW));
      await open(host, "settings", "#history");
      const chart = page.getByRole("slider").first();
      await expect(chart).toBeVisible();
      await chart.focus();
      await page.keyboard.press("ArrowLeft");
      await page
        .getByRole("button", { name: /as a table/ })
        .first()
        .click();
      await expect(page.getByRole("table")).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectAccessible(page);
      host.answer({ "history.view": ({ range }) => ({ ...scriptedView(range, [], NOW), series: [] }) });
      await page.getByRole("radio", { name: "Day", exact: true }).check({ force: true });
      await expect(page.getByRole("heading", { name: "Nothing yet" })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test("arrow keys read the chart out point by point, and the table says the same", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(NOW));
  const series = scriptedSeries({ id: "team", label: "Team gateway" }, "tokens", "week", NOW);
  host.answer({ "history.view": () => ({ ...scriptedView("week", [], NOW), series: [series] }) });
  await open(host, "settings", "#history");
  const chart = page.getByRole("slider", { name: /^Team gateway, Tokens over time/ });
  await chart.focus();
  const readOut = () => chart.getAttribute("aria-valuetext");
  const last = await readOut();
  await page.keyboard.press("Home");
  const first = await readOut();
  expect(first).toBe("Fri, Nov 13, 1:00 PM UTC · 98% left · 1.98M left of 2M tokens · 24,000 used");
  await page.keyboard.press("PageUp");
  expect(await readOut()).toContain("Fri, Nov 13, 11:00 PM UTC");
  await page.keyboard.press("End");
  expect(await readOut()).toBe(last);
  await page.keyboard.press("ArrowLeft");
  expect(await readOut()).not.toBe(last);

  await page.getByRole("button", { name: /as a table/ }).click();
  const rows = page.getByRole("table").getByRole("row");
  // A row for each point and each mark, and the heads.
  await expect(rows).toHaveCount(series.points.length + series.marks.length + 1);
  const texts = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const told = texts
    .slice(1)
    .toReversed()
    .filter((cells) => cells.length === 5)
    .map((cells) => cells.map((text) => text?.replace(" tokens", "")))
    .map(
      ([time, share, left, used, limit]) => `${time} · ${share} left · ${left} left of ${limit} tokens · ${used} used`,
    );
  expect(told).toHaveLength(series.points.length);
  await chart.focus();
  await page.keyboard.press("Home");
  for (const row of told.slice(0, 60)) {
    // What came to pass since the point before stands behind the figures.
    expect((await readOut())?.replace(/ · Reset$/, "")).toBe(row);
    await page.keyboard.press("ArrowRight");
  }
  expect(texts.filter((cells) => cells.length === 2).map(([, mark]) => mark)).toEqual(series.marks.map(() => "Reset"));
});

test("of fifty meters only those near to what is seen are drawn, and each is when it is come to", async ({
  startHost,
  open,
  page,
}) => {
  const host = await startHost(states.typical(NOW));
  const series = Array.from({ length: 50 }, (_, index) =>
    scriptedSeries({ id: `s${index}`, label: `Gateway ${index + 1}` }, "tokens", "quarter", NOW),
  );
  host.answer({ "history.view": () => ({ ...scriptedView("quarter", [], NOW), series }) });
  await open(host, "settings", "#history");
  const charts = page.getByRole("slider");
  await expect(charts).toHaveCount(50);
  const drawing = page.getByRole("slider").locator("svg");
  await expect(charts.first().locator("svg")).toBeVisible();
  expect(await drawing.count()).toBeLessThan(12);
  // What is not drawn can be read out all the same.
  await expect(charts.last()).toHaveAttribute("aria-valuetext", /% left · /);
  await charts.last().focus();
  await expect(charts.last().locator("svg")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(charts.last()).toHaveAttribute("aria-valuenow", "0");
  expect(await drawing.count()).toBeLessThan(24);
});

test("nothing is cut off on a narrow page", async ({ startHost, open, page }) => {
  await page.setViewportSize({ width: 400, height: 700 });
  await open(await startHost(states.typical(NOW)), "settings", "#history");
  for (const card of await page.getByRole("list", { name: "History" }).getByRole("listitem").all()) {
    await card.scrollIntoViewIfNeeded();
    await card.getByRole("button", { name: /as a table/ }).click();
    const widths = await card.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  }
});

test("the pointer reads out what lies below it", async ({ startHost, open, page }) => {
  await open(await startHost(states.typical(NOW)), "settings", "#history");
  const chart = page.getByRole("slider").first();
  const box = await chart.boundingBox();
  if (box === null) throw new Error("no chart");
  const atEnd = await chart.getAttribute("aria-valuetext");
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
  await expect(chart).not.toHaveAttribute("aria-valuetext", atEnd ?? "");
  await page.mouse.move(box.x - 20, box.y - 20);
  await expect(chart).toHaveAttribute("aria-valuetext", atEnd ?? "");
});

test("shows what is asked for: a source by its address, a group, a range", async ({ startHost, open, page }) => {
  const app = states.typical(NOW);
  const host = await startHost({
    ...app,
    configs: app.configs.map((config) => ({ ...config, group: config.id === "or" ? "Work" : null })),
  });
  await open(host, "settings", "#history=or");
  await expect(page.getByRole("slider", { name: /^OpenRouter, Balance/ })).toBeVisible();
  await expect(page.getByRole("slider")).toHaveCount(1);
  await page.getByLabel("Of what").selectOption({ label: "All gateways" });
  await expect(page.getByRole("slider")).toHaveCount(2);
  await page.getByLabel("Of what").selectOption({ label: "Work" });
  await expect(page.getByRole("slider")).toHaveCount(1);
  await page.getByRole("radio", { name: "90 days" }).check({ force: true });
  await expect
    .poll(() => host.calls.filter(({ name }) => name === "history.view").at(-1)?.input)
    .toEqual({ sourceIds: ["or"], range: "quarter" });
});

test("exports what is shown", async ({ startHost, open, page }) => {
  await open(await startHost(states.typical(NOW)), "settings", "#history");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("plimsoll-history.csv");
  expect(await readFile(await download.path(), "utf8")).toBe("time\r\n");
});

test("says why no history is kept, and what to do", async ({ startHost, open, page }) => {
  const host = await startHost(states.typical(NOW));
  host.answer({
    "history.status": () => ({ kind: "off", reason: "no-sqlite", detail: null }),
    "history.view": ({ range }) => ({ ...scriptedView(range, [], NOW), series: [] }),
  });
  await open(host, "settings", "#history");
  await expect(page.getByRole("heading", { name: "No history is kept" })).toBeVisible();
  await expect(page.getByText("Run Plimsoll with Node.js 22.13 or newer.")).toBeVisible();
  await expect(page.getByRole("button", { name: "CSV" })).toBeDisabled();
});
