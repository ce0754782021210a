import { describe, expect, it } from "vitest";
import type { Budget } from "../../../app/budgets/budget.ts";
import { openingValues, parseNumber, toBudgetDraft } from "./budget-values.ts";

const saved: Budget = {
  id: "b1",
  label: "March",
  period: "week",
  unit: { kind: "money", currency: "EUR" },
  limit: 12.5,
  scope: { type: "group", group: "Work" },
  rates: { USD: 0.92 },
  thresholds: [50, 10],
  muted: true,
};

describe("the values of a budget", () => {
  it("make the budget that they came from", () => {
    expect(toBudgetDraft(openingValues(saved, "USD"), "Budget")).toEqual({ ok: true, draft: saved });
  });

  it("name a budget that was given no name", () => {
    const values = { ...openingValues(null, "USD"), limit: "20" };
    const result = toBudgetDraft(values, "USD per month");
    expect(result.ok && result.draft.label).toBe("USD per month");
    expect(result.ok && result.draft.id).toBeNull();
  });

  it.each([
    ["limit", { limit: "" }],
    ["limit", { limit: "-4" }],
    ["limit", { limit: "0" }],
    ["currency", { currency: "DOLLAR" }],
    ["source", { scope: { type: "source", sourceId: "" } as const }],
    ["group", { scope: { type: "group", group: "" } as const }],
    ["rate", { rates: [{ currency: "USD", rate: "x" }] }],
    ["rate", { rates: [{ currency: "EUR", rate: "1" }] }],
  ])("are not usable yet: %s", (problem, change) => {
    expect(toBudgetDraft({ ...openingValues(saved, "USD"), ...change }, "")).toEqual({ ok: false, problem });
  });

  it("leave rates out where nothing is money", () => {
    const result = toBudgetDraft({ ...openingValues(saved, "USD"), unit: "tokens" }, "");
    expect(result.ok && result.draft.rates).toEqual({});
    expect(result.ok && result.draft.unit).toEqual({ kind: "tokens" });
  });
});

it.each([
  ["20", 20],
  [" 1 000 ", 1000],
  ["1'000.50", 1000.5],
  ["12,5", 12.5],
  ["1,000", null],
  ["1.2.3", null],
  ["1e5", null],
  ["", null],
  ["0", null],
])("reads %j as %s", (text, expected) => {
  expect(parseNumber(text)).toBe(expected);
});
