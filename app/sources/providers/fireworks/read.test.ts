import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { register } from "../../register.ts";
import { fireworks } from "./descriptor.ts";

const source = register(fireworks);

describeFixtures(source, import.meta.url);

const account = (more: object = {}) => ({
  "GET /v1/accounts?pageSize=200": { body: { accounts: [{ name: "accounts/acme", ...more }] } },
});
const quotas = (...list: unknown[]) => ({ "GET /v1/accounts/acme/quotas?pageSize=200": { body: { quotas: list } } });
const spend = { name: "accounts/acme/quotas/monthly-spend-usd", value: "50", maxValue: "500", usage: 17.36 };

describe("the Fireworks reader", () => {
  it("takes `value` for the limit, `usage` for what was used, and leaves other quotas alone", async () => {
    const rate = { name: "accounts/acme/quotas/requests-per-minute", value: "not our business", usage: {} };
    const { outcome } = await readAnswers(source, { ...account(), ...quotas(rate, spend) });
    expect([...metersById(outcome).values()]).toMatchObject([
      { id: "spend-limit-acme", limit: 50_000_000, used: 17_360_000, remaining: 32_640_000, confidence: "estimated" },
    ]);
  });

  it.each([
    [undefined, []],
    ["UNSUSPENDED", []],
    ["SUSPEND_STATE_UNSPECIFIED", []],
    ["DELINQUENT", [{ key: "notice.account-status", params: { state: "DELINQUENT" } }]],
  ])("says so when the account is %s", async (suspendState, notices) => {
    const { outcome } = await readAnswers(source, { ...account({ suspendState }), ...quotas(spend) });
    expect(outcome).toMatchObject({ reading: { notices, subjects: { account: "accounts/acme" } } });
  });

  it("reads each account under its own id, in one order whatever the answer's", async () => {
    const accounts = ["beta", "acme.co"].map((id) => ({ name: `accounts/${id}` }));
    const quota = (id: string, usage: number) => ({
      [`GET /v1/accounts/${id}/quotas?pageSize=200`]: {
        body: { quotas: [{ name: `accounts/${id}/quotas/monthly-spend-usd`, value: "50", usage }] },
      },
    });
    for (const order of [accounts, accounts.toReversed()]) {
      const { outcome } = await readAnswers(source, {
        "GET /v1/accounts?pageSize=200": { body: { accounts: order } },
        ...quota("beta", 1),
        ...quota("acme.co", 50),
      });
      const meters = [...metersById(outcome).values()];
      expect(meters.map(({ id, label, remaining }) => [id, englishLabel(label), remaining])).toEqual([
        ["spend-limit-acme-co", "Spend limit, acme.co", 0],
        ["spend-limit-beta", "Spend limit, beta", 49_000_000],
      ]);
      expect(outcome).toMatchObject({
        reading: { account: null, notices: [{ key: "notice.several-accounts", params: { all: 2, shown: 2 } }] },
      });
    }
  });

  it("finds the spend on a later page", async () => {
    const { outcome } = await readAnswers(source, {
      ...account(),
      "GET /v1/accounts/acme/quotas?pageSize=200": { body: { quotas: [], nextPageToken: "abc" } },
      "GET /v1/accounts/acme/quotas?pageSize=200&pageToken=abc": { body: { quotas: [spend] } },
    });
    expect(metersById(outcome).get("spend-limit-acme")).toMatchObject({ remaining: 32_640_000 });
  });

  it.each([403, 404])("reads an account that is named although the list gets %d", async (status) => {
    const { outcome } = await readAnswers(
      source,
      { "GET /v1/accounts": { status, body: {} }, ...quotas(spend) },
      { options: { accountId: "acme" } },
    );
    expect(metersById(outcome).get("spend-limit-acme")).toMatchObject({ remaining: 32_640_000 });
  });

  it.each([
    ["no account", [], "accounts: empty"],
    ["a way up", [{ name: "accounts/.." }], "accounts.0.name: not the name of an account"],
    ["a name that is none", [{ name: "accounts/../keys" }], "accounts.0.name: not the name of an account"],
  ])("asks no further with %s", async (_, accounts, detail) => {
    const { outcome, requests } = await readAnswers(source, { "GET /v1/accounts": { body: { accounts } } });
    expect(outcome).toMatchObject({ cause: "unexpected-shape", detail });
    expect(requests).toHaveLength(1);
  });
});
