import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { deepinfra } from "./descriptor.ts";

const source = register(deepinfra);

describeFixtures(source, import.meta.url);

const checklist = (stripe_balance: number, recent: number, more: object = {}) => ({
  "GET /payment/checklist?compute_owed=true": {
    body: { stripe_balance, recent, limit: null, suspended: false, ...more },
  },
});
const usage = (total_cost: number, period = "2026.11") => ({
  "GET /payment/usage?from=current": { body: { months: [{ period, total_cost }], initial_month: "2025.03" } },
});

describe("prepaid funds", () => {
  it.each([
    ["credit, which is negative", -25, 3.18, 21_820_000, []],
    ["credit that is just used up", -25, 25, 0, []],
    ["credit that was passed", -25, 26.5, 0, ["1.50 USD"]],
    ["an account that pays by invoice", 0, 41.07, undefined, ["41.07 USD"]],
    ["an invoice that is not paid", 12, 0, undefined, ["12.00 USD"]],
  ])("%s", async (_, stripe, recent, remaining, debts) => {
    const { outcome } = await readAnswers(source, { ...checklist(stripe, recent), ...usage(0) });
    expect(metersById(outcome).get("balance")?.remaining).toBe(remaining);
    expect(outcome).toMatchObject({
      reading: { notices: debts.map((amount) => ({ key: "notice.overdue", params: { amount } })) },
    });
  });

  it("are not told where nothing is prepaid and nothing owed", async () => {
    const { outcome } = await readAnswers(source, { ...checklist(0, 0), ...usage(318) });
    expect(metersById(outcome).get("balance")).toMatchObject({ remaining: "unknown" });
    expect(outcome).toMatchObject({ reading: { notices: [{ key: "notice.nothing-prepaid" }] } });
  });

  it("are nothing once the account is stopped", async () => {
    const stopped = checklist(0.4, 0, { suspended: true, suspend_reason: "no funds" });
    const { outcome } = await readAnswers(source, { ...stopped, ...usage(0) });
    expect(metersById(outcome).get("balance")?.remaining).toBe(0);
    expect(outcome).toMatchObject({
      reading: { notices: [{}, { key: "notice.account-status", params: { state: "suspended: no funds" } }] },
    });
  });
});

describe("the limit of a cycle", () => {
  it.each([
    [100, 100_000_000, 96_820_000],
    [null, "unlimited", "unlimited"],
    [0, "unlimited", "unlimited"],
    [-1, "unlimited", "unlimited"],
    [undefined, "unknown", "unknown"],
  ])("of %s is %s", async (limit, expected, remaining) => {
    const { outcome } = await readAnswers(source, { ...checklist(-25, 3.18, { limit }), ...usage(318) });
    expect(metersById(outcome).get("spend-limit")).toMatchObject({ limit: expected, used: 3_180_000, remaining });
  });
});

describe("the spend of the month", () => {
  const funds = checklist(-25, 3.18);

  it("comes in cents, while everything else comes in dollars", async () => {
    const { outcome } = await readAnswers(source, { ...funds, ...usage(318) });
    const meters = metersById(outcome);
    expect(meters.get("spend-month")?.used).toBe(3_180_000);
    expect(meters.get("spend-limit")?.used).toBe(3_180_000);
  });

  it("is left out where it is null, and the rest stays", async () => {
    const answer = { "GET /payment/usage": { body: { months: [{ period: "2026.11", total_cost: null }] } } };
    const { outcome } = await readAnswers(source, { ...funds, ...answer });
    expect([...metersById(outcome).keys()]).toEqual(["balance", "spend-limit"]);
  });

  it("is left out where another month is told, or the key may not know", async () => {
    for (const answer of [
      usage(318, "2026.10"),
      ...[401, 403, 404].map((status) => ({ "GET /payment/usage": { status } })),
    ]) {
      const { outcome } = await readAnswers(source, { ...funds, ...answer });
      expect([...metersById(outcome).keys()]).toEqual(["balance", "spend-limit"]);
    }
  });

  it("ends the poll where the service fails, so that the last figures stay", async () => {
    const { outcome } = await readAnswers(source, { ...funds, "GET /payment/usage": { status: 502 } });
    expect(outcome).toMatchObject({ cause: "server-error" });
  });
});
