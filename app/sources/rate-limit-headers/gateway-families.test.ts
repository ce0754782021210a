import fc from "fast-check";
import { type List, serializeList } from "structured-headers";
import { describe, expect, it } from "vitest";
import { rateLimitMeters } from "./rate-limit-meters.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const EPOCH = NOW / 1000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const meters = (headers: Record<string, string>) => rateLimitMeters(headers, NOW).meters;
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

describe("the headers of AI gateways' plugins", () => {
  it("reads Kong's, whose unit depends on its configuration", () => {
    const told = meters({
      "X-AI-RateLimit-Limit-minute-openai": "1000",
      "X-AI-RateLimit-Remaining-minute-openai": "875.5",
      "X-AI-RateLimit-Reset-minute-openai": "42",
      "X-AI-RateLimit-Limit-30-azure": "10",
      "X-AI-RateLimit-Remaining-30-azure": "10",
      "X-AI-RateLimit-Reset": "7",
    });
    expect(told).toMatchObject([
      {
        id: "ai-minute-openai",
        label: { key: "meter.rate-limit-of", params: { name: "openai, per minute" } },
        unit: { kind: "units" },
        limit: 1000,
        used: 124.5,
        remaining: 875.5,
        window: refill(MINUTE, NOW + 42_000),
        scope: "key",
      },
      // Whose the reset without a window is, is not told where there are two.
      { id: "ai-30-azure", label: { params: { name: "azure, per 30 s" } }, window: rolling(30_000, null) },
    ]);
  });

  it("takes Kong's one reset for its one limit", () => {
    const told = meters({ "x-ai-ratelimit-remaining-hour-openai": "9", "x-ai-ratelimit-reset": "60" });
    expect(told).toMatchObject([{ id: "ai-hour-openai", window: rolling(60 * MINUTE, NOW + MINUTE) }]);
  });

  it("reads APISIX's, which count tokens of an instance", () => {
    const told = meters({
      "X-AI-RateLimit-Limit-openai-main": "500",
      "X-AI-RateLimit-Remaining-openai-main": "120",
      "X-AI-RateLimit-Reset-openai-main": "30",
    });
    expect(told).toMatchObject([
      { id: "ai-openai-main", unit: { kind: "tokens" }, limit: 500, used: 380, window: refill(null, NOW + 30_000) },
    ]);
  });

  it("reads each window of Kong's generic plugin once, with the reset of the nearest", () => {
    const told = meters({
      "X-RateLimit-Limit-Minute": "60",
      "X-RateLimit-Remaining-Minute": "58",
      "X-RateLimit-Limit-Day": "5000",
      "X-RateLimit-Remaining-Day": "4000",
      "RateLimit-Limit": "60",
      "RateLimit-Remaining": "58",
      "RateLimit-Reset": "20",
    });
    expect(told).toMatchObject([
      { id: "per-minute", unit: { kind: "requests" }, used: 2, window: refill(MINUTE, NOW + 20_000) },
      { id: "per-day", used: 1000, window: rolling(DAY, null) },
    ]);
    expect(told).toHaveLength(2);
  });
});

