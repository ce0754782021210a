import fc from "fast-check";
import { expect, it } from "vitest";
import { LONGEST_WAIT_MS } from "./retry-after.ts";
import { waitAsked } from "./wait-asked.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const EPOCH = NOW / 1000;
const HOUR = 3_600_000;

it.each<[string, Record<string, string>, number | null]>([
  ["nothing", { "content-type": "application/json" }, null],
  ["to wait for seconds", { "retry-after": "90" }, 90_000],
  ["to wait until a date", { "retry-after": "Fri, 20 Nov 2026 12:05:00 GMT" }, 300_000],
  [
    "to wait until a date of a clock that is an hour ahead",
    { "retry-after": "Fri, 20 Nov 2026 13:05:00 GMT", date: "Fri, 20 Nov 2026 13:00:00 GMT" },
    300_000,
  ],
  [
    "to wait until a date of a clock that is an hour behind",
    { "retry-after": "Fri, 20 Nov 2026 11:05:00 GMT", date: "Fri, 20 Nov 2026 11:00:00 GMT" },
    300_000,
  ],
  ["to wait for ten years", { "retry-after": "315360000" }, 24 * HOUR],
  ["to wait for milliseconds", { "retry-after-ms": "1500" }, 1500],
  ["nothing while requests are left", { "x-ratelimit-remaining": "1", "x-ratelimit-reset": "30" }, null],
  ["to wait when none are left", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" }, 30_000],
  ["to wait until a time", { "ratelimit-remaining": "0", "ratelimit-reset": `${EPOCH + 60}` }, 60_000],
  ["to wait as draft 7 says", { ratelimit: "limit=100, remaining=0, reset=34" }, 34_000],
  ["nothing as draft 7 says", { ratelimit: "limit=100, remaining=10, reset=34" }, null],
  ["to wait as later drafts say", { ratelimit: '"default";r=0;t=50' }, 50_000],
  [
    "to wait until midnight, which is believed for an hour",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "43200" },
    HOUR,
  ],
  [
    "to wait for the longer of two",
    { "retry-after": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" },
    30_000,
  ],
  [
    "nothing of limits that are not on such requests",
    { "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s" },
    null,
  ],
  ["nothing when it does not say until when", { "x-ratelimit-remaining": "0" }, null],
  ["nothing by a reset that has passed", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${EPOCH - 5}` }, null],
])("asks %s", (_name, headers, wait) => {
  expect(waitAsked(headers, NOW)).toBe(wait === null ? null : NOW + wait);
});

it("never asks for the past, nor for more than a day", () => {
  const names = fc.constantFrom(
    "retry-after",
    "retry-after-ms",
    "ratelimit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "date",
  );
  const value = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.integer().map(String),
    fc.constant("0"),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  fc.assert(
    fc.property(fc.dictionary(names, value), (headers) => {
      const until = waitAsked(headers, NOW);
      if (until === null) return;
      expect(until).toBeGreaterThanOrEqual(NOW);
      expect(until).toBeLessThanOrEqual(NOW + LONGEST_WAIT_MS);
    }),
  );
});
