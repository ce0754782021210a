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

  it.each([
    ["seconds", Date.UTC(2026, 10, 24) / 1000],
    ["seconds as text", String(Date.UTC(2026, 10, 24) / 1000)],
    ["milliseconds", Date.UTC(2026, 10, 24)],
  ])("reads a time in %s", async (_, reset_at) => {
    const { meters } = await poll({ usage: { used: "1", reset_at } });
    expect(meters[0]?.window).toMatchObject({ resetsAt: Date.UTC(2026, 10, 24) });
  });

  it("leaves no noise of binary fractions", async () => {
    const window = { duration: 300, timeUnit: "TIME_UNIT_MINUTE" };
    const { meters } = await poll({
      usage: { limit: "100", remaining: "99.9" },
      limits: [{ window, detail: { limit: "0.3", used: "0.1" } }],
    });
    expect(meters.map(({ used, remaining }) => [used, remaining])).toEqual([
      [0.1, 99.9],
      [0.1, 0.2],
    ]);
  });

  it("does not take a plan without a week for one that is used up", async () => {
    const { meters, notices } = await poll({ usage: { limit: "0", used: "0", remaining: "0" }, limits: [] });
    expect(meters).toEqual([]);
    expect(notices).toEqual([{ key: "notice.no-limits-told", params: {} }]);
    expect((await poll({ usage: { limit: "0", used: "3", remaining: "0" } })).meters).toHaveLength(1);
  });

  it.each([
    ["without windows", [{}, {}], ["rate-limit", "rate-limit-2"]],
    [
      "of one window",
      [{ window: { duration: 5, timeUnit: "HOUR" } }, { window: { duration: 300, timeUnit: "MINUTE" } }],
      ["five-hours", "five-hours-2"],
    ],
    [
      "of one window with names",
      [
        { window: { duration: 5, timeUnit: "HOUR" }, name: "A" },
        { window: { duration: 5, timeUnit: "HOUR" }, name: "B" },
      ],
      ["five-hours-a", "five-hours-b"],
    ],
  ])("shows both of two limits %s", async (_, items, ids) => {
    const used = [{ used: "8" }, { used: "100" }];
    const limits = items.map((item, index) => ({ ...item, detail: { limit: "100", ...used[index] } }));
    const { meters } = await poll({ limits });
    expect(meters.map((meter) => [meter.id, meter.remaining])).toEqual([
      [ids[0], 92],
      [ids[1], 0],
    ]);
  });

  it("shows a week once that is listed once more", async () => {
    const usage = { limit: "100", used: "34", resetTime: "2026-11-24T00:00:00Z" };
    const week = { window: { duration: 7, timeUnit: "TIME_UNIT_DAY" }, detail: usage };
    expect((await poll({ usage, limits: [week] })).meters.map(({ id }) => id)).toEqual(["week"]);
    const other = { ...week, detail: { ...usage, used: "35" } };
    expect((await poll({ usage, limits: [other] })).meters.map(({ id }) => id)).toEqual(["week", "week-2"]);
  });

  it("goes on without a limit whose figures are null", async () => {
    const { meters } = await poll({
      usage: { limit: "100", used: "34" },
      limits: [{ window: { duration: 300, timeUnit: "TIME_UNIT_MINUTE" }, detail: null }],
    });
    expect(meters.map(({ id }) => id)).toEqual(["week"]);
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
