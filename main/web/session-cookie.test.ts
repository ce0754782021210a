import { describe, expect, it } from "vitest";
import { sessionCookie, sessionSecret } from "./session-cookie.ts";

describe("the session cookie", () => {
  it("is kept from scripts, other sites and the disk", () => {
    expect(sessionCookie(4100, "abc")).toBe("plimsoll-4100=abc; Path=/; HttpOnly; SameSite=Strict");
  });

  it.each([
    ["plimsoll-4100=abc", "abc"],
    ["theme=dark; plimsoll-4100=abc; other=1", "abc"],
    ["plimsoll-4101=abc", null],
    ["xplimsoll-4100=abc", null],
    ["plimsoll-4100", null],
    ["plimsoll-4100=abc; plimsoll-4100=def", null],
    ["", null],
    [undefined, null],
  ])("is found in %j", (header, expected) => {
    expect(sessionSecret(4100, header)).toBe(expected);
  });
});
