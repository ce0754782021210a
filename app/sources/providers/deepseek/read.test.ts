import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { register } from "../../register.ts";
import { deepseek } from "./descriptor.ts";

const source = register(deepseek);

describeFixtures(source, import.meta.url);

const info = (currency: string, total: unknown, more = {}) => ({ currency, total_balance: total, ...more });
const read = (...balance_infos: unknown[]) =>
  readAnswers(source, { "GET /user/balance": { body: { is_available: true, balance_infos } } });

describe("the DeepSeek reader", () => {
  it("keeps currencies apart, under ids that do not depend on which others there are", async () => {
    const both = metersById((await read(info("CNY", "100"), info("USD", "3"))).outcome);
    const one = metersById((await read(info("usd", "3"))).outcome);
    expect([...both.keys()]).toEqual(["balance-cny", "balance-usd"]);
    expect(one.get("balance-usd")).toEqual({ ...both.get("balance-usd"), label: { key: "meter.balance" } });
    expect([...both.values()].map(({ label }) => englishLabel(label))).toEqual(["Balance, CNY", "Balance, USD"]);
    expect(both.get("balance-cny")).toMatchObject({ unit: { currency: "CNY" }, remaining: 100_000_000 });
  });

  it.each([
    ["no balance at all", [], "balance_infos: empty"],
    ["one currency twice", [info("USD", "1"), info("USD", "2")], "two balances in the same unit"],
    ["a sign for a currency", [info("$", "1")], "balance_infos.0.currency: not a currency code"],
    ["a balance of null", [info("USD", null)], "balance_infos.0.total_balance: not a number"],
  ])("refuses %s", async (_, infos, detail) => {
    expect((await read(...infos)).outcome).toMatchObject({ cause: "unexpected-shape", detail });
  });

  it.each([
    [401, "key-refused"],
    [402, "quota-used-up"],
    [503, "server-error"],
  ])("names the cause of %d", async (status, cause) => {
    const { outcome } = await readAnswers(source, { "GET /user/balance": { status, body: {} } });
    expect(outcome).toMatchObject({ cause });
  });
});
