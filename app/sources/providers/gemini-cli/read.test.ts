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

  it("has a meter for each model, under an id that does not depend on the figures of another", async () => {
    const bucket = { remainingFraction: 1, resetTime: "2026-11-21T08:00:00Z" };
    for (const left of [1, 0.5]) {
      const buckets = [
        { ...bucket, modelId: "flash" },
        { ...bucket, modelId: "pro", remainingFraction: left },
      ];
      const { meters } = (await poll(buckets)).reading;
      expect(meters.map(({ id, label }) => [id, englishLabel(label)])).toEqual([
        ["day-flash", "Day, flash"],
        ["day-pro", "Day, pro"],
      ]);
    }
  });

  it("drops no bucket of a model", async () => {
    const bucket = { modelId: "pro", tokenType: "REQUESTS", remainingAmount: "812", remainingFraction: 0.812 };
    const { meters } = (
      await poll([
        bucket,
        { ...bucket, tokenType: "TOKENS", remainingAmount: "5000", remainingFraction: 0.01 },
        { ...bucket, remainingAmount: "0", remainingFraction: 0 },
        { tokenType: "TOKENS", remainingFraction: 0.5 },
        { remainingFraction: 0.25 },
      ])
    ).reading;
    expect(meters.map(({ id, unit, remaining }) => [id, unit.kind, remaining])).toEqual([
      ["day-pro", "requests", 812],
      ["day-pro-tokens", "tokens", 5000],
      ["day-pro-2", "requests", 0],
      ["day-tokens", "percent", 50],
      ["day", "percent", 25],
    ]);
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
