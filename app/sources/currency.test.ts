import { describe, expect, it } from "vitest";
import { currencyByHost, currencyCode, currencyOption } from "./currency.ts";

const HOSTS = { "api.vendor.example": "USD", "api.vendor.test": "CNY" };

describe("a currency", () => {
  it.each([
    ["usd", "USD"],
    ["CNY", "CNY"],
    [" eur ", "EUR"],
  ])("%j is %s", (text, code) => {
    expect(currencyCode.parse(text)).toBe(code);
  });

  it.each([[""], ["$"], ["dollars"], ["US"], [840], [null]])("%j is none", (value) => {
    expect(currencyCode.safeParse(value).success).toBe(false);
  });
});

describe("the currency by host", () => {
  it.each([
    ["https://api.vendor.example", "CNY", "USD"],
    ["https://API.vendor.test/v1", "USD", "CNY"],
    ["http://127.0.0.1:8080", "CNY", "CNY"],
    ["https://api.vendor.example.evil.test", "CNY", "CNY"],
    ["https://constructor", "CNY", "CNY"],
  ])("at %s with %s chosen is %s", (baseUrl, chosen, currency) => {
    expect(currencyByHost(baseUrl, HOSTS, chosen)).toBe(currency);
  });

  it("may be chosen among those there are, the first if none is", () => {
    const { schema, field } = currencyOption(["CNY", "USD"]);
    expect(field.choices).toEqual(["CNY", "USD"]);
    expect([undefined, "", "USD"].map((value) => schema.parse(value))).toEqual(["CNY", "CNY", "USD"]);
    expect(schema.safeParse("EUR").success).toBe(false);
  });
});
