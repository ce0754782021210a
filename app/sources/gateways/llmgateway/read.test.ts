import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { llmgateway } from "./descriptor.ts";

const source = register(llmgateway);
const read = (data: object) => outcomeOf(source, { "GET /v1/key": { body: { data } } });

describeFixtures(source, import.meta.url);

describe("the LLM Gateway reader", () => {
  it("reads decimal texts as dollars", async () => {
    expect(await read({ usage: "18.90", limit: "20" })).toMatchObject({
      ok: true,
      reading: { meters: [{ limit: 20_000_000, used: 18_900_000, remaining: 1_100_000 }] },
    });
  });

  it("tells a limit of null from one that is not there", async () => {
    expect(await read({ usage: "1", limit: null })).toMatchObject({ reading: { meters: [{ limit: "unlimited" }] } });
    expect(await read({ usage: "1" })).toMatchObject({ reading: { meters: [{ limit: "unknown" }] } });
  });

  it.each([["none"], [null], [undefined]])(
    "shows no plan where it is %j, whatever its figures say",
    async (devPlan) => {
      const outcome = await read({
        usage: "1",
        limit: null,
        devPlan,
        devPlanCreditsLimit: "80",
        devPlanCreditsUsed: "80",
      });
      expect(outcome).toMatchObject({ ok: true, reading: { meters: [{ id: "key-limit" }], notices: [] } });
      expect(outcome.ok && outcome.reading.meters).toHaveLength(1);
    },
  );

  it.each([
    ["0", "0", false],
    ["0.00", "0.00", false],
    ["0", null, false],
    ["0", "1.40", false],
    ["12.00", "12.00", true],
    ["12.00", "0", true],
  ])("says of premium models with a limit of %j and %j used whether they count: %j", async (limit, used, shown) => {
    const outcome = await read({
      usage: "1",
      limit: null,
      devPlan: "lite",
      devPlanCreditsLimit: "80",
      devPlanCreditsUsed: "1",
      devPlanPremiumWeeklyLimit: limit,
      devPlanPremiumCreditsUsed: used,
    });
    expect(outcome.ok && outcome.reading.meters.some(({ id }) => id === "plan-premium")).toBe(shown);
  });

  it("takes a plan's figure of null for not told, never for unlimited or 0", async () => {
    const outcome = await read({
      usage: "1",
      limit: null,
      devPlan: "pro",
      devPlanCreditsLimit: null,
      devPlanCreditsUsed: "3",
    });
    expect(outcome).toMatchObject({
      reading: {
        meters: [{ id: "key-limit" }, { id: "plan", limit: "unknown", used: 3_000_000, remaining: "unknown" }],
      },
    });
  });
});
