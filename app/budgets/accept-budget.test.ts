import { describe, expect, it } from "vitest";
import { CallFailure } from "../contract/host.ts";
import { DEFAULT_SETTINGS, SOURCE_DEFAULTS, type SourceConfig } from "../settings/schema.ts";
import { acceptBudget, type BudgetDraft, MOST_BUDGETS } from "./accept-budget.ts";
import type { Budget } from "./budget.ts";

const USD = { kind: "money", currency: "USD" } as const;
const source: SourceConfig = {
  id: "s1",
  kind: "neutral",
  label: "Gateway",
  baseUrl: "https://llm.example.org",
  allowPlainHttp: false,
  credential: { type: "env", name: "KEY" },
  secrets: {},
  options: {},
  ...SOURCE_DEFAULTS,
  group: "work",
};
const saved: Budget = {
  id: "b1",
  label: "Old",
  period: "day",
  unit: USD,
  limit: 5,
  scope: { type: "source", sourceId: "gone" },
  rates: {},
  thresholds: null,
  muted: false,
};
const settings = { ...DEFAULT_SETTINGS, sources: [source], budgets: [saved] };

const draft = (change: Partial<BudgetDraft> = {}): BudgetDraft => ({
  ...saved,
  id: null,
  label: "New",
  scope: { type: "all" },
  ...change,
});
const accept = (change: Partial<BudgetDraft> = {}, current = settings) =>
  acceptBudget(draft(change), current, () => "new-id");

function refusal(change: Partial<BudgetDraft>, current = settings): unknown {
  try {
    accept(change, current);
    return null;
  } catch (error) {
    return error instanceof CallFailure ? error.error : error;
  }
}

describe("acceptBudget", () => {
  it("takes what can be counted", () => {
    expect(accept({ label: "  A   day\n" })).toEqual({
      ...saved,
      id: "new-id",
      label: "A day",
      scope: { type: "all" },
    });
    expect(accept({ scope: { type: "source", sourceId: "s1" } }).scope).toEqual({ type: "source", sourceId: "s1" });
    expect(accept({ scope: { type: "group", group: "work" } }).scope).toEqual({ type: "group", group: "work" });
    expect(accept({ rates: { EUR: 1.1 } }).rates).toEqual({ EUR: 1.1 });
  });

  it("edits what is there, and keeps what a later version wrote", () => {
    const later = { ...settings, budgets: [{ ...saved, later: true }] };
    expect(accept({ id: "b1", label: "New", muted: true, scope: saved.scope }, later)).toEqual({
      ...saved,
      label: "New",
      muted: true,
      later: true,
    });
  });

  it.each<[string, Partial<BudgetDraft>, object]>([
    ["a budget that is gone", { id: "b2" }, { code: "unknown-budget", detail: null }],
    [
      "a source that is not there",
      { scope: { type: "source", sourceId: "s2" } },
      { code: "unknown-source", detail: null },
    ],
    ["a group that is not there", { scope: { type: "group", group: "home" } }, { code: "unknown-group", detail: null }],
    ["no name", { label: " \u202e " }, { code: "invalid-input", detail: "the name is empty" }],
    [
      "a rate into itself",
      { rates: { USD: 1 } },
      { code: "invalid-input", detail: "USD is the budget's own currency and needs no rate" },
    ],
    [
      "rates for tokens",
      { unit: { kind: "tokens" }, rates: { EUR: 1 } },
      { code: "invalid-input", detail: "rates are for budgets of money" },
    ],
    [
      "a limit beyond counting",
      { limit: 1e11 },
      { code: "invalid-input", detail: "the limit is too large to be counted exactly" },
    ],
    [
      "a limit of nothing",
      { limit: 1e-9 },
      { code: "invalid-input", detail: "the limit is less than a millionth of the currency's unit" },
    ],
  ])("refuses %s", (_name, change, expected) => {
    expect(refusal(change)).toEqual(expected);
  });

  it("does not ask again for what an edited budget was over, but for what it is to be over", () => {
    expect(refusal({ id: "b1", scope: saved.scope })).toBeNull();
    expect(refusal({ id: "b1", scope: { type: "source", sourceId: "also gone" } })).toEqual({
      code: "unknown-source",
      detail: null,
    });
  });

  it("counts a large number of tokens, and so many budgets", () => {
    expect(accept({ unit: { kind: "tokens" }, limit: 1e11 }).limit).toBe(1e11);
    const full = {
      ...settings,
      budgets: Array.from({ length: MOST_BUDGETS }, (_, index) => ({ ...saved, id: `b${index}` })),
    };
    expect(refusal({}, full)).toEqual({ code: "invalid-input", detail: "there are 100 budgets already" });
    expect(refusal({ id: "b7", scope: saved.scope }, full)).toBeNull();
  });
});
