import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { zai } from "./descriptor.ts";

const PATH = "/api/monitor/usage/quota/limit";
const source = register(zai);

describeFixtures(source, import.meta.url);

async function poll(limits: readonly unknown[], options: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify({ code: 200, success: true, data: { limits } });
  const http = cannedTransport({ [PATH]: { body }, [`${PATH}?type=2`]: { body } });
  const baseUrl = "https://api.z.ai";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "id.secret",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare(options);
  return { http, reading: await read(context) };
}

describe("the Z.ai reader", () => {
  it("shows the key alone, without a word before it", async () => {
    const { http } = await poll([]);
    expect(http.requests[0]?.secretHeaders).toEqual([
      { name: "authorization", value: "id.secret", origin: "https://api.z.ai" },
    ]);
  });

  it("names the team where there is one, and asks for its limits", async () => {
    const { http } = await poll([], { organizationId: "org-1", projectId: "proj_1" });
    expect(http.requests[0]).toMatchObject({
      url: `https://api.z.ai${PATH}?type=2`,
      headers: { "bigmodel-organization": "org-1", "bigmodel-project": "proj_1" },
    });
  });

  it("takes `usage` for the limit, not for what is used", async () => {
    const limit = { type: "TIME_LIMIT", unit: 5, number: 1, usage: 1000, currentValue: 130 };
    expect((await poll([limit])).reading.meters).toMatchObject([{ limit: 1000, used: 130, remaining: 870 }]);
  });

  it("takes a percentage for what is used", async () => {
    const limit = { type: "TOKENS_LIMIT", unit: 3, number: 5, percentage: 1 };
    expect((await poll([limit])).reading.meters).toMatchObject([{ used: 1, remaining: 99 }]);
  });

  it("takes a reset for milliseconds; a number of seconds is no time", async () => {
    const limit = { type: "TOKENS_LIMIT", unit: 6, percentage: 1 };
    const at = Date.UTC(2026, 10, 24);
    const resets = async (nextResetTime: number) =>
      (await poll([{ ...limit, nextResetTime }])).reading.meters.map(({ window }) => window);
    expect(await resets(at)).toMatchObject([{ resetsAt: at }]);
    expect(await resets(at / 1000)).toMatchObject([{ resetsAt: null }]);
  });

  it.each([
    [3, 5, "five-hours"],
    [6, 1, "week"],
    [6, 7, "week"],
    [1, 1, "day"],
    [5, 30, "30-minutes"],
  ])("classifies unit %i, number %i as %s", async (unit, number, id) => {
    const { reading } = await poll([{ type: "CREDIT_LIMIT", unit, number, percentage: 5 }]);
    expect(reading.meters).toMatchObject([{ id, confidence: "reported" }]);
  });

  it.each([
    [
      "tokens and credits of one window",
      ["TOKENS_LIMIT", 3, 5],
      ["CREDIT_LIMIT", 3, 5],
      ["five-hours", "five-hours-credits"],
    ],
    ["credits before tokens", ["CREDIT_LIMIT", 3, 5], ["TOKENS_LIMIT", 3, 5], ["five-hours-credits", "five-hours"]],
    ["two of one type and window", ["TOKENS_LIMIT", 6, 1], ["TOKENS_LIMIT", 6, 7], ["week", "week-2"]],
    ["tool calls of month and week", ["TIME_LIMIT", 5, 1], ["TIME_LIMIT", 6, 1], ["tool-calls", "week-tool-calls"]],
    ["two allowances of tool calls", ["TIME_LIMIT", 5, 1], ["TIME_LIMIT", 5, 1], ["tool-calls", "tool-calls-2"]],
    ["two without a window", ["OTHER", 9, 1], ["OTHER", 9, 1], ["five-hours", "week"]],
  ])("drops neither of %s", async (_, one, other, ids) => {
    const limit = ([type, unit, number]: readonly (string | number)[], percentage: number) => ({
      type,
      unit,
      number,
      percentage,
    });
    const { meters } = (await poll([limit(one, 27), limit(other, 99)])).reading;
    expect(meters.map(({ id, used }) => [id, used])).toEqual([
      [ids[0], 27],
      [ids[1], 99],
    ]);
  });

  it("does not guess a window that is told already", async () => {
    const { reading } = await poll([
      { type: "TOKENS_LIMIT", unit: 3, number: 5, percentage: 5 },
      { type: "TOKENS_LIMIT", percentage: 6 },
    ]);
    expect(reading.meters.map(({ id, confidence }) => [id, confidence])).toEqual([
      ["five-hours", "reported"],
      ["week", "estimated"],
    ]);
  });
});
