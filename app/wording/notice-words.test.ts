import { describe, expect, it } from "vitest";
import { moneyText } from "../sources/money-text.ts";
import { createFormats } from "./formats.ts";
import { noticeWords } from "./notice-words.ts";
import { createTranslator } from "./translate.ts";

const f = createFormats({ language: "en-US", timeZone: "UTC" });
const t = createTranslator("en", {});
const owed = (amount: string | number) => noticeWords({ key: "notice.overdue", params: { amount } }, f, t);

describe("noticeWords", () => {
  it("writes money as it is written everywhere", () => {
    expect(owed(moneyText(15_000_000, "USD"))).toBe("$15.00 is owed.");
    expect(owed(moneyText(-1_234_500_000, "EUR"))).toBe("-€1,234.50 is owed.");
  });

  it.each(["15 USD", "15.00 usd", "about 15.00 USD", "15.00 USD a month", 15])("leaves %s as it is", (amount) => {
    expect(owed(amount)).toBe(`${amount} is owed.`);
  });
});
