import { expect, test } from "vitest";
import { RANGES } from "./range.ts";
import { ageReference, RETENTION_MS } from "./retention.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 12, 30);
const hours = (...back: number[]) => back.map((count) => Math.floor(NOW / HOUR) * HOUR - count * HOUR);

test.each<[string, readonly number[], number, number | null]>([
  ["hours without a hole", hours(1, 2, 3), NOW, NOW - 3.5 * HOUR],
  ["the first hours after two weeks: not yet", hours(1, 15 * 24, 15 * 24 + 1), NOW, NOW - (15 * 24 + 1.5) * HOUR],
  [
    "a clock that stands a year ahead for an hour",
    [NOW + 365 * DAY, ...hours(1, 2)],
    NOW + 365 * DAY,
    NOW - 2.5 * HOUR,
  ],
  ["a clock that stands in the past", hours(1, 2, 3), 0, 0],
  ["too few hours to say", hours(1, 2), NOW, null],
  ["none", [], NOW, null],
])("ages are counted from what is believed: %s", (_, newest, now, reference) => {
  expect(ageReference(newest, now)).toBe(reference);
});

test("each view finds what it shows: its kind of row is kept longer than it looks back", () => {
  const kept = {
    raw: RETENTION_MS.samples,
    hour: RETENTION_MS.hours,
    "four-hours": RETENTION_MS.hours,
    day: RETENTION_MS.days,
  };
  for (const { lengthMs, resolution } of Object.values(RANGES)) {
    expect(kept[resolution]).toBeGreaterThan(lengthMs + DAY);
    expect(RETENTION_MS.marks).toBeGreaterThan(lengthMs + DAY);
  }
});
