import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { litellmKeyFigures } from "./litellm-key.ts";
import { rateLimitMeters } from "./rate-limit-meters.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const EPOCH = NOW / 1000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const meters = (headers: Record<string, string>, windows?: Parameters<typeof rateLimitMeters>[2]) =>
  rateLimitMeters(headers, NOW, windows).meters;
const rolling = (lengthMs: number | null, resetsAt: number | null) => ({
  kind: "rolling",
  lengthMs,
  resetsAt,
  resetBasis: "reported",
});
const refill = (lengthMs: number | null, resetsAt: number) => ({
  ...rolling(lengthMs, resetsAt),
  resetBasis: "refill",
});

describe("the OpenAI style", () => {
  it("reads limits, what is left, and when each is full again", () => {
    const told = meters({
      "x-ratelimit-limit-requests": "5000",
      "x-ratelimit-remaining-requests": "4999",
      "x-ratelimit-reset-requests": "12ms",
      "x-ratelimit-limit-tokens": "160000",
      "x-ratelimit-remaining-tokens": "149000",
      "x-ratelimit-reset-tokens": "6m0s",
      "x-ratelimit-limit-project-tokens": "80000",
      "x-ratelimit-remaining-project-tokens": "79000",
      "x-ratelimit-reset-project-tokens": "1h2m3s",
    });
    expect(told).toEqual([
      {
        id: "requests",
        label: { key: "meter.requests" },
        unit: { kind: "requests" },
        limit: 5000,
        used: 1,
        remaining: 4999,
        window: refill(null, NOW + 12),
        scope: "model",
        confidence: "reported",
      },
      {
        id: "tokens",
        label: { key: "meter.tokens" },
        unit: { kind: "tokens" },
        limit: 160_000,
        used: 11_000,
        remaining: 149_000,
        window: refill(null, NOW + 6 * MINUTE),
        scope: "model",
        confidence: "reported",
      },
      {
        id: "project-tokens",
        label: { key: "meter.rate-limit-of", params: { name: "project tokens" } },
        unit: { kind: "tokens" },
        limit: 80_000,
        used: 1000,
        remaining: 79_000,
        window: refill(null, NOW + 3_723_000),
        scope: "model",
        confidence: "reported",
      },
    ]);
  });

  it("reads windows out of the names (Cerebras)", () => {
    const told = meters({
      "x-ratelimit-limit-requests-day": "14400",
      "x-ratelimit-remaining-requests-day": "14399",
      "x-ratelimit-reset-requests-day": "33011.382867",
      "x-ratelimit-limit-tokens-minute": "60000",
      "x-ratelimit-remaining-tokens-minute": "59988",
      "x-ratelimit-reset-tokens-minute": "11.38",
    });
    expect(told).toMatchObject([
      {
        id: "requests-day",
        label: { key: "meter.requests-per", params: { window: "day" } },
        remaining: 14_399,
        window: refill(DAY, NOW + 33_011_383),
      },
      {
        id: "tokens-minute",
        label: { key: "meter.tokens-per", params: { window: "minute" } },
        remaining: 59_988,
        window: refill(MINUTE, NOW + 11_380),
      },
    ]);
  });

  it("knows the windows that only documentation tells (Groq)", () => {
    const told = meters(
      {
        "x-ratelimit-limit-requests": "1000",
        "x-ratelimit-remaining-requests": "998",
        "x-ratelimit-reset-requests": "2m59.56s",
        "x-ratelimit-remaining-input-tokens": "7",
      },
      { requests: "day", tokens: "minute" },
    );
    expect(told).toMatchObject([
      { id: "requests-day", used: 2, window: refill(DAY, NOW + 179_560) },
      { id: "input-tokens", label: { key: "meter.input-tokens" }, window: rolling(null, null) },
    ]);
  });

  it.each<[string, Record<string, string>, object[]]>([
    [
      "only what is left (Azure)",
      { "x-ratelimit-remaining-tokens": "9000" },
      [{ id: "tokens", limit: "unknown", used: "unknown", remaining: 9000 }],
    ],
    [
      "plain integers (LiteLLM)",
      { "x-ratelimit-limit-tokens": "100", "x-ratelimit-remaining-tokens": "40", "x-ratelimit-reset-tokens": "60" },
      [{ limit: 100, used: 60, remaining: 40, window: refill(null, NOW + MINUTE) }],
    ],
    [
      "an epoch",
      { "x-ratelimit-remaining-tokens": "40", "x-ratelimit-reset-tokens": String(EPOCH + 90) },
      [{ window: refill(null, NOW + 90_000) }],
    ],
    [
      "words behind (Fireworks)",
      { "x-ratelimit-limit-tokens-prompt": "60000", "x-ratelimit-remaining-tokens-prompt": "59000" },
      [{ id: "tokens-prompt", label: { params: { name: "prompt tokens" } }, unit: { kind: "tokens" } }],
    ],
    ["names in capitals", { "X-RateLimit-Remaining-Requests": "5" }, [{ id: "requests", remaining: 5 }]],
    ["the same value twice", { "x-ratelimit-remaining-requests": "5, 5" }, [{ remaining: 5 }]],
    [
      "a limit that two senders tell differently",
      { "x-ratelimit-limit-requests": "50, 60", "x-ratelimit-remaining-requests": "40" },
      [{ limit: "unknown", used: "unknown", remaining: 40 }],
    ],
    [
      "more left than the limit",
      { "x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "8" },
      [{ used: 0 }],
    ],
    ["nothing left", { "x-ratelimit-limit-requests": "5", "x-ratelimit-remaining-requests": "0" }, [{ used: 5 }]],
  ])("reads %s", (_, headers, expected) => {
    const told = meters(headers);
    expect(told).toMatchObject(expected);
    expect(told).toHaveLength(expected.length);
  });

  it.each(["lots", "1e400", "", "-1", "NaN", "0x10", "10,000", "9".repeat(40), "5; rm"])("skips %j", (value) => {
    expect(meters({ "x-ratelimit-limit-requests": value, "x-ratelimit-remaining-requests": value })).toEqual([]);
  });

  it.each(["x-ratelimit-limit-audio-seconds", "x-ratelimit-remaining-", "x-ratelimit-remaining-requests-tokens"])(
    "leaves %s alone",
    (name) => {
      expect(meters({ [name]: "5" })).toEqual([]);
    },
  );

  it("says what was sent, for any figures", () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: 1, max: 86_400 }), (limit, remaining, wait) => {
        const [meter] = meters({
          "x-ratelimit-limit-tokens": String(limit),
          "x-ratelimit-remaining-tokens": String(remaining),
          "x-ratelimit-reset-tokens": `${wait}s`,
        });
        const used = Math.max(0, limit - remaining);
        expect(meter).toMatchObject({ limit, remaining, used, window: { resetsAt: NOW + wait * 1000 } });
      }),
    );
  });
});

