import { describe, expect, it } from "vitest";
import { inBandCode } from "./in-band-code.ts";

const judge = inBandCode(20_000, new Map([[1113, "quota-used-up"]]));
const causeOf = (body: unknown, status = 200) => judge({ status, headers: {}, body })?.cause ?? null;

describe("a code in the body", () => {
  it.each([
    ["success", { code: 20_000, status: true, data: {} }, null],
    ["success as text", { code: "20000" }, null],
    ["no code", { data: {} }, null],
    ["no object", [20_000], null],
    ["null", null, null],
    ["a code that is documented", { code: 1113 }, "quota-used-up"],
    ["a code that repeats a status", { code: 401 }, "key-refused"],
    ["the same as text", { code: "403" }, "key-lacks-permission"],
    ["an unknown code", { code: 50_505 }, "unexpected-shape"],
    ["the success of another service", { code: 0 }, "unexpected-shape"],
    ["a word", { code: "nope" }, "unexpected-shape"],
    ["null as code", { code: null }, "unexpected-shape"],
    ["a status of false with success as code", { code: 20_000, status: false }, "unexpected-shape"],
    ["a status of false without code", { status: false }, "unexpected-shape"],
  ])("%s", (_, body, cause) => {
    expect(causeOf(body)).toBe(cause);
  });

  it("is left to the common policy where HTTP already says that it failed", () => {
    expect(causeOf({ code: 1113 }, 401)).toBeNull();
  });
});
