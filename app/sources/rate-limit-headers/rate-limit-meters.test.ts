import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { meterSchema } from "../../quota/meter.ts";
import { rateLimitMeters } from "./rate-limit-meters.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

const NAMES = [
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-ratelimit-used",
  "x-ratelimit-resource",
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-tokens-minute",
  "x-ratelimit-limit-minute",
  "x-ratelimit-reset-tokens",
  "anthropic-ratelimit-tokens-remaining",
  "anthropic-ratelimit-unified-5h-utilization",
  "anthropic-ratelimit-unified-5h-reset",
  "x-codex-primary-used-percent",
  "x-codex-primary-window-minutes",
  "x-ai-ratelimit-remaining-minute-openai",
  "x-ai-ratelimit-retry-after-minute-openai",
  "ratelimit",
  "ratelimit-policy",
  "ratelimit-limit",
  "ratelimit-reset",
  "x-litellm-key-spend",
  "x-litellm-key-max-budget",
  "retry-after",
  "retry-after-ms",
];

const values = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom(
    "",
    ",",
    ", ",
    "5, 5",
    "1e400",
    "-0",
    "0",
    "∞",
    "NaN",
    "__proto__",
    '"a";r=1',
    "10;w=0",
    "6m0s",
    "None",
  ),
);

describe("rateLimitMeters", () => {
  it("gives valid meters or none, for any values", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), values), (headers) => {
        const { meters, retryAt } = rateLimitMeters(headers, NOW);
        const parsed = z.array(meterSchema).safeParse(meters);
        expect(parsed.success).toBe(true);
        for (const { limit, used, remaining } of meters) {
          for (const amount of [limit, used]) expect(typeof amount === "string" || amount >= 0).toBe(true);
          expect(typeof remaining === "string" || Number.isFinite(remaining)).toBe(true);
        }
        expect(new Set(meters.map(({ id }) => id)).size).toBe(meters.length);
        expect(retryAt === null || (retryAt >= NOW && retryAt <= NOW + 86_400_000)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("tells nothing where nothing is told", () => {
    expect(rateLimitMeters({}, NOW)).toEqual({ meters: [], retryAt: null });
    expect(rateLimitMeters({ "content-type": "application/json", "cf-ray": "1" }, NOW).meters).toEqual([]);
  });

  it("combines families", () => {
    const { meters } = rateLimitMeters(
      {
        "x-litellm-key-spend": "1",
        "x-ratelimit-remaining-tokens": "1",
        "anthropic-ratelimit-tokens-remaining": "1",
        "anthropic-ratelimit-unified-7d-utilization": "0.1",
        "x-codex-primary-used-percent": "1",
        "x-ai-ratelimit-remaining-openai": "1",
        ratelimit: '"a";r=1',
      },
      NOW,
    );
    expect(meters.map(({ id }) => id)).toEqual([
      "key-budget",
      "tokens",
      "anthropic-tokens",
      "week",
      "codex-primary",
      "ai-openai",
      "rate-limit-a",
    ]);
  });

  it.each([
    ["junk", (index: number): [string, string] => [`x-junk-${index}`, "1".repeat(100)]],
    ["limits of one family", (index: number): [string, string] => [`x-ratelimit-limit-k${index}-requests`, "5"]],
    ["plugins' limits", (index: number): [string, string] => [`x-ai-ratelimit-limit-p${index}`, "5"]],
    ["waits", (index: number): [string, string] => [`x-ai-ratelimit-retry-after-${index}`, "5"]],
  ])("reads thousands of headers of %s in one pass each, and no more limits than anybody has", (_, header) => {
    // So many that a pass over all of them for each of them would not end before the test's time-out.
    const headers = Object.fromEntries(Array.from({ length: 200_000 }, (__, index) => header(index)));
    expect(rateLimitMeters(headers, NOW).meters.length).toBeLessThanOrEqual(40);
  });

  it("skips values longer than any limit, and no more limits of one than anybody has", () => {
    const list = (length: number) => Array.from({ length }, (_, index) => `"p${index}";r=1`).join(",");
    expect(rateLimitMeters({ ratelimit: list(100) }, NOW).meters).toHaveLength(40);
    expect(rateLimitMeters({ ratelimit: list(100_000) }, NOW).meters).toEqual([]);
  });
});

describe("until when to wait", () => {
  it.each<[string, Record<string, string>, number | null]>([
    ["seconds", { "retry-after": "30" }, 30_000],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:01:00 GMT" }, 60_000],
    ["zero", { "retry-after": "0" }, 0],
    ["milliseconds (OpenAI)", { "retry-after-ms": "1500.5" }, 1501],
    ["seconds before milliseconds", { "retry-after": "2", "retry-after-ms": "1500" }, 2000],
    [
      "the longest of Kong's",
      { "X-AI-RateLimit-Retry-After": "5", "X-AI-RateLimit-Retry-After-minute-openai": "20" },
      20_000,
    ],
    ["a week, cut to a day", { "retry-after": "604800" }, 86_400_000],
    ["a word", { "retry-after": "later" }, null],
    ["nothing", {}, null],
  ])("reads %s", (_, headers, wait) => {
    expect(rateLimitMeters(headers, NOW).retryAt).toBe(wait === null ? null : NOW + wait);
  });
});
