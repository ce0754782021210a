import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { SeriesDescription } from "../../app/history/sample.ts";
import type { HistoryPoint, HistorySeries, HistoryView } from "../../app/history/series.ts";
import type { HistoryStore } from "../../app/ports.ts";
import { createFormats } from "../../app/wording/formats.ts";
import { createTranslator } from "../../app/wording/translate.ts";
import { sampleFor, seriesFor } from "../../tests/support/history-samples.ts";
import { createHistoryStore } from "../host/history/history-store.ts";
import { historySparkline } from "./history-sparkline.ts";
import { historyTable } from "./history-table.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ENTRY = join(import.meta.dirname, "plimsoll.ts");
const PATIENCE_MS = 60_000;

let root: string;
let store: HistoryStore;
let now: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-history-cli-"));
  now = Date.now();
  store = createHistoryStore({ directory: root, logger: { log: () => undefined } });
});
afterEach(async () => {
  await store.close();
  rmSync(root, { recursive: true, force: true });
});

function plimsoll(args: readonly string[], env: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    execFile(
      process.execPath,
      [ENTRY, "history", ...args, "--profile", root],
      { env: { PATH, HOME: root, TZ: "Europe/Berlin", ...env }, timeout: PATIENCE_MS, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === "number") resolve({ code: error.code, stdout, stderr });
        else reject(error);
      },
    );
  });
}

const dollars = seriesFor("g1", {
  sourceLabel: "Team gateway",
  label: { text: "Spend" },
  unit: { kind: "money", currency: "USD" },
  windowKind: "calendar",
});
const tokens = seriesFor("g2", { sourceLabel: "=Other gateway" });

function say(series: SeriesDescription, hoursAgo: number, remaining: number, resetsInHours: number): void {
  const sample = sampleFor(series, now - hoursAgo * HOUR, remaining, now + resetsInHours * HOUR);
  store.record(series, { ...sample, limit: 40_000_000 });
}

const jsonSchema = z.object({
  schemaVersion: z.literal(1),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  resolution: z.string(),
  series: z.array(
    z.object({
      source: z.object({ id: z.string(), label: z.string() }),
      unit: z.string(),
      currency: z.string().nullable(),
      points: z.array(z.object({ at: z.iso.datetime(), remaining: z.number().nullable(), gapBefore: z.boolean() })),
      marks: z.array(z.object({ at: z.iso.datetime(), type: z.string(), gained: z.number().nullable() })),
    }),
  ),
});

describe("plimsoll history, while a host writes", () => {
  test("prints the same figures as JSON, as CSV and as a table", { timeout: PATIENCE_MS }, async () => {
    say(dollars, 20, 10_000_000, -2);
    say(dollars, 1, 40_000_000, 700);
    say(dollars, 0.9, 28_250_001, 700);
    say(tokens, 0.5, 123, 700);
    // Asking writes what waits; the store stays open, as a host's does.
    await store.query({ sourceIds: null, from: 0, to: now, resolution: "raw" });

    const told = await plimsoll(["--json"]);
    expect(told).toMatchObject({ code: 0, stderr: "" });
    const json = jsonSchema.parse(JSON.parse(told.stdout));
    expect(json.resolution).toBe("raw");
    expect(json.series.map(({ source, unit, currency }) => [source.id, source.label, unit, currency])).toEqual([
      ["g1", "Team gateway", "money", "USD"],
      ["g2", "=Other gateway", "tokens", null],
    ]);
    expect(json.series[0]?.points.map(({ remaining, gapBefore }) => [remaining, gapBefore])).toEqual([
      [10, false],
      [40, true],
      [28.250001, false],
    ]);
    expect(json.series[0]?.marks.map(({ type, gained }) => [type, gained])).toEqual([["reset", 30]]);

    const csv = await plimsoll(["--csv", "--source", "g1"]);
    const rows = z
      .array(z.record(z.string(), z.string()))
      .parse(Papa.parse(csv.stdout.trimEnd(), { header: true }).data);
    expect(rows.map((row) => [row["row"], row["remaining"], row["time_zone"]])).toEqual([
      ["figures", "10", "Europe/Berlin"],
      ["reset", "", "Europe/Berlin"],
      ["figures", "40", "Europe/Berlin"],
      ["figures", "28.250001", "Europe/Berlin"],
    ]);
    expect((await plimsoll(["--csv"])).stdout).toContain("'=Other gateway");

    const table = await plimsoll([]);
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^The last 24 hours, /);
    expect(table.stdout).toMatch(/Spend .*\$28\.25 \(70%\)/);
    expect(table.stdout).toContain("1 reset");
    expect((await plimsoll(["--source", "nobody"])).stdout).toBe("The last 24 hours: nothing was recorded.\n");
  });
});

