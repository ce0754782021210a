import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { kimiCode } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(kimiCode);

describeFixtures(source, import.meta.url);

async function poll(body: unknown) {
  const http = cannedTransport({ "/coding/v1/usages": { body: JSON.stringify(body) } });
  const baseUrl = "https://api.kimi.com";
  const { context } = createReadContext({ http, baseUrl, key: "k", auth: source.auth, now: NOW });
  const read = await source.prepare({});
  return read(context);
}

describe("the Kimi Code reader", () => {
  it("cuts nanoseconds off a time", async () => {
    const { meters } = await poll({ usage: { used: "1", resetTime: "2026-11-24T02:11:05.999999999Z" } });
    expect(meters[0]?.window).toMatchObject({ resetsAt: Date.UTC(2026, 10, 24, 2, 11, 5, 999) });
  });

  it.each(["resetTime", "reset_time", "resetAt", "reset_at"])("reads a time under %s", async (name) => {
    const { meters } = await poll({ usage: { used: "1", [name]: "2026-11-24T00:00:00Z" } });
    expect(meters[0]?.window).toMatchObject({ resetsAt: Date.UTC(2026, 10, 24) });
  });

  it.each(["reset_in", "resetIn", "ttl"])("counts %s in seconds from now", async (name) => {
    const { meters } = await poll({ usage: { used: "1", [name]: 90 } });
    expect(meters[0]?.window).toMatchObject({ resetsAt: NOW + 90_000 });
  });

  it.each([
    [300, "TIME_UNIT_MINUTE", "five-hours"],
    [5, "TIME_UNIT_HOUR", "five-hours"],
    [7, "TIME_UNIT_DAY", "week"],
    [18_000, "TIME_UNIT_SECOND", "five-hours"],
    [10, "TIME_UNIT_MINUTE", "10-minutes"],
    [1, "TIME_UNIT_MONTH", "rate-limit"],
  ])("calls %i × %s %s", async (duration, timeUnit, id) => {
    const { meters } = await poll({ limits: [{ window: { duration, timeUnit }, detail: { limit: "9", used: "1" } }] });
    expect(meters.map((meter) => meter.id)).toEqual([id]);
  });

  it("fills in the figure that is left out, whichever it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(10_000),
        fc.nat(10_000),
        fc.constantFrom("used", "remaining"),
        async (used, rest, left) => {
          const usage = { limit: String(used + rest), used: String(used), remaining: String(rest), [left]: undefined };
          const { meters } = await poll({ usage });
          expect(meters).toMatchObject([{ limit: used + rest, used, remaining: rest, confidence: "derived" }]);
        },
      ),
    );
  });
});
