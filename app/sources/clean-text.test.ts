import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Meter } from "../quota/meter.ts";
import { cleanReading, cleanText } from "./clean-text.ts";
import { slug } from "./slug.ts";

const KEY = "sk-Test_0123456789-AbCdEf";

function meter(id: string, change: Partial<Meter> = {}): Meter {
  return {
    id,
    label: { key: "meter.balance" },
    unit: { kind: "credits" },
    limit: "unknown",
    used: "unknown",
    remaining: 5,
    window: { kind: "balance" },
    scope: "account",
    confidence: "reported",
    ...change,
  };
}

function clean(...meters: Meter[]) {
  return cleanReading({ account: `team ${KEY}`, meters, notices: [{ key: "notice.plan", params: { plan: KEY } }] }, [
    KEY,
  ]);
}

describe("cleanReading", () => {
  it("keeps the key out of names, labels, their parameters and notices", () => {
    const reading = clean(
      meter("a", { label: { text: `of ${KEY}` } }),
      meter("b", { label: { key: "meter.week-of", params: { name: KEY } } }),
    );
    expect(JSON.stringify(reading)).not.toContain(KEY);
    expect(reading.meters.map(({ label }) => label)).toEqual([
      { text: "of …" },
      { key: "meter.week-of", params: { name: "…" } },
    ]);
  });

  it.each([
    ["as it is", KEY],
    ["as a slug", slug(KEY)],
    ["inside of one", `week-${slug(`model ${KEY} of yours`)}`],
    ["cut short", slug(KEY).slice(0, 20)],
  ])("numbers a meter whose id holds the key %s", (_, id) => {
    expect(clean(meter("balance"), meter(id)).meters.map((one) => one.id)).toEqual(["balance", "meter-2"]);
  });

  it("leaves ids alone that only look a little like the key", () => {
    const ids = ["balance", "sk-test", "week-test-0123", "five-hours"];
    expect(clean(...ids.map((id) => meter(id))).meters.map(({ id }) => id)).toEqual(ids);
  });
});

describe("cleanText", () => {
  it("gives one line of bounded length without control or direction characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const shown = cleanText(text);
        expect([...shown].length).toBeLessThanOrEqual(80);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
