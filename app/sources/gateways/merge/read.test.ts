import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { merge } from "./descriptor.ts";

const source = register(merge);

describeFixtures(source, import.meta.url);

const outcome = (body: unknown, status = 200) => outcomeOf(source, { "GET /v1/credits": { status, body } });

describe("the Merge Gateway reader", () => {
  it("reads dollars, not cents, and what was spent is not what is left", async () => {
    expect(await outcome({ balance_usd: 61.35, total_spend_usd: 18.9 })).toMatchObject({
      ok: true,
      reading: { meters: [{ limit: "unknown", used: 18_900_000, remaining: 61_350_000 }] },
    });
  });

  it("takes neither purchases nor free nor lapsed credit for a limit or a part of the balance", async () => {
    const told = { credits_purchased_usd: 490, free_credits_usd: 20, credits_expired_usd: 10 };
    const read = await outcome({ balance_usd: 3, total_spend_usd: 497, ...told });
    expect(read.ok ? read.reading.meters.map(({ id, limit }) => ({ id, limit })) : read.cause).toEqual([
      { id: "balance", limit: "unknown" },
    ]);
  });

  it("does not take spend that is not told for none", async () => {
    for (const spend of [{}, { total_spend_usd: null }]) {
      expect(await outcome({ balance_usd: 3, ...spend })).toMatchObject({ reading: { meters: [{ used: "unknown" }] } });
    }
  });

  it.each([
    ["missing", {}, "balance_usd: missing"],
    ["null", { balance_usd: null }, "balance_usd: not a number"],
  ])("does not take a balance that is %s for none", async (_, told, detail) => {
    const body = { total_spend_usd: 18.9, credits_purchased_usd: 75, ...told };
    expect(await outcome(body)).toMatchObject({ ok: false, cause: "unexpected-shape", detail });
  });

  it.each([
    [401, "key-refused"],
    [403, "key-lacks-permission"],
    [429, "rate-limited"],
    [503, "server-error"],
  ])("names the cause of %d", async (status, cause) => {
    expect(await outcome({ detail: "no" }, status)).toMatchObject({ ok: false, cause });
  });
});
