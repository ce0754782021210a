import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_WAIT_MS, parseRetryAfter } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);

describe("parseRetryAfter", () => {
  it.each([
    ["seconds", "120", NOW + 120_000],
    ["zero", "0", NOW],
    ["seconds with spaces around", " 7 ", NOW + 7000],
    ["the usual HTTP date", "Fri, 20 Nov 2026 12:05:00 GMT", NOW + 300_000],
    ["the old long-weekday date", "Friday, 20-Nov-26 12:05:00 GMT", NOW + 300_000],
    ["the asctime date", "Fri Nov 20 12:05:00 2026", NOW + 300_000],
    ["an asctime date with a one-digit day", "Sun Nov  1 12:05:00 2026", NOW],
    ["a leap second", "Fri, 20 Nov 2026 12:59:60 GMT", NOW + 3600_000],
    ["a date that has passed", "Thu, 19 Nov 2026 12:00:00 GMT", NOW],
    ["a two-digit year of the last century", "Sunday, 06-Nov-94 08:49:37 GMT", NOW],
    ["more than a day", "9999999", NOW + LONGEST_WAIT_MS],
    ["absurdly many digits", "9".repeat(400), NOW + LONGEST_WAIT_MS],
  ])("reads %s", (_, header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  it.each([
    ["no header", undefined],
    ["an empty header", ""],
    ["a fraction", "1.5"],
    ["a negative number", "-3"],
    ["a unit", "30s"],
    ["a word", "soon"],
    ["an ISO date", "2026-11-20T12:05:00Z"],
    ["a date in another zone", "Fri, 20 Nov 2026 12:05:00 CET"],
    ["a day that does not exist", "Tue, 31 Feb 2026 12:05:00 GMT"],
    ["an hour that does not exist", "Fri, 20 Nov 2026 25:05:00 GMT"],
  ])("takes %s for not told", (_, header) => {
    expect(parseRetryAfter(header, NOW)).toBeNull();
  });

  it("reads back every date that a server can write", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST_WAIT_MS / 1000 }), (seconds) => {
        const at = NOW + seconds * 1000;
        expect(parseRetryAfter(new Date(at).toUTCString(), NOW)).toBe(at);
        expect(parseRetryAfter(String(seconds), NOW)).toBe(at);
      }),
    );
  });

  it("never gives a time before now or beyond a day, whatever is sent", () => {
    const almostDate = fc
      .tuple(fc.constantFrom("Fri, ", "Friday, ", "Fri "), fc.stringMatching(/^[0-9NovFebGMT: -]{0,30}$/))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), almostDate, fc.bigInt().map(String)), (header) => {
        const at = parseRetryAfter(header, NOW);
        if (at === null) return;
        expect(at).toBeGreaterThanOrEqual(NOW);
        expect(at).toBeLessThanOrEqual(NOW + LONGEST_WAIT_MS);
      }),
    );
  });
});
