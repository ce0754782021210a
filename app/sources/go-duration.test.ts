import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGoDuration } from "./go-duration.ts";

describe("parseGoDuration", () => {
  it.each([
    ["6m0s", 360_000],
    ["2m59.56s", 179_560],
    ["7.66s", 7_660],
    ["12ms", 12],
    ["1h2m3s", 3_723_000],
    ["1s", 1000],
    ["0s", 0],
    ["0", 0],
    ["1.5h", 5_400_000],
    [".5s", 500],
    ["1.s", 1000],
    ["1500us", 2],
    ["1500µs", 2],
    ["1500μs", 2],
    ["1500Âµs", 2],
    ["2500000ns", 3],
    ["1m1m", 120_000],
    [" 3s ", 3000],
    ["8760h0m0s", 31_536_000_000],
  ])("reads %j as %d ms", (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  it.each([
    "",
    " ",
    "12",
    "1.5",
    "-6m",
    "+6m",
    "6",
    "6 m",
    "m",
    "s6",
    ".s",
    "6m0",
    "6min",
    "1d",
    "1e3s",
    "0x1s",
    "1,5s",
    "6m0s;",
    "1:30",
    "٣s",
    `${"9".repeat(60)}h`,
    `${"1s".repeat(40)}`,
  ])("refuses %j", (text) => {
    expect(parseGoDuration(text)).toBeNull();
  });

  it("reads whatever Go prints back to the millisecond", () => {
    const parts = fc.tuple(fc.nat(9999), fc.nat(59), fc.nat(59), fc.nat(999));
    fc.assert(
      fc.property(parts, ([hours, minutes, seconds, ms]) => {
        const fraction = ms === 0 ? "" : `.${String(ms).padStart(3, "0").replace(/0+$/, "")}`;
        const text = `${hours === 0 ? "" : `${hours}h`}${hours + minutes === 0 ? "" : `${minutes}m`}${seconds}${fraction}s`;
        expect(parseGoDuration(text)).toBe(((hours * 60 + minutes) * 60 + seconds) * 1000 + ms);
      }),
    );
  });

  it("never throws, and gives a whole number of milliseconds or null", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.hmsnuµ]{0,20}$/)), (text) => {
        const ms = parseGoDuration(text);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
