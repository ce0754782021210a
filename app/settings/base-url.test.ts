import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopback, parseBaseUrl } from "./base-url.ts";

const parse = (text: string, allowPlainHttp = false) => parseBaseUrl(text, { allowPlainHttp });

describe("parseBaseUrl", () => {
  it.each([
    ["https://llm.example.org", "https://llm.example.org"],
    ["  https://llm.example.org/  ", "https://llm.example.org"],
    ["https://LLM.example.org:443/gateway//", "https://llm.example.org/gateway"],
    ["http://127.0.0.1:4000/v1", "http://127.0.0.1:4000/v1"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://[::1]:8080", "http://[::1]:8080"],
  ])("accepts %s", (input, url) => {
    expect(parse(input)).toEqual({ ok: true, url, origin: new URL(url).origin });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["llm.example.org", "no-scheme"],
    ["//llm.example.org", "no-scheme"],
    ["localhost:4000", "no-scheme"],
    ["llm.example.org:8443/v1", "no-scheme"],
    ["https://", "not-a-url"],
    ["https://exa mple.org", "not-a-url"],
    ["https:llm.example.org", "not-a-url"],
    ["file:///etc/passwd", "scheme-not-http"],
    ["file:/etc/passwd", "scheme-not-http"],
    ["javascript:alert(1)", "scheme-not-http"],
    ["ftp://llm.example.org", "scheme-not-http"],
    ["https://user:pass@llm.example.org", "has-user"],
    ["https://user@llm.example.org", "has-user"],
    ["https://llm.example.org?key=1", "has-query"],
    ["https://llm.example.org#x", "has-query"],
    ["http://llm.example.org", "plain-http"],
    ["http://10.0.0.8:4000", "plain-http"],
    ["http://127.0.0.1.evil.example", "plain-http"],
    ["http://localhost.evil.example", "plain-http"],
  ])("names what is wrong with %j: %s", (input, problem) => {
    expect(parse(input)).toEqual({ ok: false, problem });
  });

  it("lets plain http pass only when asked", () => {
    expect(parse("http://llm.example.org", true).ok).toBe(true);
  });

  it("never throws, and gives back an address that it accepts unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const first = parse(text, true);
        if (first.ok) expect(parse(first.url, true)).toEqual(first);
      }),
    );
  });
});

describe("isLoopback", () => {
  it.each(["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.8.8.8", "[::1]"])("%s is", (name) => {
    expect(isLoopback(name)).toBe(true);
  });
  it.each(["128.0.0.1", "localhost.org", "127.0.0.1.org", "0.0.0.0", "[::2]"])("%s is not", (name) => {
    expect(isLoopback(name)).toBe(false);
  });
});
