import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpResult, TransportFailure } from "../../ports.ts";
import { judgeAnswer, LONGEST_PAUSE_MS, MOST_TRIES, nextTry } from "./attempt.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const ORIGIN = "https://hooks.example.org";

const answered = (status: number, headers: Readonly<Record<string, string>> = {}): HttpResult => ({
  ok: true,
  status,
  headers,
  body: "the body is never told: https://hooks.example.org/secret",
  ms: 1,
  bytes: 1,
});
const failed = (failure: TransportFailure): HttpResult => ({ ok: false, failure, ms: 1, bytes: 0 });
const judge = (result: HttpResult, takesPages = false) => judgeAnswer(result, ORIGIN, NOW, takesPages);

describe("what an answer means", () => {
  it.each([
    [200, "delivered", "200 from https://hooks.example.org"],
    [204, "delivered", "204 from https://hooks.example.org"],
    [304, "failed", "304 from https://hooks.example.org: it points to another address, which is not followed"],
    [400, "failed", "400 from https://hooks.example.org: it does not take this format"],
    [401, "failed", "401 from https://hooks.example.org: it refuses the address or its token"],
    [403, "failed", "403 from https://hooks.example.org: it refuses the address or its token"],
    [404, "failed", "404 from https://hooks.example.org: there is no such webhook (any more)"],
    [410, "failed", "410 from https://hooks.example.org: there is no such webhook (any more)"],
    [413, "failed", "413 from https://hooks.example.org: the message is too large for it"],
    [418, "failed", "418 from https://hooks.example.org"],
    [408, "try-again", "408 from https://hooks.example.org"],
    [425, "try-again", "425 from https://hooks.example.org"],
    [429, "try-again", "429 from https://hooks.example.org: told to wait"],
    [500, "try-again", "500 from https://hooks.example.org"],
    [503, "try-again", "503 from https://hooks.example.org"],
  ])("%d is %s", (status, type, detail) => {
    expect(judge(answered(status))).toMatchObject({ type, detail });
  });

  it.each<[TransportFailure, string]>([
    [{ kind: "unreachable", detail: "connection refused" }, "try-again"],
    [{ kind: "timed-out" }, "try-again"],
    [{ kind: "tls-untrusted", detail: "the certificate is self-signed" }, "failed"],
    [{ kind: "malformed", detail: "it redirects a POST" }, "failed"],
    [{ kind: "redirected-elsewhere", status: 307, host: "evil.example" }, "failed"],
    [{ kind: "too-large", status: 200 }, "delivered"],
    [{ kind: "too-large", status: 500 }, "failed"],
    [{ kind: "cancelled" }, "failed"],
  ])("%j is %s", (failure, type) => {
    expect(judge(failed(failure))).toMatchObject({ type });
  });

  it("takes a web page for what it is, except where one's own endpoint may answer with one", () => {
    const page = answered(200, { "content-type": "text/html; charset=utf-8" });
    expect(judge(page)).toMatchObject({ type: "failed", detail: expect.stringContaining("web page") });
    expect(judge(page, true)).toMatchObject({ type: "delivered" });
  });

  it.each([
    ["90", NOW + 90_000],
    ["Fri, 20 Nov 2026 12:01:00 GMT", NOW + 60_000],
    ["soon", null],
  ])("hears Retry-After: %s", (header, askedFor) => {
    expect(judge(answered(429, { "retry-after": header }))).toMatchObject({ type: "try-again", askedFor });
    expect(judge(answered(503, { "retry-after": header }))).toMatchObject({ type: "try-again", askedFor });
  });
});

describe("when it is tried again", () => {
  const next = (tries: number, askedFor: number | null = null, chance = 0) =>
    nextTry({ tries, now: NOW, askedFor, chance });

  it.each([
    ["after 1–2 s", next(1), NOW + 1_000],
    ["after 1–2 s", next(1, null, 0.999), NOW + 1_999],
    ["then after 4–8 s", next(2), NOW + 4_000],
    ["then after 16–32 s", next(3, null, 0.999), NOW + 31_984],
    ["and no more", next(4), null],
    ["not before the receiver likes", next(1, NOW + 90_000), NOW + 90_000],
    ["not sooner than by itself", next(2, NOW + 10), NOW + 4_000],
    ["not at all when it is to wait for longer than five minutes", next(1, NOW + LONGEST_PAUSE_MS + 1), null],
  ])("%s", (_when, at, expected) => {
    expect(at).toBe(expected);
  });

  it("never comes before what was asked for, nor later than the longest pause", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.option(fc.integer({ min: -1e6, max: 1e7 })),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (tries, wait, chance) => {
          const at = next(tries, wait === null ? null : NOW + wait, chance);
          if (tries >= MOST_TRIES) expect(at).toBeNull();
          if (at === null) return;
          expect(at).toBeGreaterThan(NOW);
          expect(at).toBeLessThanOrEqual(NOW + LONGEST_PAUSE_MS);
          if (wait !== null) expect(at).toBeGreaterThanOrEqual(NOW + wait);
        },
      ),
    );
  });
});