describe("one limit without a name", () => {
  it("reads Envoy's with the policy behind it", () => {
    const told = meters({
      "X-RateLimit-Limit": '10, 10;w=1;name="per-ip", 1000;w=3600;name="per-user"',
      "X-RateLimit-Remaining": "9",
      "X-RateLimit-Reset": "1",
    });
    expect(told).toEqual([
      {
        id: "rate-limit",
        label: { key: "meter.rate-limit-of", params: { name: "per-ip" } },
        unit: { kind: "units" },
        limit: 10,
        used: 1,
        remaining: 9,
        window: refill(1000, NOW + 1000),
        scope: "key",
        confidence: "reported",
      },
    ]);
  });

  it.each<[string, Record<string, string>, object]>([
    [
      "a name with a comma",
      { "x-ratelimit-limit": '10, 10;w=60;name="a, b"', "x-ratelimit-remaining": "1" },
      { label: { params: { name: "a, b" } }, window: { lengthMs: MINUTE } },
    ],
    [
      "headers sent twice",
      { "x-ratelimit-limit": '10, 10;w=60;name="a", 10, 10;w=60;name="a"', "x-ratelimit-remaining": "1, 1" },
      { limit: 10, remaining: 1, label: { params: { name: "a" } }, window: { lengthMs: MINUTE } },
    ],
    [
      "one limit under two policies",
      { "x-ratelimit-limit": '10, 10;w=60;name="a", 10;w=1;name="b"', "x-ratelimit-remaining": "1" },
      { limit: 10, label: { key: "meter.rate-limit" }, unit: { kind: "units" }, window: { lengthMs: null } },
    ],
    [
      "policies without names",
      { "ratelimit-limit": "100, 100;w=60, 5000;w=3600", "ratelimit-remaining": "60", "ratelimit-reset": "50" },
      { limit: 100, used: 40, unit: { kind: "requests" }, window: refill(MINUTE, NOW + 50_000) },
    ],
    [
      "an epoch (GitLab)",
      { "ratelimit-remaining": "60", "ratelimit-reset": String(EPOCH + 60) },
      { window: { resetsAt: NOW + MINUTE } },
    ],
    [
      "two senders that disagree",
      { "ratelimit-limit": "100, 200", "ratelimit-remaining": "60" },
      { limit: "unknown", remaining: 60 },
    ],
    [
      "a limit that is no number",
      { "ratelimit-limit": "many", "ratelimit-remaining": "60" },
      { limit: "unknown", remaining: 60 },
    ],
    [
      "two dialects at once",
      {
        "ratelimit-limit": "100",
        "ratelimit-remaining": "60",
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "60",
      },
      { limit: 100, remaining: 60 },
    ],
  ])("reads %s", (_, headers, expected) => {
    const told = meters(headers);
    expect(told).toMatchObject([expected]);
    expect(told).toHaveLength(1);
  });

  it("reads GitHub's, of a resource, with its own count of what was used", () => {
    const told = meters({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "4987",
      "x-ratelimit-used": "13",
      "x-ratelimit-reset": String(EPOCH + 1800),
      "x-ratelimit-resource": "core",
    });
    expect(told).toMatchObject([
      {
        id: "rate-limit-core",
        unit: { kind: "requests" },
        used: 13,
        window: rolling(null, NOW + 30 * MINUTE),
        scope: "key",
      },
    ]);
    expect(told).toHaveLength(1);
    expect(
      meters({ "x-ratelimit-used": "1", "x-ratelimit-remaining": "4", "x-ratelimit-resource": "graphql" }),
    ).toMatchObject([{ unit: { kind: "points" }, limit: "unknown", used: 1, remaining: 4 }]);
  });
});

