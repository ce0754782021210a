import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import Papa from "papaparse";
import * as z from "zod";
import { createHistoryStore, HISTORY_NAME } from "../../main/host/history/history-store.ts";
import { startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { seriesFor } from "../support/history-samples.ts";
import { card } from "./gateway-form.ts";
import { runCli } from "./plimsoll-cli.ts";
import { expect, type Product, signIn, test } from "./product-test.ts";

const KEY = "sk-e2e-history-0123456789abcdef";
/** To a spreadsheet it begins like a formula, and to CSV it holds what must be quoted. */
const LABEL = '=Lab "7", north';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP = 10 * MINUTE;

/**
 * Keeps three days of two meters, as a host would have: tokens that are reset each day at noon, with an hour in which nothing
 * changed and a night for which nobody looked, and a balance that is topped up once.
 */
async function keepHistory(profile: string, sourceId: string): Promise<void> {
  const end = Date.now() - 5 * MINUTE;
  const store = createHistoryStore({ directory: profile, logger: { log: () => undefined }, now: () => end });
  const source = { sourceLabel: LABEL, intervalMs: 5 * MINUTE };
  const tokens = seriesFor(sourceId, { ...source, meterId: "tokens", label: { key: "meter.tokens" } });
  const balance = seriesFor(sourceId, {
    ...source,
    meterId: "balance",
    label: { key: "meter.balance" },
    unit: { kind: "money", currency: "EUR" },
    windowKind: "balance",
  });
  let used = 0;
  let left = 20_000_000;
  for (let at = end - 3 * DAY; at <= end; at += STEP) {
    const ago = end - at;
    if (ago > 30 * HOUR && ago < 36 * HOUR) continue;
    const noon = Math.ceil((at - DAY / 2) / DAY) * DAY + DAY / 2;
    if (noon - at > DAY - STEP) used = 0;
    const rests = ago > 5 * HOUR && ago < 6 * HOUR;
    if (!rests) used += 3;
    left = ago < 10 * HOUR && ago >= 10 * HOUR - STEP ? left + 30_000_000 : left - 12_345;
    const where = { sourceId, at };
    store.record(tokens, { ...where, meterId: "tokens", used, limit: 1000, remaining: 1000 - used, resetsAt: noon });
    store.record(balance, { ...where, meterId: "balance", used: null, limit: null, remaining: left, resetsAt: null });
  }
  await store.close();
}

const exportSchema = z.object({
  schemaVersion: z.literal(1),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  resolution: z.string(),
  series: z.array(
    z.object({
      source: z.object({ id: z.string(), label: z.string() }),
      meter: z.object({ id: z.string(), label: z.string() }),
      unit: z.string(),
      currency: z.string().nullable(),
      points: z.array(
        z.object({
          from: z.iso.datetime(),
          at: z.iso.datetime(),
          remaining: z.number().nullable(),
          remainingMin: z.number().nullable(),
          remainingMax: z.number().nullable(),
          used: z.number().nullable(),
          limit: z.number().nullable(),
          percentLeft: z.number().nullable(),
        }),
      ),
      marks: z.array(z.object({ at: z.iso.datetime(), type: z.string(), gained: z.number().nullable() })),
    }),
  ),
});
type Exported = z.infer<typeof exportSchema>;

/** What a row says, whoever tells it: times in epoch milliseconds, money in its currency. */
interface Row {
  readonly meter: string;
  readonly from: number;
  readonly at: number;
  readonly remaining: number | null;
  readonly least: number | null;
  readonly most: number | null;
  readonly used: number | null;
  readonly limit: number | null;
}
interface Mark {
  readonly meter: string;
  readonly at: number;
  readonly type: string;
  readonly gained: number | null;
}
interface Told {
  readonly rows: readonly Row[];
  readonly marks: readonly Mark[];
}

const time = (iso: string): number => Date.parse(iso);

function toldByJson({ series }: Exported): Told {
  return {
    rows: series.flatMap(({ meter, points }) =>
      points.map(({ from, at, remaining, remainingMin: least, remainingMax: most, used, limit }) => ({
        ...{ meter: meter.id, from: time(from), at: time(at), remaining, least, most, used, limit },
      })),
    ),
    marks: series.flatMap(({ meter, marks }) => marks.map((mark) => ({ ...mark, meter: meter.id, at: time(mark.at) }))),
  };
}

function toldByCsv(text: string): Told & { readonly sources: ReadonlySet<string> } {
  const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  const lines = data.map((line) => {
    const cell = (name: string): string => line[name] ?? "no such column";
    const figure = (name: string): number | null => (cell(name) === "" ? null : Number(cell(name)));
    return { cell, figure, meter: cell("meter_id"), at: time(cell("at_utc")) };
  });
  return {
    sources: new Set(lines.map(({ cell }) => cell("source"))),
    rows: lines
      .filter(({ cell }) => cell("row") === "figures")
      .map(({ meter, at, cell, figure }) => ({
        ...{ meter, at, from: time(cell("from_utc")), remaining: figure("remaining") },
        ...{ least: figure("remaining_min"), most: figure("remaining_max") },
        ...{ used: figure("used"), limit: figure("limit") },
      })),
    marks: lines
      .filter(({ cell }) => cell("row") !== "figures")
      .map(({ meter, at, cell, figure }) => ({ meter, at, type: cell("row"), gained: figure("gained") })),
  };
}

const storedSchema = z.array(
  z.object({
    meter: z.string(),
    unit: z.string(),
    at: z.number(),
    until: z.number(),
    remaining: z.number().nullable(),
    least: z.number().nullable(),
    most: z.number().nullable(),
    used: z.number().nullable(),
    limit: z.number().nullable(),
  }),
);
const storedMarksSchema = z.array(
  z.object({
    meter: z.string(),
    unit: z.string(),
    at: z.number(),
    type: z.string(),
    gained: z.number().nullable(),
  }),
);

const SPANS = `
  SELECT meter_id AS meter, unit, at, until, remaining, remaining AS least, remaining AS most, used, "limit"
  FROM (SELECT * FROM samples UNION ALL SELECT until, series, at, remaining, used, "limit", resets_at FROM present)
  JOIN series ON series.id = series
  WHERE until >= ? AND at <= ? ORDER BY series.id, at`;
/** Hours as they were rolled up, and those of which the roll-up does not know all yet from the spans themselves. */
const HOURS = `
  WITH spans AS (SELECT * FROM samples UNION ALL SELECT until, series, at, remaining, used, "limit", resets_at FROM present),
  border AS (SELECT value - ${HOUR} AS at FROM facts WHERE name = 'rolled-until'),
  found AS (
    SELECT series, first_at AS at, last_at AS until, remaining, remaining_min AS least, remaining_max AS most, used, "limit"
    FROM hours, border WHERE hours.at < border.at
    UNION ALL
    SELECT DISTINCT series, min(spans.at) OVER hour, max(until) OVER hour, first_value(remaining) OVER newest,
      min(remaining) OVER hour, max(remaining) OVER hour, first_value(used) OVER newest, first_value("limit") OVER newest
    FROM spans, border WHERE spans.at >= border.at
    WINDOW hour AS (PARTITION BY series, spans.at / ${HOUR}), newest AS (hour ORDER BY until DESC)
  )
  SELECT meter_id AS meter, unit, at, until, remaining, least, most, used, "limit"
  FROM found JOIN series ON series.id = series WHERE until >= ? AND at <= ? ORDER BY series.id, at`;
const MARKS = `
  SELECT meter_id AS meter, unit, at, type, gained FROM marks JOIN series ON series.id = series
  WHERE at >= ? AND at <= ? ORDER BY series.id, at`;

/** What the database itself holds of the time that an export covers. */
function toldByDatabase(profile: string, { from, to, resolution }: Exported): Told {
  const db = new DatabaseSync(join(profile, HISTORY_NAME), { readOnly: true });
  try {
    const stored = storedSchema.parse(db.prepare(resolution === "raw" ? SPANS : HOURS).all(time(from), time(to)));
    const marks = storedMarksSchema.parse(db.prepare(MARKS).all(time(from), time(to)));
    return {
      rows: stored.flatMap(({ unit, until, ...found }) => {
        const major = inMajorUnits(unit);
        const row = {
          ...found,
          ...{ remaining: major(found.remaining), least: major(found.least), most: major(found.most) },
          ...{ used: major(found.used), limit: major(found.limit) },
        };
        if (resolution !== "raw") return [{ ...row, from: found.at, at: until }];
        // What held true for a while has a point at either end.
        const ends = until > found.at ? [found.at, until] : [found.at];
        return ends.map((at) => ({ ...row, from: at, at }));
      }),
      marks: marks.map(({ unit, ...mark }) => ({ ...mark, gained: inMajorUnits(unit)(mark.gained) })),
    };
  } finally {
    db.close();
  }
}

/** Money is stored in micros, and told in units of its currency. */
function inMajorUnits(unit: string): (value: number | null) => number | null {
  return (value) => (value === null || !unit.startsWith("money:") ? value : value / 1_000_000);
}

async function download(page: Page, name: "CSV" | "JSON"): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

async function withHistory(product: Product, page: Page) {
  const gateway = await startNeutralGateway(KEY);
  const environment = { ...product.environment, extra: { LAB_KEY: KEY } };
  const cli = (...args: readonly string[]) => runCli([...args, "--profile", product.profile], environment);
  const given = ["--kind", "neutral", "--url", gateway.origin, "--key-env", "LAB_KEY", "--label", LABEL];
  const added = await cli("source", "add", ...given, "--quota-path", "/quota");
  expect(added.stderr).toBe("");
  await keepHistory(product.profile, added.stdout.trim());
  const running = await product.serve({ environment });
  await signIn(page, running);
  // The one poll of the minutes that follow, so that nothing changes between two looks.
  await expect(card(page, LABEL).getByRole("meter", { name: "Tokens" })).toHaveAttribute("aria-valuenow", "90");
  await page.goto(`${running.origin}/settings.html#history`);
  await expect(page.getByRole("slider")).toHaveCount(2);
  return { gateway, cli };
}

for (const { range, name } of [
  { range: "day", name: "Day" },
  { range: "week", name: "Week" },
] as const) {
  test(`what is exported of a ${range} is what the database holds, on the page, in CSV, in JSON and in the terminal`, async ({
    product,
    page,
  }) => {
    const { gateway, cli } = await withHistory(product, page);
    try {
      await page.getByRole("radio", { name, exact: true }).check({ force: true });
      await expect(page.getByRole("slider")).toHaveCount(2);
      const json = await download(page, "JSON");
      const exported = exportSchema.parse(JSON.parse(json.text));
      expect(json.name).toBe(`plimsoll-history-${range}-${exported.to.slice(0, 10)}.json`);
      expect(exported.series.map(({ source, unit, currency }) => [source.label, unit, currency])).toEqual([
        [LABEL, "tokens", null],
        [LABEL, "money", "EUR"],
      ]);

      const held = toldByDatabase(product.profile, exported);
      expect(held.rows.length).toBeGreaterThan(range === "day" ? 250 : 130);
      expect(new Set(held.marks.map(({ type }) => type))).toEqual(new Set(["reset", "top-up"]));
      expect(toldByJson(exported)).toEqual(held);

      const csv = await download(page, "CSV");
      const { sources, ...told } = toldByCsv(csv.text);
      expect(csv.name).toBe(json.name.replace(".json", ".csv"));
      expect(told).toEqual(held);
      expect(sources).toEqual(new Set([`'${LABEL}`]));

      const terminal = await cli("history", "--json", "--range", range);
      expect(terminal.stderr).toBe("");
      // Each is of its own moment.
      expect(exportSchema.parse(JSON.parse(terminal.stdout)).series).toEqual(exported.series);

      await page.getByRole("button", { name: /Tokens as a table/ }).click();
      const used = page.getByRole("table").locator("td:nth-child(4)");
      const tokens = held.rows.filter(({ meter }) => meter === "tokens");
      await expect(used).toHaveText(tokens.toReversed().map((row) => `${row.used} tokens`));
    } finally {
      await gateway.close();
    }
  });
}
