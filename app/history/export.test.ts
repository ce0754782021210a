import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { CSV_COLUMNS, exportHistory } from "./export.ts";
import type { HistoryPoint, HistorySeries, HistoryView } from "./series.ts";
import { localTimes } from "./zone-offset.ts";

const HOUR = 3_600_000;
const T = Date.UTC(2026, 9, 25, 0, 30); // Half an hour before Berlin leaves summer time.

const point = (at: number, remaining: number | null, gapBefore = false): HistoryPoint => ({
  from: at,
  at,
  remaining,
  remainingMin: remaining,
  remainingMax: remaining,
  used: null,
  limit: 40_000_000,
  percentLeft: remaining === null ? null : remaining / 400_000,
  percentMin: null,
  percentMax: null,
  gapBefore,
});

const series: HistorySeries = {
  sourceId: "s1",
  sourceLabel: "Team gateway",
  meterId: "cost",
  label: { key: "meter.cost" },
  unit: { kind: "money", currency: "EUR" },
  windowKind: "calendar",
  intervalMs: 300_000,
  points: [point(T, 28_250_001), point(T + HOUR, null, true), point(T + 2 * HOUR, -1)],
  marks: [{ at: T + 1.5 * HOUR, type: "reset", gained: 11_749_999 }],
};
const view = (...list: HistorySeries[]): HistoryView => ({
  from: T - HOUR,
  to: T + 3 * HOUR,
  resolution: "raw",
  series: list,
});

const rowsSchema = z.array(z.record(z.string(), z.string()));
function csv(shown: HistoryView, timeZone = "Europe/Berlin") {
  const file = exportHistory(shown, { range: "day", format: "csv" }, T, timeZone);
  const parsed = Papa.parse(file.text, { header: true, skipEmptyLines: true });
  expect(parsed.errors.filter(({ code }) => code !== "UndetectableDelimiter")).toEqual([]);
  return { file, rows: rowsSchema.parse(parsed.data), fields: parsed.meta.fields };
}

describe("as CSV", () => {
  test("has a line for each point and mark, by time, with units and zones", () => {
    const { file, rows } = csv(view(series));
    expect(file).toMatchObject({ name: "plimsoll-history-day-2026-10-25.csv", mediaType: "text/csv" });
    const shown = [
      "row",
      "unit",
      "currency",
      "at_utc",
      "at_local",
      "time_zone",
      "remaining",
      "percent_left",
      "gap_before",
      "gained",
    ];
    expect(rows.map((row) => shown.map((name) => row[name]))).toEqual([
      [
        "figures",
        "money",
        "EUR",
        "2026-10-25T00:30:00.000Z",
        "2026-10-25T02:30:00.000+02:00",
        "Europe/Berlin",
        "28.250001",
        "70.63",
        "no",
        "",
      ],
      [
        "figures",
        "money",
        "EUR",
        "2026-10-25T01:30:00.000Z",
        "2026-10-25T02:30:00.000+01:00",
        "Europe/Berlin",
        "",
        "",
        "yes",
        "",
      ],
      [
        "reset",
        "money",
        "EUR",
        "2026-10-25T02:00:00.000Z",
        "2026-10-25T03:00:00.000+01:00",
        "Europe/Berlin",
        "",
        "",
        "",
        "11.749999",
      ],
      [
        "figures",
        "money",
        "EUR",
        "2026-10-25T02:30:00.000Z",
        "2026-10-25T03:30:00.000+01:00",
        "Europe/Berlin",
        "-0.000001",
        "0",
        "no",
        "",
      ],
    ]);
    expect(rows[0]).toMatchObject({ source_id: "s1", source: "Team gateway", meter_id: "cost", meter: "Spend" });
  });

  test("has its header where there is nothing else", () => {
    const { file, fields } = csv(view());
    expect(fields).toEqual([...CSV_COLUMNS]);
    expect(file.text).toBe(`${CSV_COLUMNS.join(",")}\r\n`);
  });

  test.each(["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", 'a "b", c', "two\nlines"])(
    "a label %j runs nowhere",
    (label) => {
      const { rows } = csv(view({ ...series, sourceLabel: label, label: { text: label } }));
      const safe = /^[=+\-@\t]/.test(label) ? `'${label}` : label;
      expect(rows[0]).toMatchObject({ source: safe, meter: safe });
    },
  );

  test("gives back every figure that it was given, whatever things are called", () => {
    const made = fc.array(fc.tuple(fc.string(), fc.string(), fc.maxSafeInteger()), { maxLength: 5 });
    fc.assert(
      fc.property(made, (list) => {
        const all = list.map(
          ([source, meter, remaining]): HistorySeries => ({
            ...series,
            sourceLabel: source,
            label: { text: meter },
            unit: { kind: "tokens" },
            points: [point(T, remaining)],
            marks: [],
          }),
        );
        expect(csv(view(...all)).rows.map((row) => Number(row["remaining"]))).toEqual(
          list.map(([, , figure]) => figure),
        );
      }),
    );
  });
});

describe("as JSON", () => {
  test("says the same as the view, in the words of docs/json.md", () => {
    const file = exportHistory(view(series), { range: "week", format: "json" }, T);
    expect(file).toMatchObject({ name: "plimsoll-history-week-2026-10-25.json", mediaType: "application/json" });
    expect(JSON.parse(file.text)).toMatchObject({
      schemaVersion: 1,
      from: "2026-10-24T23:30:00.000Z",
      to: "2026-10-25T03:30:00.000Z",
      resolution: "raw",
      series: [
        {
          source: { id: "s1", label: "Team gateway" },
          meter: { id: "cost", label: "Spend" },
          unit: "money",
          currency: "EUR",
          points: [{ at: "2026-10-25T00:30:00.000Z", remaining: 28.250001, percentLeft: 70.63, used: null }, {}, {}],
          marks: [{ at: "2026-10-25T02:00:00.000Z", type: "reset", gained: 11.749999 }],
        },
      ],
    });
  });
});

test.each(["UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"])(
  "a local time of %s means the moment that it was made of",
  (zone) => {
    const local = localTimes(zone);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) }), (at) => {
        expect(Date.parse(local(at))).toBe(at);
      }),
    );
  },
);
