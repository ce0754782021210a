import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  escapeToken,
  expandPattern,
  fillPattern,
  isPattern,
  leavesMore,
  matchPattern,
  namesAround,
  resolvePointer,
  sharedDepth,
} from "./json-pointer.ts";

const document = JSON.parse(`{
  "tokens": { "access_token": "a", "list": ["x", "y"] },
  "a/b": 1, "m~n": 2, "": 3, "~1": 4, "__proto__": { "own": 5 },
  "github.com:Iv1": { "user": "ada", "oauth_token": "t1" },
  "*": { "oauth_token": "t2" }
}`) as unknown;

describe("resolvePointer", () => {
  it.each([
    ["", document],
    ["/tokens/access_token", "a"],
    ["/tokens/list/1", "y"],
    ["/a~1b", 1],
    ["/m~0n", 2],
    ["/", 3],
    ["/~01", 4],
    ["/*/oauth_token", "t2"],
    ["/__proto__/own", 5],
  ])("%s leads to its place", (pointer, value) => {
    expect(resolvePointer(document, pointer)).toEqual(value);
  });

  it.each([
    "tokens",
    "/Tokens",
    "/tokens/",
    "/tokens/access_token/0",
    "/tokens/list/2",
    "/tokens/list/01",
    "/tokens/list/-",
    "/tokens/list/-1",
    "/tokens/list/length",
    "/tokens/list/1e0",
    "/m~n",
    "/m~2n",
    "/tokens/__proto__",
    "/tokens/constructor/name",
    "/toString",
  ])("%s leads nowhere", (pointer) => {
    expect(resolvePointer(document, pointer)).toBeUndefined();
  });

  it("finds any value again by its escaped way, and by no other document", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 5 }), fc.string(), (names, value) => {
        const nested = names.reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), value);
        const pointer = names.map((name) => `/${escapeToken(name)}`).join("");
        expect(resolvePointer(nested, pointer)).toBe(value);
        if (names.length > 0) expect(resolvePointer({}, pointer)).toBeUndefined();
      }),
    );
  });

  it("never throws and never reaches what is inherited", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, pointer) => {
        expect(typeof resolvePointer(value, pointer)).not.toBe("function");
      }),
    );
  });
});

describe("patterns", () => {
  it("find each member, in order", () => {
    expect(expandPattern(document, "/*/oauth_token")).toEqual(["/github.com:Iv1/oauth_token", "/*/oauth_token"]);
    expect(expandPattern(document, "/tokens/list/*")).toEqual(["/tokens/list/0", "/tokens/list/1"]);
    expect(expandPattern(document, "/tokens/access_token")).toEqual(["/tokens/access_token"]);
    expect(expandPattern(document, "/github.com:*/oauth_token")).toEqual(["/github.com:Iv1/oauth_token"]);
    expect(expandPattern(document, "/github.com*/oauth_token")).toEqual(["/github.com:Iv1/oauth_token"]);
    expect(expandPattern(document, "/other.com:*/oauth_token")).toEqual([]);
    expect(expandPattern(document, "/nowhere/*")).toEqual([]);
    expect(expandPattern(document, "no pointer")).toEqual([]);
    expect(expandPattern("text", "/*/x")).toEqual([]);
  });

  it("stop at a hundred places", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, { t: "x" }]));
    expect(expandPattern(many, "/*/t")).toHaveLength(100);
    expect(leavesMore(many, "/*/t")).toBe(true);
    expect(leavesMore(many, "/*/u")).toBe(false);
    expect(leavesMore(document, "/*/oauth_token")).toBe(false);
  });

  it("find what lies behind members that are none, in time that grows with their number", () => {
    const few = Array.from({ length: 900 }, (_, index) => [`m${index}`, {}]);
    const late = Object.fromEntries([...few, ["late", { t: "x" }]]);
    expect(expandPattern(late, "/*/t")).toEqual(["/late/t"]);
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`m${index}`, { t: "x" }]));
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) expandPattern(many, "/*/t");
    // A slow machine takes a second; what looks at all members for each takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("give pointers that lead somewhere, match, and fill back to themselves", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.array(fc.constantFrom("*", "a", "0", "a*"), { minLength: 1, maxLength: 3 }),
        (value, tokens) => {
          const pattern = tokens.map((token) => `/${token}`).join("");
          for (const pointer of expandPattern(value, pattern)) {
            expect(resolvePointer(value, pointer)).not.toBeUndefined();
            const names = matchPattern(pattern, pointer);
            expect(names).not.toBeNull();
            expect(fillPattern(pattern, names ?? [])).toBe(pointer);
          }
        },
      ),
    );
  });

  it.each([
    ["/*/oauth_token", "/github.com:a~1b/oauth_token", ["github.com:a/b"]],
    ["/tokens/access", "/tokens/access", []],
    ["/github.com:*/oauth_token", "/github.com:Iv1/oauth_token", ["github.com:Iv1"]],
    ["/github.com:*/oauth_token", "/acme.ghe.com:Iv1/oauth_token", null],
    ["/https:~1~1auth.x.ai::*/key", "/https:~1~1auth.x.ai::a-b/key", ["https://auth.x.ai::a-b"]],
    ["/*/oauth_token", "/x/user", null],
    ["/*/oauth_token", "/oauth_token", null],
    ["/a", "a", null],
  ])("%s at %s stands for %j", (pattern, pointer, names) => {
    expect(matchPattern(pattern, pointer)).toEqual(names);
  });

  it("lead to what lies beside a match", () => {
    expect(fillPattern("/*/user", matchPattern("/*/token", "/a~1b/token") ?? [])).toBe("/a~1b/user");
    expect(fillPattern("/expires", ["unused"])).toBe("/expires");
    expect(fillPattern("/x:*/user", matchPattern("/x:*/token", "/x:1/token") ?? [])).toBe("/x:1/user");
    expect(namesAround("/*/token", "/a~1b/refresh")).toEqual(["a/b"]);
    expect(namesAround("/*/token", "/a~1b")).toEqual(["a/b"]);
    expect(namesAround("/tokens/access", "/elsewhere/access")).toBeNull();
  });

  it.each([
    ["/tokens/access_token", "/tokens/refresh_token", 1],
    ["/tokens/access_token", "/tokens/deeper/x", 1],
    ["/tokens/access_token", "/OPENAI_API_KEY", null],
    ["/tokens/access_token", "", null],
    ["/access_token", "/anything", 0],
    ["/*/oauth_token", "/github.com/refresh", 1],
    ["/github.com:*/oauth_token", "/acme.ghe.com:Iv1/oauth_token", 1],
    ["", "/anything", 0],
  ])("%s shares its object with %s: %s", (pattern, pointer, depth) => {
    expect(sharedDepth(pattern, pointer)).toBe(depth);
  });
});

it.each([
  ["/*/oauth_token", true],
  ["/github.com:*/oauth_token", true],
  ["/tokens/access_token", false],
  ["/a*b/c", false],
  ["", false],
])("knows whether %j is a pattern", (pointer, expected) => {
  expect(isPattern(pointer)).toBe(expected);
});
