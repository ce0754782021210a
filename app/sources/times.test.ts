import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoTime, parseInstant } from "./times.ts";

const NOON = Date.UTC(2026, 10, 20, 12, 0, 0);

describe("parseInstant", () => {
  it.each([
    ["2026-11-20T12:00:00Z", NOON],
    ["2026-11-20T12:00Z", NOON],
    ["2026-11-20t12:00:00z", NOON],
    ["2026-11-20 12:00:00Z", NOON],
    ["2026-11-20T13:00:00+01:00", NOON],
    ["2026-11-20T13:00:00+0100", NOON],
    ["2026-11-20T06:30:00-05:30", NOON],
    ["2026-11-20T12:00:00.25Z", NOON + 250],
    ["2026-11-20T12:00:00.123456789Z", NOON + 123],
    ["2028-02-29T00:00:00Z", Date.UTC(2028, 1, 29)],
  ])("reads %s", (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    ["no zone", "2026-11-20T12:00:00"],
    ["a date alone", "2026-11-20"],
    ["a zone name", "2026-11-20T12:00:00 CET"],
    ["a day that does not exist", "2026-02-29T00:00:00Z"],
    ["a month that does not exist", "2026-13-01T00:00:00Z"],
    ["an hour that does not exist", "2026-11-20T24:00:00Z"],
    ["epoch seconds", "1795176000"],
    ["words", "next Monday"],
    ["nothing", ""],
  ])("takes %s for not told", (_, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("reads back every instant with any offset", () => {
    const instant = fc.date({ min: new Date(0), max: new Date("9998-01-01T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const part = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");
        const zone = `${offset < 0 ? "-" : "+"}${part(Math.trunc(offset / 60))}:${part(offset % 60)}`;
        // Years past 9999 and before 0 are written with a sign, which is no ISO date of ours.
        fc.pre(local.length === 23);
        expect(parseInstant(local + zone)).toBe(date.getTime());
      }),
    );
  });
});

describe("isoTime", () => {
  it.each([[1795176000], [null], [undefined], [{}], ["tomorrow"]])(
    "takes %j for not told, without failing",
    (value) => {
      expect(isoTime.parse(value)).toBeNull();
    },
  );

  it("reads a text", () => {
    expect(isoTime.parse("2026-11-20T12:00:00Z")).toBe(NOON);
  });
});
