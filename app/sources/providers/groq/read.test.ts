import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { groq } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const MODELS = '{"object":"list","data":[{"id":"quick-8b"}]}';
const LIMITS = {
  "x-ratelimit-limit-requests": "14400",
  "x-ratelimit-remaining-requests": "14370",
  "x-ratelimit-reset-requests": "2m59.56s",
  "x-ratelimit-limit-tokens": "18000",
  "x-ratelimit-remaining-tokens": "17702",
  "x-ratelimit-reset-tokens": "7.66s",
};

async function poll(answer: CannedAnswer, baseUrl = "https://api.groq.com") {
  const http = cannedTransport({ "/openai/v1/models": answer });
  const base = withoutApiPath(baseUrl, groq.apiPaths ?? []);
  const { context } = createReadContext({ http, baseUrl: base, key: "gsk_1", auth: groq.auth, now: NOW });
  const read = await register(groq).prepare({});
  return read(context);
}

describeFixtures(register(groq), import.meta.url);

describe("the Groq reader", () => {
  it("knows that requests are per day and tokens per minute", async () => {
    const { meters } = await poll({ headers: LIMITS, body: MODELS });
    expect(meters).toMatchObject([
      { id: "requests-day", label: { params: { window: "day" } }, window: { lengthMs: 86_400_000 } },
      { id: "tokens-minute", label: { params: { window: "minute" } }, window: { lengthMs: 60_000 } },
    ]);
  });

  it("reads 7.66s as seconds and 2m59.56s to the end", async () => {
    const { meters } = await poll({ headers: LIMITS, body: MODELS });
    expect(meters.map(({ window }) => window)).toMatchObject([{ resetsAt: NOW + 179_560 }, { resetsAt: NOW + 7660 }]);
  });

  it.each([
    "https://api.groq.com/openai/v1",
    "https://api.groq.com/openai/v1/chat/completions",
    "https://api.groq.com",
  ])("takes %s for its address", async (baseUrl) => {
    expect((await poll({ headers: LIMITS, body: MODELS }, baseUrl)).meters).toHaveLength(2);
  });

  it.each<[string, CannedAnswer, object]>([
    ["a wrong key", { status: 401, body: '{"error":{"code":"invalid_api_key"}}' }, { cause: "key-refused" }],
    [
      "a refusal without limits",
      { status: 429, headers: { "retry-after": "6" } },
      { cause: "rate-limited", retryAt: NOW + 6000 },
    ],
    ["something that is not Groq", { headers: LIMITS, body: "[]" }, { cause: "unexpected-shape" }],
  ])("does not read %s", async (_, answer, failure) => {
    await expect(poll(answer)).rejects.toMatchObject({ failure });
  });
});