describe("plimsoll history, where there is none to read", () => {
  test("nothing yet is no failure", { timeout: PATIENCE_MS }, async () => {
    const text = await plimsoll([]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toContain("nothing is kept yet");
    const { code, stdout } = await plimsoll(["--json", "--range", "quarter"]);
    expect(code).toBe(0);
    expect(jsonSchema.parse(JSON.parse(stdout))).toMatchObject({ resolution: "day", series: [] });
    expect((await plimsoll(["--csv"])).stdout.split("\r\n")).toHaveLength(2);
  });

  test("a damaged file is named, and left for the host", { timeout: PATIENCE_MS }, async () => {
    writeFileSync(join(root, "history.db"), "figures, as text");
    expect(await plimsoll(["--json"])).toMatchObject({ code: 1, stdout: "", stderr: /damaged/ });
    expect(readFileSync(join(root, "history.db"), "utf8")).toBe("figures, as text");
  });

  test("a Node without SQLite is named", { timeout: PATIENCE_MS }, async () => {
    writeFileSync(join(root, "history.db"), "");
    const { code, stderr } = await plimsoll([], { NODE_OPTIONS: "--no-experimental-sqlite" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^plimsoll: no history can be read: this Node has no SQLite/);
  });

  test.each([[["--json", "--csv"]], [["--range", "year"]]])("%j is wrong usage", async (args) => {
    expect(await plimsoll(args)).toMatchObject({ code: 2, stdout: "" });
  });
});

const point = (at: number, share: number | null, gapBefore = false): HistoryPoint => ({
  from: at,
  at,
  remaining: share,
  remainingMin: share,
  remainingMax: share,
  used: null,
  limit: null,
  percentLeft: share,
  percentMin: share,
  percentMax: share,
  gapBefore,
});

describe("the drawing", () => {
  const time = { from: 0, to: 100 };
  test.each<[string, HistoryPoint[], string]>([
    ["nothing", [], "          "],
    ["what lies between", [point(5, 100), point(45, 100), point(95, 10)], "█████████▁"],
    ["a gap", [point(5, 100), point(15, 50), point(65, 50, true), point(95, 0)], "█▄    ▄▄▄▁"],
    ["not what nobody has seen yet", [point(5, 60), point(15, 60)], "▅▅        "],
    ["more than everything and less than nothing", [point(0, 150), point(50, -20), point(99, 100)], "█████▁▁▁▁█"],
    ["the least of each moment", [point(1, 100), point(2, 10), point(3, 100), point(95, 100)], "▁█████████"],
  ])("shows %s", (_, points, drawn) => {
    expect(historySparkline(points, time, 10)).toBe(drawn);
  });

  test("of a balance, against the most that there was", () => {
    const balance = [40, 20, 10].map((remaining, index) => ({
      ...point(index * 40, null),
      remaining,
      remainingMin: remaining,
      remainingMax: remaining,
    }));
    expect(historySparkline(balance, time, 5)).toBe("██▄▄▂");
  });

  test("fits the width, however long things are called", () => {
    const wording = { t: createTranslator("en", {}), f: createFormats({ language: "en", timeZone: "UTC" }) };
    const series: HistorySeries = {
      ...seriesFor("s", { sourceLabel: "An excessively named gateway ".repeat(9), label: { text: "界".repeat(60) } }),
      points: [point(0, 100), point(HOUR, 20)],
      marks: [{ at: 5, type: "reset", gained: null }],
    };
    const view: HistoryView = { from: 0, to: HOUR, resolution: "raw", series: [series] };
    for (const width of [40, 80, 120]) {
      const table = historyTable(view, "day", wording, width);
      for (const line of table.split("\n")) {
        // Each 界 takes two columns.
        expect(line.length + (line.match(/界/g)?.length ?? 0)).toBeLessThanOrEqual(width);
      }
      expect(table).toContain("least 20%");
    }
  });
});
