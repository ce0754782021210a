import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
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
        if (sum("usd") > 0) expect(meters.get("balance")?.remaining).toBe(sum("usd") * 10_000);
        if (sum("hour") > 0) expect(meters.get("hours")?.remaining).toBe(sum("hour") / 100);
      }),
    );
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