describe("Anthropic's headers", () => {
  it("reads the API's limits", () => {
    const told = meters({
      "anthropic-ratelimit-requests-limit": "50",
      "anthropic-ratelimit-requests-remaining": "49",
      "anthropic-ratelimit-requests-reset": "2026-11-20T12:00:01Z",
      "anthropic-ratelimit-input-tokens-limit": "30000",
      "anthropic-ratelimit-input-tokens-remaining": "27000",
      "anthropic-ratelimit-input-tokens-reset": "2026-11-20T12:00:06Z",
      "anthropic-priority-output-tokens-limit": "8000",
      "anthropic-priority-output-tokens-remaining": "8000",
    });
    expect(told).toMatchObject([
      {
        id: "anthropic-requests",
        unit: { kind: "requests" },
        used: 1,
        window: refill(null, NOW + 1000),
        scope: "model",
      },
      { id: "anthropic-input-tokens", unit: { kind: "tokens" }, used: 3000, window: refill(null, NOW + 6000) },
      { id: "anthropic-priority-output-tokens", used: 0, label: { params: { name: "priority output tokens" } } },
    ]);
    expect(told).toHaveLength(3);
  });

  it("reads a subscription's windows, whose use is a fraction", () => {
    const told = meters({
      "anthropic-ratelimit-unified-status": "allowed",
      "anthropic-ratelimit-unified-5h-utilization": "0.38",
      "anthropic-ratelimit-unified-5h-reset": String(EPOCH + 3600),
      "anthropic-ratelimit-unified-7d-utilization": "0.611",
      "anthropic-ratelimit-unified-7d-reset": String(EPOCH + 86_400),
      "anthropic-ratelimit-unified-7d_oi-utilization": "1.02",
      "anthropic-ratelimit-unified-1h-utilization": "0",
      "anthropic-ratelimit-unified-overage-utilization": "0.5",
    });
    expect(told).toMatchObject([
      { id: "five-hours", unit: { kind: "percent" }, used: 38, remaining: 62, window: rolling(5 * HOUR, NOW + HOUR) },
      { id: "week", used: 61.1, remaining: 38.9, window: rolling(7 * DAY, NOW + DAY), scope: "account" },
      { id: "week-oi", label: { key: "meter.week-of", params: { name: "oi" } }, used: 102, remaining: -2 },
      { id: "1-hours", used: 0, remaining: 100, window: rolling(HOUR, null) },
    ]);
    expect(told).toHaveLength(4);
  });

  it.each(["38", "2.01", "-0.1", "38%", ""])("does not take %j for a fraction", (value) => {
    expect(meters({ "anthropic-ratelimit-unified-5h-utilization": value })).toEqual([]);
  });
});

