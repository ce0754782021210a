import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { englishLabel } from "../wording/english-label.ts";
import { HOUR_MS, namedWindow } from "./named-window.ts";
import { toldApart } from "./told-apart.ts";

describe("items that share an id", () => {
  it("are all there, with ids and labels of their own", () => {
    const named = [
      namedWindow(5 * HOUR_MS),
      namedWindow(5 * HOUR_MS),
      namedWindow(3 * HOUR_MS),
      namedWindow(3 * HOUR_MS),
      namedWindow(5 * HOUR_MS, "Opus"),
      namedWindow(5 * HOUR_MS, "Opus"),
      { id: "x", label: { text: "X" } },
      { id: "x", label: { text: "X" } },
      { id: "x", label: { text: "X" } },
    ];
    expect(toldApart(named).map(({ id, label }) => [id, englishLabel(label)])).toEqual([
      ["five-hours", "5 hours"],
      ["five-hours-2", "5 hours, 2"],
      ["3-hours", "3-hour window"],
      ["3-hours-2", "3-hour window, 2"],
      ["five-hours-opus", "5 hours, Opus"],
      ["five-hours-opus-2", "5 hours, Opus 2"],
      ["x", "X"],
      ["x-2", "X 2"],
      ["x-3", "X 3"],
    ]);
  });

  it("never share one afterwards, and keep everything else", () => {
    const item = fc.constantFrom("a", "a-2", "a-2-2", "a-3", "b").map((id) => ({ id, label: { text: id } }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const told = toldApart(items.map((each, index) => ({ ...each, index })));
        expect(new Set(told.map(({ id }) => id)).size).toBe(items.length);
        expect(told.map(({ index }) => index)).toEqual(items.map((_, index) => index));
      }),
    );
  });
});
