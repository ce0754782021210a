import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../locales/en.ts";
import { dueReasonSchema } from "../polling/due-reason.ts";
import { failureCauseSchema, missingKeySchema } from "../quota/failure.ts";
import { type Meter, scopeSchema } from "../quota/meter.ts";
import {
  createFormats,
  formatAge,
  formatAmount,
  formatClock,
  formatCountdown,
  formatInterval,
  formatPercent,
} from "./formats.ts";
import { meterWords } from "./meter-words.ts";
import { createTranslator, translateDynamic } from "./translate.ts";

const t = createTranslator("en", {});
const f = createFormats({ language: "en", timeZone: "UTC" });
const NOW = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const USD = { kind: "money", currency: "USD" } as const;
const tokens = { kind: "tokens" } as const;

// Intl joins number and unit with spaces of several kinds; which one is the library's business.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("amounts", () => {
  it.each([
    [12_400_000, USD, "$12.40"],
    [0, USD, "$0.00"],
    [4_000, USD, "$0.0040"],
    [-2_500_000, USD, "-$2.50"],
    [12_345_678_900_000, USD, "$12,345,679"],
    [9_990_000, { kind: "money", currency: "EUR" } as const, "€9.99"],
    [1, tokens, "1 token"],
    [1_270_000, tokens, "1.27M tokens"],
    [99_999, tokens, "99,999 tokens"],
    [12, { kind: "requests" } as const, "12 requests"],
    ["unlimited", tokens, "unlimited"],
    ["unknown", USD, "not told"],
  ] as const)("%j in %j reads %s", (amount, unit, expected) => {
    expect(plain(formatAmount(amount, unit, f, t))).toBe(expected);
  });
});

describe("percent left", () => {
  it.each([
    [100, "100%"],
    [99.97, "99%"],
    [42.4, "42%"],
    [1, "1%"],
    [0.3, "<1%"],
    [0, "0%"],
    [-0.2, "-1%"],
    [-12.5, "-12%"],
    [140, "140%"],
  ])("%d reads %s", (percent, expected) => {
    expect(formatPercent(percent, f)).toBe(expected);
  });

  it("never says 0 % of something, nor 100 % of less", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 99.999999, noNaN: true }), (percent) => {
        expect(["0%", "100%", "-0%"]).not.toContain(formatPercent(percent, f));
      }),
    );
  });
});

describe("times", () => {
  it.each([
    [30_000, "<1 min"],
    [59 * MINUTE, "59 min"],
    [2 * HOUR + 10 * MINUTE, "2 hr 10 min"],
    [2 * HOUR, "2 hr"],
    [27 * HOUR, "1 day 3 hr"],
    [11 * 24 * HOUR + HOUR, "11 days"],
  ])("a countdown of %d ms reads %s", (ms, expected) => {
    expect(plain(formatCountdown(ms, f))).toBe(expected);
  });

  it.each([
    ["2026-11-20T14:05:00Z", "2:05 PM UTC"],
    ["2026-11-23T00:00:00Z", "Mon 12:00 AM UTC"],
    ["2026-12-01T00:00:00Z", "Dec 1, 12:00 AM UTC"],
  ])("the clock time %s reads %s, with its zone", (at, expected) => {
    expect(
      plain(formatClock(Date.parse(at), NOW, f))
        .replace(/,? at /, ", ")
        .replace("Mon, ", "Mon "),
    ).toBe(expected);
  });

  it("tells the day of the reader's zone, not of UTC", () => {
    const tokyo = createFormats({ language: "en", timeZone: "Asia/Tokyo" });
    expect(plain(formatClock(Date.parse("2026-11-20T16:00:00Z"), NOW, tokyo))).toMatch(/^Sat.*1:00 AM GMT\+9$/);
  });

  it("ages and lengths are coarse and exact", () => {
    expect([formatAge(12_000, f), formatAge(4 * MINUTE, f), formatAge(3 * HOUR, f)].map(plain)).toEqual([
      "12 sec",
      "4 min",
      "3 hr",
    ]);
    expect(
      [formatInterval(5 * HOUR, f), formatInterval(7 * 24 * HOUR, f), formatInterval(90 * MINUTE, f)].map(plain),
    ).toEqual(["5 hr", "7 days", "90 min"]);
  });
});