describe("Codex's headers", () => {
  it("goes by the length of a window, not by its slot, and reads percent", () => {
    const told = meters({
      "x-codex-primary-used-percent": "57",
      "x-codex-primary-window-minutes": "10080",
      "x-codex-primary-reset-at": String(EPOCH + 600),
      "x-codex-primary-reset-after-seconds": "599",
      "x-codex-secondary-used-percent": "0.5",
      "x-codex-secondary-window-minutes": "90",
      "x-codex-secondary-reset-after-seconds": "120",
    });
    expect(told).toMatchObject([
      {
        id: "codex-week",
        label: { key: "meter.week" },
        used: 57,
        remaining: 43,
        window: rolling(7 * DAY, NOW + 600_000),
      },
      { id: "codex-90-minutes", used: 0.5, remaining: 99.5, window: rolling(90 * MINUTE, NOW + 120_000) },
    ]);
  });

  it("shows a slot without a window by its name", () => {
    expect(meters({ "x-codex-secondary-used-percent": "3" })).toMatchObject([
      { id: "codex-secondary", window: rolling(null, null) },
    ]);
  });
});

describe("LiteLLM's key headers", () => {
  const headers = {
    "x-litellm-key-spend": "4.1275",
    "x-litellm-key-max-budget": "20.0",
    "x-litellm-key-tpm-limit": "None",
    "x-litellm-key-rpm-limit": "120",
  };

  it("gives the figures to whoever asks", () => {
    expect(litellmKeyFigures(headers)).toEqual({
      spend: 4_127_500,
      maxBudget: 20_000_000,
      tokensPerMinute: "unknown",
      requestsPerMinute: 120,
    });
    expect(litellmKeyFigures({ "X-LiteLLM-Key-Spend": "1.2e-05" })).toMatchObject({ spend: 12, maxBudget: "unknown" });
    expect(litellmKeyFigures({ "x-litellm-key-spend": "$4" })).toMatchObject({ spend: "unknown" });
  });

  it("makes meters of them", () => {
    const usd = { kind: "money", currency: "USD" };
    expect(meters(headers)).toMatchObject([
      { id: "key-budget", unit: usd, limit: 20_000_000, used: 4_127_500, remaining: 15_872_500, confidence: "derived" },
      { id: "key-requests-minute", limit: 120, used: "unknown", remaining: "unknown", window: rolling(MINUTE, null) },
    ]);
    expect(meters({ "x-litellm-key-spend": "3" })).toMatchObject([
      { limit: "unknown", used: 3_000_000, remaining: "unknown", confidence: "reported" },
    ]);
  });
});

describe("Cohere's headers", () => {
  it("tell the calls of a month, and of a trial what is left", () => {
    const { meters: told } = rateLimitMeters(
      {
        "X-Endpoint-Monthly-Call-Limit": "1000",
        "X-Trial-Endpoint-Call-Limit": "40",
        "X-Trial-Endpoint-Call-Remaining": "39",
      },
      NOW,
    );
    expect(told).toMatchObject([
      { id: "monthly-calls", unit: { kind: "requests" }, limit: 1000, used: "unknown", remaining: "unknown" },
      { id: "trial-calls", limit: 40, used: 1, remaining: 39, window: { lengthMs: null, resetsAt: null } },
    ]);
  });
});