describe("the structured fields of the IETF draft", () => {
  it("joins policies and what is left of them by name", () => {
    const told = meters({
      "RateLimit-Policy": '"burst";q=100;w=60,"daily";q=1000;w=86400;pk=:cHJvamVjdA==:',
      RateLimit: '"burst";r=12;t=34,"daily";r=640;t=51000',
      "X-RateLimit-Limit": "100",
      "X-RateLimit-Remaining": "12",
    });
    expect(told).toEqual([
      {
        id: "rate-limit-burst",
        label: { key: "meter.rate-limit-of", params: { name: "burst" } },
        unit: { kind: "requests" },
        limit: 100,
        used: 88,
        remaining: 12,
        window: refill(MINUTE, NOW + 34_000),
        scope: "key",
        confidence: "reported",
      },
      expect.objectContaining({ id: "rate-limit-daily", remaining: 640, window: rolling(DAY, NOW + 51_000_000) }),
    ]);
  });

  it.each<[string, Record<string, string>, object[]]>([
    [
      "a policy alone",
      { "ratelimit-policy": "default;q=10;w=1" },
      [{ id: "rate-limit-default", limit: 10, remaining: "unknown" }],
    ],
    ["a state alone", { ratelimit: '"default";r=50;t=30' }, [{ limit: "unknown", remaining: 50 }]],
    [
      "units",
      { "ratelimit-policy": '"a";q=9;qu="content-bytes", "b";q=8;qu="tokens"' },
      [{ unit: { kind: "units" } }, { unit: { kind: "tokens" } }],
    ],
    [
      "items without what they must have",
      { ratelimit: '"a";t=30, "b";r=5, 7;r=5, ("c");r=5, "d";r=-1, "e";r=1.5' },
      [{ remaining: 5 }],
    ],
    ["one name twice, told alike", { ratelimit: '"a";r=5, "a";r=5;t=9' }, [{ remaining: 5 }]],
    ["one name twice, told differently", { ratelimit: '"a";r=5, "a";r=6, "b";r=1' }, [{ id: "rate-limit-b" }]],
    ["a name without letters", { ratelimit: '"%";r=5' }, [{ id: "rate-limit-other" }]],
  ])("reads %s", (_, headers, expected) => {
    const told = meters(headers);
    expect(told).toMatchObject(expected);
    expect(told).toHaveLength(expected.length);
  });

  it.each(['"burst";r=12;', "limit", '"open;r=1', '"a";r=5,', "é;r=1", ""])("skips %j", (text) => {
    expect(meters({ ratelimit: text, "ratelimit-policy": text })).toEqual([]);
  });

  it("reads the dictionary of draft 07, as express-rate-limit sends it", () => {
    expect(meters({ RateLimit: "limit=100, remaining=12, reset=34", "RateLimit-Policy": "100;w=60" })).toEqual([
      {
        id: "rate-limit",
        label: { key: "meter.rate-limit" },
        unit: { kind: "requests" },
        limit: 100,
        used: 88,
        remaining: 12,
        window: refill(MINUTE, NOW + 34_000),
        scope: "key",
        confidence: "reported",
      },
    ]);
  });

  it.each<[string, Record<string, string>, object[]]>([
    [
      "without a policy",
      { ratelimit: "limit=1000, remaining=0, reset=43200" },
      [{ limit: 1000, remaining: 0, window: rolling(null, NOW + 43_200_000) }],
    ],
    [
      "with the policy of another limit",
      { ratelimit: "limit=10, remaining=3, reset=7200", "ratelimit-policy": "1000;w=86400" },
      [{ window: rolling(null, NOW + 7_200_000) }],
    ],
    [
      "with several policies",
      { ratelimit: "limit=10, remaining=3, reset=7200", "ratelimit-policy": "10;w=7200, 1000;w=86400" },
      [{ window: rolling(7_200_000, NOW + 7_200_000) }],
    ],
    ["with what is left alone", { ratelimit: "remaining=3" }, [{ limit: "unknown", remaining: 3 }]],
    ["twice alike", { ratelimit: "limit=10, remaining=3, limit=10, remaining=3" }, [{ remaining: 3 }]],
    ["twice and differently", { ratelimit: "limit=10, remaining=3, limit=10, remaining=4" }, []],
    ["that counts backwards", { ratelimit: "limit=10, remaining=-3" }, [{ limit: 10, remaining: "unknown" }]],
    ["of other members", { ratelimit: "a=1, b=2" }, []],
  ])("reads a dictionary %s", (_, headers, expected) => {
    const told = meters(headers);
    expect(told).toMatchObject(expected);
    expect(told).toHaveLength(expected.length);
  });

  it("reads any list that the library writes", () => {
    const policy = fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/),
      q: fc.nat(1e12),
      w: fc.integer({ min: 1, max: 31_536_000 }),
      r: fc.nat(1e12),
      t: fc.integer({ min: 1, max: 31_536_000 }),
    });
    const policies = fc.uniqueArray(policy, { maxLength: 10, selector: ({ name }) => name });
    fc.assert(
      fc.property(policies, (list) => {
        const written = (params: readonly ("q" | "w" | "r" | "t")[]): List =>
          list.map((one) => [one.name, new Map(params.map((param) => [param, one[param]]))]);
        const told = meters({
          "ratelimit-policy": serializeList(written(["q", "w"])),
          ratelimit: serializeList(written(["r", "t"])),
        });
        expect(told.map(({ limit, remaining, window }) => ({ limit, remaining, window }))).toEqual(
          list.map(({ q, w, r, t }) => ({
            limit: q,
            remaining: r,
            // Windows of minutes are full again before anybody asks anew.
            window: (w < 3600 && t < 600 ? refill : rolling)(w * 1000, NOW + t * 1000),
          })),
        );
      }),
    );
  });
});
