import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { venice } from "./descriptor.ts";

const source = register(venice);
const read = (body: object) => outcomeOf(source, { "GET /api/v1/billing/balance": { body } });

describeFixtures(source, import.meta.url);

describe("the Venice reader", () => {
  it("takes balances for what is left, in dollars and in DIEM", async () => {
    expect(await read({ canConsume: true, balances: { diem: 90.5, usd: 25 }, diemEpochAllocation: 100 })).toMatchObject(
      {
        reading: {
          meters: [
            { limit: 100, used: 9.5, remaining: 90.5 },
            { unit: { kind: "money" }, remaining: 25_000_000 },
          ],
        },
      },
    );
  });

  it.each([
    ["no stake", { diem: 0, usd: 5 }, 0, ["balance"]],
    ["a stake that is used up", { diem: 0, usd: 0 }, 100, ["diem"]],
    ["nothing", { diem: 0, usd: 0 }, 0, ["balance"]],
    ["no DIEM and dollars that are not told", { diem: 0, usd: null }, null, ["diem"]],
    ["DIEM without an allowance", { diem: 3, usd: null }, null, ["diem"]],
  ])("shows what there is with %s", async (_, balances, diemEpochAllocation, ids) => {
    const outcome = await read({ balances, diemEpochAllocation });
    expect(outcome.ok && outcome.reading.meters.map(({ id }) => id)).toEqual(ids);
  });

  it("does not take a balance that is not told for none", async () => {
    const outcome = await read({ canConsume: true, balances: { diem: null, usd: null }, diemEpochAllocation: 100 });
    expect(outcome).toMatchObject({ ok: false, cause: "unexpected-shape", detail: "the answer tells no balance" });
  });
});
