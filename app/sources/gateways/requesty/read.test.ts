import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { requesty } from "./descriptor.ts";

const source = register(requesty);
const KEY = "GET /v1/manage/apikey/self";
const ORGANIZATION = "GET /v1/manage/org";
const key = (more: object = {}) => ({ body: { id: "k", monthly_spend: "3.77", monthly_limit: "25", ...more } });

describeFixtures(source, import.meta.url);

describe("the Requesty reader", () => {
  it.each([["0"], ["0.00"], [0]])("takes a limit of %j for none", async (monthly_limit) => {
    const outcome = await outcomeOf(source, { [KEY]: key({ monthly_limit }) });
    expect(outcome).toMatchObject({ ok: true, reading: { meters: [{ limit: "unlimited", used: 3_770_000 }] } });
  });

  it.each([{ monthly_spend: "3.77" }, { monthly_spend: "3.77", monthly_limit: null }])(
    "takes a limit that is not told for unknown, not for none: %j",
    async (body) => {
      const outcome = await outcomeOf(source, { [KEY]: { body } });
      expect(outcome).toMatchObject({
        reading: { meters: [{ limit: "unknown", used: 3_770_000, remaining: "unknown", confidence: "reported" }] },
      });
    },
  );

  it("reads a spend with an exponent", async () => {
    const outcome = await outcomeOf(source, { [KEY]: key({ monthly_spend: "1.2e-02" }) });
    expect(outcome).toMatchObject({ reading: { meters: [{ used: 12_000, remaining: 24_988_000 }] } });
  });

  it("still refuses a limit that is no number", async () => {
    const outcome = await outcomeOf(source, { [KEY]: key({ monthly_limit: "much" }) });
    expect(outcome).toMatchObject({ ok: false, cause: "unexpected-shape" });
  });

  it("does not ask for the balance with a key that says it may not", async () => {
    const outcome = await outcomeOf(source, { [KEY]: key({ permissions: { manage: "none" } }) });
    expect(outcome.trace).toHaveLength(1);
    expect(outcome).toMatchObject({ ok: true, reading: { notices: [{ key: "notice.balance-not-told" }] } });
  });

  it.each([401, 403, 404])("leaves the balance out on %i", async (status) => {
    const outcome = await outcomeOf(source, { [KEY]: key(), [ORGANIZATION]: { status, body: {} } });
    expect(outcome).toMatchObject({ ok: true, reading: { meters: [{ id: "key-budget" }] } });
  });

  it.each([
    [{ status: 500 }, "server-error"],
    [{ status: 429, body: {} }, "rate-limited"],
    [{ body: { balance: "much" } }, "unexpected-shape"],
  ])("ends the poll when the balance gives %j", async (answer, cause) => {
    expect(await outcomeOf(source, { [KEY]: key(), [ORGANIZATION]: answer })).toMatchObject({ ok: false, cause });
  });
});
