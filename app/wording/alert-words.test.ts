import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NASTY, NOW, sampleAlert } from "../../tests/support/sample-alerts.ts";
import { type Alert, type AlertSubject, failingCauseSchema } from "../alerts/alert.ts";
import { unitSchema } from "../quota/meter.ts";
import { alertWords, BODY_BYTES } from "./alert-words.ts";
import { deliveryWords } from "./delivery-words.ts";
import { createFormats } from "./formats.ts";
import { createTranslator } from "./translate.ts";

const HOUR = 3_600_000;
const t = createTranslator("en", {});
const f = createFormats({ language: "en", timeZone: "UTC" });
const USD = { kind: "money", currency: "USD" } as const;
const TOKENS = { kind: "tokens" } as const;
const PERCENT = { kind: "percent" } as const;
/** Intl puts narrow and no-break spaces where plain ones are easier to write down. */
const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, " ");

const noReset = { resetsAt: null };
const asSource = { meterId: null, meterLabel: null, resetsAt: null };

describe("alertWords", () => {
  it.each<[string, AlertSubject, Partial<Alert>, string, string]>([
    [
      "percent left of money",
      { type: "percent-left", threshold: 20, percentRemaining: 18.7, remaining: 7_480_000, unit: USD },
      {},
      "Team gateway: 18% left",
      "Spend has $7.48 left, at or below your line of 20%. It resets 2:00 PM UTC.",
    ],
    [
      "percent left without an amount",
      { type: "percent-left", threshold: 5, percentRemaining: 0.4, remaining: 0.4, unit: PERCENT },
      noReset,
      "Team gateway: <1% left",
      "Spend is at or below your line of 5%.",
    ],
    [
      "used up",
      { type: "percent-left", threshold: 0, percentRemaining: 0, remaining: 0, unit: TOKENS },
      { demo: true },
      "Demo: Team gateway: used up",
      "Spend has nothing left. It resets 2:00 PM UTC.",
    ],
    [
      "overdrawn",
      { type: "percent-left", threshold: 0, percentRemaining: -3, remaining: -300_000, unit: USD },
      noReset,
      "Team gateway: used up",
      "Spend is overdrawn by $0.30. Top it up or raise its limit.",
    ],
    [
      "amount left",
      { type: "amount-left", below: 5_000_000, remaining: 4_250_000, unit: USD },
      noReset,
      "Team gateway: $4.25 left",
      "Spend is below the $5.00 that you set. Top it up or raise its limit.",
    ],
    [
      "nothing left of an amount",
      { type: "amount-left", below: 5_000_000, remaining: 0, unit: USD },
      {},
      "Team gateway: used up",
      "Spend has nothing left. It resets 2:00 PM UTC.",
    ],
    [
      "runway",
      { type: "runway", days: 2, runsOutAt: NOW + 40 * HOUR },
      noReset,
      "Team gateway: less than 2 days left",
      "Spend runs out about Sun, 4:00 AM UTC at this rate. Top it up before then.",
    ],
    [
      "runway of a day",
      { type: "runway", days: 1, runsOutAt: NOW + 3 * HOUR },
      noReset,
      "Team gateway: less than 1 day left",
      "Spend runs out about 3:00 PM UTC at this rate. Top it up before then.",
    ],
    [
      "before its reset",
      { type: "before-reset", runsOutAt: NOW + 0.5 * HOUR, resetsAt: NOW + 2 * HOUR },
      {},
      "Team gateway: will not last until its reset",
      "Spend runs out about 12:30 PM UTC at this rate, 1 hr 30 min before its reset (2:00 PM UTC).",
    ],
    [
      "failing",
      { type: "failing", cause: "key-refused", since: NOW - 3 * HOUR },
      asSource,
      "Team gateway: no figures since 9:00 AM UTC",
      "The service refused the key. Check that the key is still valid, or use another one.",
    ],
    [
      "failing for want of a key",
      { type: "failing", cause: "needs-key", since: NOW - 30 * HOUR },
      asSource,
      "Team gateway: no figures since Thu, 6:00 AM UTC",
      "There is no key to poll with. Plimsoll's window says why, and what to do.",
    ],
    [
      "back",
      { type: "back", percentRemaining: 100, remaining: 40_000_000, unit: USD },
      {},
      "Team gateway: quota is back",
      "Spend has $40.00 left. It resets 2:00 PM UTC.",
    ],
    [
      "back, by its share alone",
      { type: "back", percentRemaining: 62.4, remaining: null, unit: PERCENT },
      noReset,
      "Team gateway: quota is back",
      "Spend has 62% left.",
    ],
    [
      "back, with no more to say",
      { type: "back", percentRemaining: null, remaining: null, unit: TOKENS },
      noReset,
      "Team gateway: quota is back",
      "Spend",
    ],
  ])("%s", (_name, what, change, title, body) => {
    const words = alertWords(sampleAlert({ what, ...change }), NOW, f, t);
    expect([words.title, words.body].map(plain)).toEqual([title, body]);
  });

  it.each(failingCauseSchema.options)("words failing by %s within the limit, whole", (cause) => {
    const alert = sampleAlert({ what: { type: "failing", cause, since: NOW }, ...asSource });
    const { body } = alertWords(alert, NOW, f, t);
    expect(body).toMatch(/^[A-Z].*\. .*\.$/);
    expect(body).not.toContain("cause.");
  });
});

