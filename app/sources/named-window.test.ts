import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../locales/en.ts";
import { englishLabel } from "../wording/english-label.ts";
import { DAY_MS, HOUR_MS, namedWindow, windowWords } from "./named-window.ts";
import { complement, percentLeftMeter, percentMeter } from "./percent-meter.ts";
import { firstOfEachId, slug, wholeSlug } from "./slug.ts";

describe("a named window", () => {
  it.each([
    [5 * HOUR_MS, undefined, "five-hours", "5 hours"],
    [DAY_MS, undefined, "day", "Day"],
    [7 * DAY_MS, undefined, "week", "Week"],
    [2_628_000_000, undefined, "month", "Month"],
    [31 * DAY_MS, undefined, "month", "Month"],
    [32 * DAY_MS, undefined, "32-days", "32-day window"],
    [4 * HOUR_MS, undefined, "4-hours", "4-hour window"],
    [90 * 60_000, undefined, "90-minutes", "90-minute window"],
    [45_000, undefined, "45-seconds", "45-second window"],
    [null, undefined, "usage", "Usage"],
    [5 * HOUR_MS, "Opus 5", "five-hours-opus-5", "5 hours, Opus 5"],
    [7 * DAY_MS, "Opus 5", "week-opus-5", "Week, Opus 5"],
    [4 * HOUR_MS, "X", "4-hours-x", "4-hour window, X"],
    [null, "X", "usage-x", "Usage, X"],
  ])("of %s ms and the name %s is %s", (lengthMs, name, id, words) => {
    const window = namedWindow(lengthMs, name);
    expect(window.id).toBe(id);
    expect(englishLabel(window.label)).toBe(words);
  });

  it("has a label that the locale knows, whatever its length", () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: 400 * DAY_MS })), fc.boolean(), (lengthMs, named) => {
        const { label } = namedWindow(lengthMs, named ? "x" : undefined);
        expect("key" in label && Object.keys(en).includes(label.key)).toBe(true);
        expect(englishLabel(label)).not.toMatch(/\{\{|NaN|undefined/);
      }),
    );
  });
});

it.each([
  [1000, "second"],
  [60_000, "minute"],
  [90 * 60_000, "90 minutes"],
  [HOUR_MS, "hour"],
  [5 * HOUR_MS, "5 hours"],
  [DAY_MS, "day"],
  [7 * DAY_MS, "week"],
  [30 * DAY_MS, "30 days"],
])("%i ms in a label are %s", (lengthMs, words) => expect(windowWords(lengthMs)).toBe(words));

describe("a slug", () => {
  it.each([
    ["Claude Opus 4.5", "claude-opus-4-5"],
    ["  __x__ ", "x"],
    ["Große Übung", "gro-e-ubung"],
    ["ﬁne Straße n°5", "fine-stra-e-n-5"],
    ["", "other"],
    [" — ", "other"],
  ])("of %j is %s", (text, expected) => expect(slug(text)).toBe(expected));

  it.each([
    ["每日额度", "每月额度"],
    ["GPT-5 每日", "GPT-5 每月"],
    ["день", "неделя"],
    ["٥ ساعات", "٧ ساعات"],
    ["🔥", "💧"],
    ["$", "€"],
    [`${"ab-".repeat(30)}每日`, `${"ab-".repeat(30)}每月`],
  ])("tells %j and %j apart, and always alike", (one, other) => {
    expect(slug(one)).not.toBe(slug(other));
    expect(slug(one)).not.toBe("other");
    expect(slug(` ${one.normalize("NFD")}`)).toBe(slug(one));
  });

  it("is for good", () => {
    expect([slug("每日额度"), slug("GPT-5 每日")]).toEqual(["other-16pwuly", "gpt-5-00pev0g"]);
  });

  it("that is not to lose anything tells texts apart that are alike up to its end", () => {
    const long = "workspace-of-the-team-in-europe-production-key-";
    expect(wholeSlug(`${long}aaaa`)).not.toBe(wholeSlug(`${long}bbbb`));
    expect(wholeSlug("Claude Opus 4.5")).toBe("claude-opus-4-5");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(wholeSlug(text)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(wholeSlug(text).length).toBeLessThanOrEqual(48);
      }),
    );
  });

  it("is short, plain, and its own slug", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(slug(text)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slug(text).length).toBeLessThanOrEqual(48);
        expect(slug(slug(text))).toBe(slug(text));
      }),
    );
  });

  it("lets the first of two with one id stand", () => {
    const items = [
      { id: "a", n: 1 },
      { id: "b", n: 2 },
      { id: "a", n: 3 },
    ];
    expect(firstOfEachId(items).map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe("a meter in percent", () => {
  it("leaves what is not used, without noise, and less than nothing when overdrawn", () => {
    expect([0, 80.2, 100, 104.5].map(complement)).toEqual([100, 19.8, 0, -4.5]);
  });

  it("has used nothing where more is left than there was", () => {
    const window = { kind: "balance" } as const;
    const base = { id: "x", label: { text: "x" }, window, scope: "key" } as const;
    expect(percentLeftMeter({ ...base, left: 120 })).toMatchObject({ used: 0, remaining: 120 });
    expect(percentLeftMeter({ ...base, left: 80.2 })).toMatchObject({ used: 19.8, remaining: 80.2 });
    expect(percentLeftMeter({ ...base, left: -3 })).toMatchObject({ used: 103, remaining: -3 });
  });

  it("knows nothing of an unknown use", () => {
    const window = { kind: "balance" } as const;
    expect(percentMeter({ id: "x", label: { text: "x" }, window, scope: "key", used: "unknown" })).toMatchObject({
      limit: 100,
      used: "unknown",
      remaining: "unknown",
    });
  });
});
