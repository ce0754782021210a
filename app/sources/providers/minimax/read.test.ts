import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { HOUR_MS } from "../../named-window.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { minimax } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(minimax);

describeFixtures(source, import.meta.url);

const PATH = "/v1/token_plan/remains";

function poll(model: Readonly<Record<string, unknown>>, baseUrl?: string) {
  return pollModels([{ model_name: "general", ...model }], baseUrl);
}

function pollModels(model_remains: readonly object[], baseUrl?: string) {
  return pollAnswers({ [PATH]: { body: JSON.stringify({ model_remains, base_resp: { status_code: 0 } }) } }, baseUrl);
}

async function pollAnswers(answers: Parameters<typeof cannedTransport>[0], baseUrl = "https://api.minimax.io") {
  const http = cannedTransport(answers);
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

  it.each([
    ["5 hours", 5 * HOUR_MS, "5 hours", 5 * HOUR_MS],
    ["a millisecond less", 5 * HOUR_MS - 1, "5 hours", 5 * HOUR_MS],
    ["a minute more", 5 * HOUR_MS + 60_000, "5 hours", 5 * HOUR_MS],
    ["what the day leaves of it", 4 * HOUR_MS, "4-hour window", 4 * HOUR_MS],
  ])("keeps the short window's id when it lasts %s", async (_, told, label, lengthMs) => {
    const [meter] = await poll({ current_interval_remaining_percent: 50, start_time: NOW, end_time: NOW + told });
    expect(meter).toMatchObject({ id: "five-hours", window: { lengthMs, resetsAt: NOW + told } });
    expect(meter && englishLabel(meter.label)).toBe(label);
  });

  it("drops none of several models of an earlier plan", async () => {
    const model = (model_name: string, left: number) => ({ model_name, current_interval_remaining_percent: left });
    const models = [model("MiniMax-M2", 81), model("MiniMax-M2.5", 0), model("other", 3)];
    expect((await pollModels(models)).map(({ id, remaining }) => [id, remaining])).toEqual([
      ["five-hours-minimax-m2", 81],
      ["five-hours-minimax-m2-5", 0],
    ]);
    expect((await pollModels(models.slice(0, 1))).map(({ id }) => id)).toEqual(["five-hours"]);
  });

  it.each([
    [500, 1000, "server-error"],
    [503, 1004, "server-error"],
    [200, 1000, "server-error"],
    [200, 1001, "timed-out"],
    [200, 1004, "key-refused"],
  ])("names the cause of %d with code %d", async (status, status_code, cause) => {
    const body = JSON.stringify({ base_resp: { status_code, status_msg: "no" } });
    await expect(pollAnswers({ [PATH]: { status, body } })).rejects.toMatchObject({ failure: { cause, status } });
  });

  it("asks the earlier route where the present one is not there, whatever its body says", async () => {
    const body = JSON.stringify({ base_resp: { status_code: 1404, status_msg: "no route" } });
    const found = JSON.stringify({
      model_remains: [{ model_name: "general", current_interval_remaining_percent: 5 }],
      base_resp: { status_code: 0 },
    });
    const meters = await pollAnswers({
      [PATH]: { status: 404, body },
      "/v1/api/openplatform/coding_plan/remains": { body: found },
    });
    expect(meters).toMatchObject([{ id: "five-hours", remaining: 5 }]);
  });

  it("counts in milliseconds", async () => {
    const percent = { current_interval_remaining_percent: 50 };
    const end = NOW + 3_600_000;
    expect(await poll({ ...percent, end_time: end })).toMatchObject([{ window: { resetsAt: end } }]);
    expect(await poll({ ...percent, remains_time: 3_600_000 })).toMatchObject([{ window: { resetsAt: end } }]);
    expect(await poll({ ...percent, end_time: end / 1000 })).toMatchObject([{ window: { resetsAt: null } }]);
  });
});
