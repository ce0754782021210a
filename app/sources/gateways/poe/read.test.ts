import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { poe } from "./descriptor.ts";

const source = register(poe);
const NEWER = "GET /usage/current_balance";
const OLDER = "GET /v1/usage/current_balance";

describeFixtures(source, import.meta.url);

describe("the Poe reader", () => {
  it("asks the other path only where the first one is not there", async () => {
    const both = { [NEWER]: { body: { current_point_balance: 5 } }, [OLDER]: { body: { current_point_balance: 6 } } };
    const outcome = await outcomeOf(source, both);
    expect(outcome.trace.map(({ url }) => new URL(url).pathname)).toEqual(["/usage/current_balance"]);
    expect(outcome).toMatchObject({ ok: true, reading: { meters: [{ remaining: 5 }] } });
  });

  it.each([
    [401, "key-refused"],
    [402, "quota-used-up"],
    [429, "rate-limited"],
    [500, "server-error"],
  ])("does not take a %i for a path that is not there", async (status, cause) => {
    const answers = { [NEWER]: { status, body: {} }, [OLDER]: { body: { current_point_balance: 6 } } };
    expect(await outcomeOf(source, answers)).toMatchObject({ ok: false, cause });
  });

  it("says not-found where neither is there", async () => {
    expect(await outcomeOf(source, {})).toMatchObject({ ok: false, cause: "not-found" });
  });
});