const meter = (change: Partial<Meter>): Meter => ({
  id: "cost",
  label: { key: "meter.cost" },
  unit: USD,
  limit: 40_000_000,
  used: 11_750_000,
  remaining: 28_250_000,
  window: { kind: "period", resetsAt: NOW + 2 * HOUR, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
  ...change,
});

describe("meterWords", () => {
  it("says what is left of what, and when it comes back", () => {
    const words = meterWords(meter({}), NOW, f, t);
    expect({ ...words, reset: words.reset && plain(words.reset.countdown) }).toEqual({
      label: "Spend",
      amount: "$28.25 left of $40.00",
      percent: "70%",
      reset: "2 hr",
      refill: null,
      pastReset: false,
      scope: "this key",
      window: "current period",
    });
  });

  it("says when a limit that refills is full again, and nothing of it once it must be", () => {
    const refilling = (resetsAt: number) =>
      meter({ window: { kind: "rolling", lengthMs: null, resetsAt, resetBasis: "refill" } });
    const words = meterWords(refilling(NOW + 3 * 60_000), NOW, f, t);
    expect([plain(words.refill ?? ""), words.reset, words.pastReset]).toEqual(["full again in 3 min", null, false]);
    const later = meterWords(refilling(NOW - 1), NOW, f, t);
    expect([later.refill, later.reset, later.pastReset]).toEqual([null, null, false]);
  });

  it.each<[string, Partial<Meter>, string, string | null]>([
    ["no limit", { limit: "unlimited", remaining: "unlimited" }, "$11.75 used, no limit", null],
    ["no limit and nothing else", { limit: "unlimited", remaining: "unlimited", used: "unknown" }, "unlimited", null],
    ["overdrawn", { remaining: -5_000_000 }, "$5.00 over the limit", "-12%"],
    ["a balance", { limit: "unknown", window: { kind: "balance" } }, "$28.25 left", null],
    ["only what was used", { limit: "unknown", remaining: "unknown" }, "$11.75 used", null],
    ["only the limit", { remaining: "unknown", used: "unknown" }, "limit $40.00, use not told", null],
    ["nothing told", { limit: "unknown", remaining: "unknown", used: "unknown" }, "not told", null],
    ["percent alone", { unit: { kind: "percent" }, limit: 100, remaining: 31.4, used: 68.6 }, "31% left", "31%"],
  ])("%s", (_name, change, amount, percent) => {
    const words = meterWords(meter(change), NOW, f, t);
    expect([words.amount, words.percent]).toEqual([amount, percent]);
  });

  it("knows that a reset has passed", () => {
    const words = meterWords(
      meter({ window: { kind: "period", resetsAt: NOW - 1, resetBasis: "reported" } }),
      NOW,
      f,
      t,
    );
    expect(words.pastReset).toBe(true);
  });

  it("shows a gateway's own label as it is, even when it looks like a message", () => {
    expect(meterWords(meter({ label: { text: "{{amount}} & <b>" } }), NOW, f, t).label).toBe("{{amount}} & <b>");
  });
});

describe("the catalog", () => {
  it.each([
    ...failureCauseSchema.options.flatMap((cause) => [`cause.${cause}.title`, `cause.${cause}.next`]),
    ...missingKeySchema.options.flatMap((reason) => [`needsKey.${reason}.title`, `needsKey.${reason}.next`]),
    ...dueReasonSchema.options.map((reason) => `due.${reason}`),
    ...scopeSchema.options.map((scope) => `scope.${scope}`),
  ])("words %s", (key) => {
    expect(translateDynamic(t, key)).not.toBe(key);
  });

  it("fills every message in from the parameters it names", () => {
    for (const [key, message] of Object.entries(en)) {
      const names = [...message.matchAll(/\{\{(\w+)/g)].map(([, name]) => name ?? "");
      const filled = translateDynamic(t, key, Object.fromEntries(names.map((name) => [name, "VALUE"])));
      expect(filled, key).not.toMatch(/\{\{|undefined/);
    }
  });
});
