import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { vercel } from "./descriptor.ts";

const source = register(vercel);

describeFixtures(source, import.meta.url);

describe("the Vercel reader", () => {
  it("reads decimal texts as dollars, not cents, and used is not left", async () => {
    const outcome = await outcomeOf(source, {
      "GET /v1/credits": { body: { balance: "42.18", total_used: "7.82" } },
    });
    expect(outcome).toMatchObject({ ok: true, reading: { meters: [{ used: 7_820_000, remaining: 42_180_000 }] } });
  });

  it("does not take a missing balance for none", async () => {
    const outcome = await outcomeOf(source, { "GET /v1/credits": { body: { total_used: "7.82" } } });
    expect(outcome).toMatchObject({ ok: false, cause: "unexpected-shape", detail: "balance: missing" });
  });
});
