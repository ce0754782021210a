import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { grokBuild } from "./descriptor.ts";

const source = register(grokBuild);

describeFixtures(source, import.meta.url);

async function poll(config: unknown) {
  const http = cannedTransport({ "/v1/billing?format=credits": { body: JSON.stringify({ config }) } });
  const baseUrl = "https://cli-chat-proxy.grok.com";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "k",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare({});
  return (await read(context)).meters;
}

describe("the Grok reader", () => {
  const billingPeriodEnd = "2026-12-05T00:00:00Z";

  it("takes the percentage for what is used, 0 to 100", async () => {
    expect(await poll({ creditUsagePercent: 0.5, billingPeriodEnd })).toMatchObject([{ used: 0.5, remaining: 99.5 }]);
  });

  it("takes one that is left out for 0, which is how this service writes it", async () => {
    expect(await poll({ billingPeriodEnd })).toMatchObject([{ used: 0, remaining: 100 }]);
  });

  it("takes null for nothing told", async () => {
    expect(await poll({ creditUsagePercent: null, billingPeriodEnd })).toMatchObject([
      { used: "unknown", remaining: "unknown" },
    ]);
  });

  it("prefers the end of the present period to that of the bill", async () => {
    const currentPeriod = { end: "2026-12-01T00:00:00Z" };
    expect(await poll({ currentPeriod, billingPeriodEnd })).toMatchObject([
      { window: { kind: "period", resetsAt: Date.UTC(2026, 11, 1) } },
    ]);
  });
});