const amount = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
const time = fc.integer({ min: 0, max: 4e12 });
const unit = fc.oneof(
  fc
    .constantFrom(...unitSchema.options.slice(1).map((option) => ({ kind: option.shape.kind.value })))
    .map((each) => unitSchema.parse(each)),
  fc.constantFrom("USD", "EUR", "JPY", "XXX").map((currency) => ({ kind: "money" as const, currency })),
);
const subject: fc.Arbitrary<AlertSubject> = fc.oneof(
  fc.record({
    type: fc.constant("percent-left" as const),
    threshold: fc.integer({ min: 0, max: 99 }),
    percentRemaining: amount,
    remaining: fc.option(amount),
    unit,
  }),
  fc.record({ type: fc.constant("amount-left" as const), below: amount, remaining: amount, unit }),
  fc.record({
    type: fc.constant("runway" as const),
    days: fc.double({ min: 0.01, max: 365, noNaN: true }),
    runsOutAt: time,
  }),
  fc.record({ type: fc.constant("before-reset" as const), runsOutAt: time, resetsAt: time }),
  fc.record({
    type: fc.constant("failing" as const),
    cause: fc.constantFrom(...failingCauseSchema.options),
    since: time,
  }),
  fc.record({
    type: fc.constant("back" as const),
    percentRemaining: fc.option(amount),
    remaining: fc.option(amount),
    unit,
  }),
);
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" }),
  fc.constant(NASTY),
  fc.constant("日".repeat(80)),
  fc.constant("😀".repeat(80)),
);
const alert: fc.Arbitrary<Alert> = fc
  .record({
    what: subject,
    sourceLabel: name,
    text: name,
    resetsAt: fc.option(time),
    demo: fc.boolean(),
    sourceId: fc.constantFrom("a", "b", "c"),
    meterId: fc.constantFrom("m", "n"),
  })
  .map(({ text, ...rest }) =>
    sampleAlert({ ...rest, ...(rest.what.type === "failing" ? asSource : { meterLabel: { text } }) }),
  );
const bytes = (text: string) => Buffer.byteLength(text, "utf8");

describe("whatever is told", () => {
  it("has a title and a body that every platform shows, and no gaps", () => {
    fc.assert(
      fc.property(fc.array(alert, { minLength: 1, maxLength: 30 }), time, (alerts, now) => {
        const { title, body } = deliveryWords({ alerts }, now, f, t, BODY_BYTES);
        expect(bytes(body)).toBeLessThanOrEqual(BODY_BYTES);
        for (const text of [title, body]) {
          expect(text.trim()).not.toBe("");
          expect(text).not.toMatch(/undefined|NaN|\[object|\{\{\w/);
          // Cut between characters, never within one.
          expect(text.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
