import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { minimax } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(minimax);

describeFixtures(source, import.meta.url);

async function poll(model: Readonly<Record<string, unknown>>, baseUrl = "https://api.minimax.io") {
  const body = { model_remains: [{ model_name: "general", ...model }], base_resp: { status_code: 0 } };
  const http = cannedTransport({ "/v1/token_plan/remains": { body: JSON.stringify(body) } });
  const { context } = createReadContext({ http, baseUrl, key: "sk-cp-x", auth: source.auth, now: NOW });
  const read = await source.prepare({});
  return (await read(context)).meters;
}

describe("the MiniMax reader", () => {
  const counts = { current_interval_total_count: 1500, current_interval_usage_count: 1200 };

  it("takes the percentage for what remains, and the counts for nothing beside it", async () => {
    const meters = await poll({ ...counts, current_interval_remaining_percent: 81 });
    expect(meters).toMatchObject([{ id: "five-hours", used: 19, remaining: 81, confidence: "reported" }]);
  });

  it.each([
    ["remaining on the international site", "https://api.minimax.io", 20],
    ["used on the Chinese site", "https://api.minimaxi.com", 80],
  ])("takes a lonely usage_count for %s", async (_, baseUrl, used) => {
    expect(await poll(counts, baseUrl)).toMatchObject([{ used, confidence: "estimated" }]);
  });

  it("takes no count on an address whose region nobody knows, and none of a total of 0", async () => {
    expect(await poll(counts, "https://proxy.example")).toEqual([]);
    expect(await poll({ ...counts, current_interval_total_count: 0 })).toEqual([]);
  });

  it.each([
    [1, ["five-hours", "week"]],
    [3, ["five-hours"]],
    [undefined, ["five-hours"]],
  ])("shows the week where its status is 1, not where it is %s", async (current_weekly_status, ids) => {
    const percents = { current_interval_remaining_percent: 100, current_weekly_remaining_percent: 100 };
    expect((await poll({ ...percents, current_weekly_status })).map(({ id }) => id)).toEqual(ids);
  });

  it("counts in milliseconds", async () => {
    const percent = { current_interval_remaining_percent: 50 };
    const end = NOW + 3_600_000;
    expect(await poll({ ...percent, end_time: end })).toMatchObject([{ window: { resetsAt: end } }]);
    expect(await poll({ ...percent, remains_time: 3_600_000 })).toMatchObject([{ window: { resetsAt: end } }]);
    expect(await poll({ ...percent, end_time: end / 1000 })).toMatchObject([{ window: { resetsAt: null } }]);
  });
});
