import { describe, expect, it } from "vitest";
import { balance, meter } from "../../tests/ui/scripted-meters.ts";
import { distinctLabels } from "./distinct-labels.ts";
import { createTranslator } from "./translate.ts";

const t = createTranslator("en", {});
const labels = (...meters: ReturnType<typeof meter>[]) => [...distinctLabels(meters, t).values()];
const usd = balance("balance-usd", 0, 5);

describe("distinctLabels", () => {
  it("says of two balances in which currency they are", () => {
    const cny = { ...usd, id: "balance-cny", unit: { kind: "money" as const, currency: "CNY" } };
    expect(labels(usd, cny, meter("tokens", 0))).toEqual(["Balance, USD", "Balance, CNY", "Tokens"]);
  });

  it("says it of other units, too, and leaves what is told apart already", () => {
    const credits = { ...usd, id: "credits", unit: { kind: "credits" as const } };
    expect(labels(usd, credits)).toEqual(["Balance, USD", "Balance, credits"]);
    expect(labels(usd, meter("tokens", 0))).toEqual(["Balance", "Tokens"]);
  });
});
