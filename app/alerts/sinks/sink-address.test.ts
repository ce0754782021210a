import { describe, expect, it } from "vitest";
import { ntfyPlace, parseSinkAddress } from "./sink-address.ts";

describe("the address of a webhook", () => {
  it.each([
    [
      "  https://hooks.example.org/a/B?c=d%20e&f  ",
      "https://hooks.example.org/a/B?c=d%20e&f",
      "https://hooks.example.org",
    ],
    ["https://Hooks.Example.org", "https://hooks.example.org/", "https://hooks.example.org"],
    ["http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080"],
    ["http://localhost/x?y", "http://localhost/x?y", "http://localhost"],
  ])("%s is taken whole", (input, url, origin) => {
    expect(parseSinkAddress(input, "json")).toEqual({ ok: true, url, origin });
  });

  it.each([
    ["", "empty"],
    ["hooks.example.org/x", "no-scheme"],
    ["ftp://hooks.example.org/x", "scheme-not-http"],
    ["file:///etc/passwd", "scheme-not-http"],
    ["https:// x", "not-a-url"],
    ["https://user:word@hooks.example.org/x", "has-user"],
    ["https://user@hooks.example.org/x?y", "has-user"],
    ["http://hooks.example.org/x", "plain-http"],
    ["http://192.168.1.5/x", "plain-http"],
    ["http://127.0.0.1.evil.example/x", "plain-http"],
    ["https://hooks.example.org/x#y", "has-fragment"],
    ["https://hooks.example.org/x#", "has-fragment"],
    ["https://hooks.example.org/x?y#z", "has-fragment"],
  ])("%s is refused: %s", (input, problem) => {
    expect(parseSinkAddress(input, "json")).toEqual({ ok: false, problem });
  });

  it.each([
    ["https://ntfy.sh/my-topic", "https://ntfy.sh/", "my-topic"],
    ["https://ntfy.sh/my-topic/", "https://ntfy.sh/", "my-topic"],
    ["https://example.org/push/My_Topic9?auth=abc", "https://example.org/push/?auth=abc", "My_Topic9"],
  ])("%s of ntfy is posted to %s", (address, url, topic) => {
    expect(parseSinkAddress(address, "ntfy")).toMatchObject({ ok: true });
    expect(ntfyPlace(address)).toEqual({ url, topic });
  });

  it.each(["https://ntfy.sh", "https://ntfy.sh/", "https://ntfy.sh/a b", `https://ntfy.sh/${"a".repeat(65)}`])(
    "%s of ntfy names no topic",
    (address) => {
      expect(parseSinkAddress(address, "ntfy")).toEqual({ ok: false, problem: "no-topic" });
    },
  );
});
