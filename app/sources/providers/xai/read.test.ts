import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { xai } from "./descriptor.ts";

const source = register(xai);

describeFixtures(source, import.meta.url);

const read = (val: unknown, options: Record<string, unknown> = { teamId: "team-1" }) =>
  readAnswers(
    source,
    { "GET /v1/billing/teams/team-1/prepaid/balance": { body: { changes: [], total: { val } } } },
    { options },
  );

describe("the xAI reader", () => {
  it("reads cents with the sign turned: negative is what can be spent", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -100_000_000, max: 100_000 }), async (cents) => {
        const { outcome } = await read(String(cents));
        expect(metersById(outcome).get("balance")?.remaining).toBe(0 - cents * 10_000);
      }),
    );
  });

  it("does not make a negative zero of nothing", async () => {
    expect(metersById((await read("0")).outcome).get("balance")?.remaining).toBe(0);
  });

  it.each([[{}], [{ teamId: "" }], [{ teamId: "a/b" }]])("asks nothing with the options %j", async (options) => {
    const { outcome, requests } = await read("-2350", options);
    expect(outcome).toMatchObject({ cause: "invalid-options", detail: expect.stringMatching(/^teamId: /) });
    expect(requests).toEqual([]);
  });

  it("names the team, so that two keys of it are known for one", async () => {
    expect((await read("-1")).outcome).toMatchObject({ reading: { subjects: { team: "team-1" } } });
  });
});
