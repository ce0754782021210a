import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { anthropicAdmin } from "./descriptor.ts";

const source = register(anthropicAdmin);

describeFixtures(source, import.meta.url);

const COSTS = "GET /v1/organizations/cost_report";
const USAGE = "GET /v1/organizations/usage_report/messages";
const costs = (...amounts: unknown[]) => ({
  [COSTS]: { body: { data: [{ results: amounts.map((amount) => ({ amount, currency: "USD" })) }], has_more: false } },
});
const usage = (...results: unknown[]) => ({ [USAGE]: { body: { data: [{ results }], has_more: false } } });
const cents = fc.integer({ min: 0, max: 100_000_000 });

describe("the costs of the month", () => {
  it("are cents, as text with decimals", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cents, { maxLength: 5 }), async (hundredths) => {
        // Hundredths of a cent, because the report has them.
        const { outcome } = await readAnswers(source, {
          ...costs(...hundredths.map((h) => (h / 100).toFixed(2))),
          ...usage(),
        });
        const micros = hundredths.reduce((sum, h) => sum + h * 100, 0);
        expect(metersById(outcome).get("spend-month")).toMatchObject({
          used: micros,
          limit: "unknown",
          remaining: "unknown",
        });
      }),
    );
  });

  it("are asked for with the version that the API wants, from the first of the month on", async () => {
    const { requests } = await readAnswers(source, { ...costs(), ...usage() }, { now: "2026-12-31T23:59:59Z" });
    expect(requests.map(({ url }) => new URL(url).searchParams.get("starting_at"))).toEqual([
      "2026-12-01T00:00:00.000Z",
      "2026-12-01T00:00:00.000Z",
    ]);
    for (const { headers, secretHeaders } of requests) {
      expect(headers["anthropic-version"]).toBe("2023-06-01");
      expect(secretHeaders).toMatchObject([{ name: "x-api-key", value: expect.not.stringMatching(/ /) }]);
    }
  });

  it.each([
    [401, "key-refused"],
    [403, "key-lacks-permission"],
    [429, "rate-limited"],
  ])("are what the source is for: %d ends the poll", async (status, cause) => {
    expect((await readAnswers(source, { [COSTS]: { status, body: {} }, ...usage() })).outcome).toMatchObject({ cause });
  });
});

describe("the tokens of the month", () => {
  it("are all kinds together, each once", async () => {
    const result = {
      uncached_input_tokens: 1,
      cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 300 },
      cache_read_input_tokens: 4000,
      output_tokens: 50_000,
      server_tool_use: { web_search_requests: 600_000 },
    };
    const { outcome } = await readAnswers(source, { ...costs(), ...usage(result, result) });
    expect(metersById(outcome).get("tokens-month")).toMatchObject({
      used: 108_642,
      limit: "unknown",
      unit: { kind: "tokens" },
    });
  });

  it.each([null, undefined])("are left out where the cache's are %s, and the costs stay", async (cache_creation) => {
    const result = { uncached_input_tokens: 1, cache_creation, cache_read_input_tokens: 2, output_tokens: 3 };
    const { outcome } = await readAnswers(source, { ...costs("100"), ...usage(result) });
    expect([...metersById(outcome).keys()]).toEqual(["spend-month"]);
    expect(outcome).toMatchObject({ reading: { notices: [{ key: "notice.priority-tier-excluded" }] } });
  });

  it.each([401, 403, 404])("are left out where the key gets %d", async (status) => {
    const { outcome } = await readAnswers(source, { ...costs("100"), [USAGE]: { status, body: {} } });
    expect([...metersById(outcome).keys()]).toEqual(["spend-month"]);
  });

  it("end the poll where the service fails, so that the last figures stay", async () => {
    const { outcome } = await readAnswers(source, { ...costs("100"), [USAGE]: { status: 500, body: {} } });
    expect(outcome).toMatchObject({ cause: "server-error" });
  });
});
