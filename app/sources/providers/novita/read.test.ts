import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { novita } from "./descriptor.ts";

const source = register(novita);

describeFixtures(source, import.meta.url);

const DETAIL = "GET /openapi/v1/billing/balance/detail";

describe("the Novita reader", () => {
  it("reads ten-thousandths of a dollar", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), fc.boolean(), async (amount, asText) => {
        const availableBalance = asText ? String(amount) : amount;
        const { outcome } = await readAnswers(source, { [DETAIL]: { body: { availableBalance } } });
        expect(metersById(outcome).get("balance")?.remaining).toBe(amount * 100);
      }),
    );
  });

  it("says what is owed in dollars", async () => {
    const body = { availableBalance: "0", outstandingInvoices: "31800" };
    const { outcome } = await readAnswers(source, { [DETAIL]: { body } });
    expect(outcome).toMatchObject({ reading: { notices: [{ params: { amount: "3.18 USD" } }] } });
  });

  it.each([
    [401, "key-refused"],
    [403, "key-lacks-permission"],
    [404, "not-found"],
  ])("names the cause of %d", async (status, cause) => {
    const answer = { status, body: {} };
    const { outcome } = await readAnswers(source, { [DETAIL]: answer, "GET /v3/user/balance": answer });
    expect(outcome).toMatchObject({ cause });
  });
});
