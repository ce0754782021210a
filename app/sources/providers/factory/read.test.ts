import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { factory } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(factory);

describeFixtures(source, import.meta.url);

async function poll(body: Readonly<Record<string, unknown>>) {
  const answer = JSON.stringify({ usesTokenRateLimitsBilling: true, ...body });
  const http = cannedTransport({ "/api/billing/limits": { body: answer } });
  const baseUrl = "https://api.factory.ai";
  const { context } = createReadContext({ http, baseUrl, key: "k", auth: source.auth, now: NOW });
  const read = await source.prepare({});
  return (await read(context)).meters;
}

describe("the Factory reader", () => {
  const at = Date.UTC(2026, 10, 20, 14);

  it.each([
    ["a time in ISO", { windowEnd: "2026-11-20T14:00:00Z" }],
    ["milliseconds", { windowEnd: at }],
    ["seconds that remain", { secondsRemaining: 7200 }],
  ])("reads a reset of %s", async (_, end) => {
    const meters = await poll({ limits: { standard: { fiveHour: { usedPercent: 0.5, ...end } } } });
    expect(meters).toMatchObject([{ used: 0.5, remaining: 99.5, window: { resetsAt: at } }]);
  });

  it("takes the balance for cents, and leaves it out where it is not used", async () => {
    expect(await poll({ extraUsageBalanceCents: 1550, extraUsageAllowed: true })).toMatchObject([
      { id: "extra-usage", remaining: 15_500_000, window: { kind: "balance" } },
    ]);
    expect(await poll({ extraUsageBalanceCents: 1550, extraUsageAllowed: false })).toEqual([]);
  });
});
