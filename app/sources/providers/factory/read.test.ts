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

  it("takes an empty balance for extra usage for none that ran out", async () => {
    const limits = { standard: { fiveHour: { usedPercent: 1 } } };
    const ids = async (extraUsageBalanceCents: number) =>
      (await poll({ limits, extraUsageAllowed: true, extraUsageBalanceCents })).map(({ id }) => id);
    expect(await ids(0)).toEqual(["five-hours"]);
    expect(await ids(-1)).toEqual(["five-hours", "extra-usage"]);
  });

  it("reads pools beside the plan's, under their names, whatever the order", async () => {
    const core = { fiveHour: { usedPercent: 99 }, monthly: { usedPercent: 3 } };
    const limits = { core, note: { text: "no pool" }, version: 2, standard: { fiveHour: { usedPercent: 1 } } };
    expect((await poll({ limits })).map(({ id, used }) => [id, used])).toEqual([
      ["five-hours", 1],
      ["five-hours-core", 99],
      ["month-core", 3],
    ]);
    await expect(poll({ limits: { core: { weekly: { usedPercent: "much" } } } })).rejects.toMatchObject({
      failure: { cause: "unexpected-shape", detail: expect.stringMatching(/^limits\.core/) },
    });
  });

  it("takes the balance for cents, and leaves it out where it is not used", async () => {
    expect(await poll({ extraUsageBalanceCents: 1550, extraUsageAllowed: true })).toMatchObject([
      { id: "extra-usage", remaining: 15_500_000, window: { kind: "balance" } },
    ]);
    expect(await poll({ extraUsageBalanceCents: 1550, extraUsageAllowed: false })).toEqual([]);
  });
});
