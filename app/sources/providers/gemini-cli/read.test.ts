import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { percentRemaining } from "../../../quota/meter.ts";
import { englishLabel } from "../../../wording/english-label.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { geminiCli } from "./descriptor.ts";

const source = register(geminiCli);

describeFixtures(source, import.meta.url);

async function poll(buckets: readonly unknown[], options: unknown = {}) {
  const http = cannedTransport({
    "/v1internal:loadCodeAssist": { body: '{"cloudaicompanionProject":"p-1","currentTier":{"id":"t"}}' },
    "/v1internal:retrieveUserQuota": { body: JSON.stringify({ buckets }) },
  });
  const { context } = createReadContext({
    http,
    baseUrl: "https://cloudcode-pa.googleapis.com",
    key: "ya29.x",
    auth: source.auth,
    allowsPost: source.allowsPost ?? false,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare(options);
  return { http, reading: await read(context) };
}

describe("the Gemini reader", () => {
  it.each([
    ["the account's project", {}, "p-1"],
    ["the project that the user names", { projectId: "mine" }, "mine"],
  ])("asks by POST for %s", async (_, options, project) => {
    const { http } = await poll([], options);
    expect(http.requests.map(({ method, body }) => [method, JSON.parse(body ?? "null")])).toEqual([
      ["POST", { metadata: expect.objectContaining({ pluginType: "GEMINI" }) }],
      ["POST", { project }],
    ]);
  });

  it("takes 0.5 for half of it, which remains and is not used", async () => {
    const { reading } = await poll([{ modelId: "m", remainingFraction: 0.875 }]);
    expect(reading.meters.map(percentRemaining)).toEqual([87.5]);
  });

  it("makes no 0 of a fraction that is not told", async () => {
    expect((await poll([{ modelId: "m", resetTime: "2026-11-21T08:00:00Z" }])).reading.meters).toEqual([]);
  });

  it("has one meter for models with the same figures, under the same id in any order", async () => {
    const buckets = ["b", "a"].map((modelId) => ({
      modelId,
      remainingFraction: 0.5,
      resetTime: "2026-11-21T08:00:00Z",
    }));
    for (const order of [buckets, buckets.toReversed()]) {
      const { meters } = (await poll(order)).reading;
      expect(meters.map(({ id, label }) => [id, englishLabel(label)])).toEqual([["day-a", "Day, a, b"]]);
    }
  });

  it("keeps models apart that reset at other times", async () => {
    const bucket = { remainingFraction: 0.5, resetTime: "2026-11-21T08:00:00Z" };
    const { reading } = await poll([
      { ...bucket, modelId: "a" },
      { ...bucket, modelId: "b", resetTime: "2026-11-21T09:00:00Z" },
    ]);
    expect(reading.meters.map(({ id }) => id)).toEqual(["day-a", "day-b"]);
  });
});
