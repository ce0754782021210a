import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { register } from "../../register.ts";
import { deepgram } from "./descriptor.ts";

const source = register(deepgram);

describeFixtures(source, import.meta.url);

const ID = "6f1c2a90-3b7e-4d58-9a41-0c5d8e2b7f13";
const projects = { "GET /v1/projects": { body: { projects: [{ project_id: ID, name: "Calls" }] } } };
const balances = (...list: unknown[]) => ({ [`GET /v1/projects/${ID}/balances`]: { body: { balances: list } } });

describe("the Deepgram reader", () => {
  it("sends its key as a token", async () => {
    const { requests } = await readAnswers(source, { ...projects, ...balances() });
    expect(requests).toHaveLength(2);
    for (const { secretHeaders } of requests) {
      expect(secretHeaders).toMatchObject([{ name: "authorization", value: expect.stringMatching(/^Token /) }]);
    }
  });

  it("adds purchases per unit, dollars to dollars and hours to hours", async () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 });
    const purchase = fc.record({ cents: amount, units: fc.constantFrom("usd", "hour") });
    await fc.assert(
      fc.asyncProperty(fc.array(purchase, { minLength: 1, maxLength: 8 }), async (purchases) => {
        const list = purchases.map(({ cents, units }) => ({ amount: cents / 100, units }));
        const { outcome } = await readAnswers(source, { ...projects, ...balances(...list) });
        const sum = (unit: string) =>
          purchases.filter(({ units }) => units === unit).reduce((total, { cents }) => total + cents, 0);
        const meters = metersById(outcome);
        if (sum("usd") > 0) expect(meters.get(`balance-${ID}`)?.remaining).toBe(sum("usd") * 10_000);
        if (sum("hour") > 0) expect(meters.get(`hours-${ID}`)?.remaining).toBe(sum("hour") / 100);
      }),
    );
  });

  it("reads every project by itself, in one order whatever the answer's", async () => {
    const other = "11111111-1111-4111-8111-111111111111";
    const list = [
      { project_id: ID, name: "Calls" },
      { project_id: other, name: "Calls" },
    ];
    for (const order of [list, list.toReversed()]) {
      const { outcome } = await readAnswers(source, {
        "GET /v1/projects": { body: { projects: order } },
        ...balances({ amount: 99, units: "usd" }, { amount: 3, units: "hour" }),
        [`GET /v1/projects/${other}/balances`]: { body: { balances: [{ amount: 0, units: "usd" }] } },
      });
      const meters = [...metersById(outcome).values()];
      expect(meters.map(({ id, label, remaining }) => [id, englishLabel(label), remaining])).toEqual([
        [`balance-${other}`, `Balance, Calls (${other})`, 0],
        [`balance-${ID}`, `Balance, Calls (${ID})`, 99_000_000],
        [`hours-${ID}`, `Hours, Calls (${ID})`, 3],
      ]);
      expect(outcome).toMatchObject({
        reading: { account: null, notices: [{ key: "notice.several-accounts", params: { all: 2, shown: 2 } }] },
      });
    }
  });

  it("leaves a project out that the key may not read, and asks for five at most", async () => {
    const ids = [1, 2, 3, 4, 5, 6, 7].map((n) => `${n}1111111-1111-4111-8111-111111111111`);
    const { outcome, requests } = await readAnswers(source, {
      "GET /v1/projects": { body: { projects: ids.map((project_id) => ({ project_id, name: project_id })) } },
      ...Object.fromEntries(
        ids.map((id, index) => [
          `GET /v1/projects/${id}/balances`,
          index === 0 ? { status: 403, body: {} } : { body: { balances: [{ amount: index, units: "usd" }] } },
        ]),
      ),
    });
    expect([...metersById(outcome).keys()]).toEqual(ids.slice(1, 5).map((id) => `balance-${id}`));
    expect(outcome).toMatchObject({ reading: { notices: [{ params: { all: 7, shown: 4 } }] } });
    expect(requests).toHaveLength(6);
  });

  it("says so of a purchase without a unit", async () => {
    const list = [
      { amount: 3, units: null },
      { amount: 2, units: "usd" },
    ];
    const { outcome } = await readAnswers(source, { ...projects, ...balances(...list) });
    expect(metersById(outcome).get(`balance-${ID}`)?.remaining).toBe(2_000_000);
    expect(outcome).toMatchObject({ reading: { notices: [{ key: "notice.unit-unknown" }] } });
  });

  it("takes nothing but an id from the list of projects into a path", async () => {
    const { outcome, requests } = await readAnswers(source, {
      "GET /v1/projects": { body: { projects: [{ project_id: "../keys" }] } },
    });
    expect(outcome).toMatchObject({ cause: "unexpected-shape", detail: "projects.0.project_id: not an ID" });
    expect(requests).toHaveLength(1);
  });

  it("names a key without projects, and one that may not see the balances", async () => {
    const none = await readAnswers(source, { "GET /v1/projects": { body: { projects: [] } } });
    expect(none.outcome).toMatchObject({ cause: "unexpected-shape", detail: "projects: empty" });
    const body = { category: "INSUFFICIENT_PERMISSIONS" };
    const refused = { [`GET /v1/projects/${ID}/balances`]: { status: 403, body } };
    expect((await readAnswers(source, { ...projects, ...refused })).outcome).toMatchObject({
      cause: "key-lacks-permission",
    });
  });
});
