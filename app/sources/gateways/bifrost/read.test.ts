import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { register } from "../../register.ts";
import { bifrost } from "./descriptor.ts";

const source = register(bifrost);
const read = (body: unknown) => outcomeOf(source, { "GET /api/governance/virtual-keys/quota": { body } });
const budget = (reset_duration: string | null, more: object = {}) => ({
  max_limit: 30,
  current_usage: 12.4,
  reset_duration,
  ...more,
});

describeFixtures(source, import.meta.url);

describe("the Bifrost reader", () => {
  it("keeps a budget per minute apart from one per month", async () => {
    const last_reset = "2026-11-20T11:59:30Z";
    const outcome = await read({
      virtual_key_name: "k",
      budgets: [budget("1m", { last_reset }), budget("1M", { last_reset })],
    });
    expect(outcome).toMatchObject({
      reading: {
        meters: [
          { id: "key-budget-1-minutes", window: { resetsAt: Date.UTC(2026, 10, 20, 12, 0, 30) } },
          { id: "key-budget-1-months", window: { resetsAt: Date.UTC(2026, 11, 20, 11, 59, 30) } },
        ],
      },
    });
  });

  it("reads dollars, and takes current_usage for what is used", async () => {
    expect(await read({ virtual_key_name: "k", budgets: [budget("1d")] })).toMatchObject({
      reading: { meters: [{ limit: 30_000_000, used: 12_400_000, remaining: 17_600_000 }] },
    });
  });

  it("keeps the ids of equal durations apart", async () => {
    const outcome = await read({ virtual_key_name: "k", budgets: [budget("1M"), budget("1M"), budget(null)] });
    expect(outcome.ok && outcome.reading.meters.map(({ id }) => id)).toEqual([
      "key-budget-1-months",
      "key-budget-1-months-2",
      "key-budget-other",
    ]);
  });

  it.each([
    ["that ended a day ago", budget("1d", { last_reset: "2026-11-18T11:00:00Z" })],
    ["that ended this moment", budget("1h", { last_reset: "2026-11-20T11:00:00Z" })],
    ["of last month", budget("1M", { last_reset: "2026-10-01T00:00:00Z", calendar_aligned: true })],
    ["of yesterday", budget("1d", { last_reset: "2026-11-19T00:00:00Z", calendar_aligned: true })],
    ["of the quarter before", budget("1Q", { last_reset: "2026-07-01T00:00:00Z", calendar_aligned: true })],
  ])("knows no use of a window %s", async (_, ended) => {
    const outcome = await read({ virtual_key_name: "k", budgets: [{ ...ended, current_usage: 30 }] });
    expect(outcome).toMatchObject({
      reading: { meters: [{ limit: 30_000_000, used: "unknown", remaining: "unknown" }] },
    });
  });

  it.each([
    budget("1M", { last_reset: "2026-11-01T00:00:00Z", calendar_aligned: true }),
    budget("1d", { last_reset: "2026-11-20T00:00:00Z", calendar_aligned: true }),
    budget("1M", { calendar_aligned: true }),
    budget("1d", { last_reset: "2026-11-19T12:00:01Z" }),
    budget("1d"),
    budget("fortnight", { last_reset: "2020-01-01T00:00:00Z" }),
  ])("takes the use of a running window as it is: %j", async (running) => {
    expect(await read({ virtual_key_name: "k", budgets: [running] })).toMatchObject({
      reading: { meters: [{ used: 12_400_000 }] },
    });
  });

  it("knows no use of a rate limit whose minute is over", async () => {
    const rate_limit = {
      token_max_limit: 5000,
      token_current_usage: 5000,
      token_reset_duration: "1m",
      token_last_reset: "2026-11-20T11:00:00Z",
      request_max_limit: 10,
      request_current_usage: 4,
      request_reset_duration: "1m",
      request_last_reset: "2026-11-20T11:59:30Z",
    };
    expect(await read({ virtual_key_name: "k", rate_limit })).toMatchObject({
      reading: {
        meters: [
          { id: "tokens", limit: 5000, used: "unknown", remaining: "unknown", window: { resetsAt: null } },
          { id: "requests", used: 4, remaining: 6 },
        ],
      },
    });
  });

  it("names budgets by words, in which a minute is no month", async () => {
    const budgets = ["1m", "1M", "1M", "3M", "5h", "1Q", null].map((duration) => budget(duration));
    const outcome = await read({ virtual_key_name: "k", budgets });
    expect(outcome.ok && outcome.reading.meters.map(({ label }) => englishLabel(label))).toEqual([
      "Key budget, minute",
      "Key budget, month",
      "Key budget, month (2)",
      "Key budget, 3 months",
      "Key budget, 5 hours",
      "Key budget, quarter",
      "Key budget",
    ]);
  });

  it.each([
    [{ virtual_key_name: "k" }],
    [{ virtual_key_name: "k", budgets: [] }],
    [{ budgets: null, rate_limit: null }],
  ])("reads %j as a key without budget", async (body) => {
    expect(await read(body)).toMatchObject({ reading: { meters: [{ limit: "unlimited", used: "unknown" }] } });
  });

  it("does not take an answer of something else for a key without budget", async () => {
    expect(await read({ message: "hello" })).toMatchObject({ ok: false, cause: "unexpected-shape" });
  });

  it("takes a limit that is not told for unknown, never for 0", async () => {
    expect(await read({ virtual_key_name: "k", budgets: [{ current_usage: 3 }] })).toMatchObject({
      reading: { meters: [{ limit: "unknown", used: 3_000_000, remaining: "unknown" }] },
    });
  });

  it("says not-found of versions without the route", async () => {
    expect(await outcomeOf(source, {})).toMatchObject({ ok: false, cause: "not-found" });
  });
});
