import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resetAtEpochSeconds, resetAtInstant, resetInSeconds, resetOf } from "./reset-time.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

describe("resetOf", () => {
  it.each([
    ["a Go duration", "6m0s", NOW + 360_000],
    ["milliseconds", "12ms", NOW + 12],
    ["seconds to wait", "30", NOW + 30_000],
    ["a fraction of seconds", "33011.382867", NOW + 33_011_383],
    ["epoch seconds", "1795176000", NOW],
    ["epoch milliseconds", "1795176000000", NOW],
    ["epoch microseconds", "1795176000000000", NOW],
    ["RFC 3339", "2026-11-20T12:00:30Z", NOW + 30_000],
    ["RFC 3339 with an offset", "2026-11-20T13:01:00+01:00", NOW + 60_000],
    ["the same twice", "30, 30", NOW + 30_000],
  ])("reads %s", (_, text, at) => {
    expect(resetOf(text, NOW)).toBe(at);
  });

  it.each([
    undefined,
    "",
    "soon",
    "30, 40",
    "-5",
    "0",
    "0s",
    "1e3",
    "999999999",
    "2026-11-20",
    "2026-11-20T12:00:00",
    "2199-01-01T00:00:00Z",
    "1995176000000",
    "1000000000",
    "123456789012345678901234567890",
  ])("takes %j for not told", (text) => {
    expect(resetOf(text, NOW)).toBeNull();
  });

  it("keeps what passed a moment ago, because clocks differ", () => {
    expect(resetOf(String(NOW / 1000 - 60), NOW)).toBe(NOW - 60_000);
  });

  it("gives a time near now, or none, whatever it is given", () => {
    const texts = fc.oneof(fc.string(), fc.double().map(String), fc.bigInt({ min: 0n }).map(String));
    fc.assert(
      fc.property(texts, (text) => {
        const at = resetOf(text, NOW);
        expect(at === null || Math.abs(at - NOW) <= 400 * 86_400_000).toBe(true);
      }),
    );
  });
});

describe("a documented form", () => {
  it.each([
    ["seconds to wait are no epoch", resetInSeconds("1795176000", NOW), null],
    ["seconds to wait are no duration", resetInSeconds("6m0s", NOW), null],
    ["seconds to wait", resetInSeconds("59.5", NOW), NOW + 59_500],
    ["an epoch is no wait", resetAtEpochSeconds("30", NOW), null],
    ["an epoch is not in milliseconds", resetAtEpochSeconds("1795176000000", NOW), null],
    ["an epoch", resetAtEpochSeconds("1795176030", NOW), NOW + 30_000],
    ["an instant is no epoch", resetAtInstant("1795176030", NOW), null],
    ["an instant", resetAtInstant("2026-11-20T12:00:30Z", NOW), NOW + 30_000],
  ])("%s", (_, read, expected) => {
    expect(read).toBe(expected);
  });
});
