import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonBody } from "./json-value.ts";
import { compileQuery, queryAt, selectUpTo } from "./query.ts";

function run(text: string, body: unknown, max = 100) {
  const compiled = compileQuery(text);
  const json = jsonBody(body);
  if (!compiled.ok || !json.ok) throw new Error("not run");
  return selectUpTo(compiled.query, json.value, max);
}

describe("compileQuery", () => {
  it.each([
    ["$", [{ a: [{ b: 1 }, { b: 2 }] }]],
    ["$.a[0].b", [1]],
    ["$['a'][-1]['b']", [2]],
    ["$.a[*].b", [1, 2]],
    ["$..b", [1, 2]],
    ["$.a[?@.b > 1].b", [2]],
    ["$.a[?@.b == 1 || @.b == 2].b", [1, 2]],
    ["$.a[?length(@) == 1].b", [1, 2]],
    ["$.a[:1].b", [1]],
    ["$.none", []],
    ["$.constructor", []],
    ["$.__proto__", []],
  ])("runs %s", (text, expected) => {
    expect(run(text, { a: [{ b: 1 }, { b: 2 }] })).toEqual(expected);
  });

  it.each([
    ["", "empty; a query begins with $"],
    ["a.b", "expected '$', found 'a' (at character 1)"],
    ["$.a.", "ends too early (at character 5)"],
    ["$.a[?match(@.b, '(a+)+$')]", "no such function 'match' (at character 6)"],
    ["$.a[?search(@.b, '(a+)+$')]", "no such function 'search' (at character 6)"],
    ["$.a[?count($..*) > 1]", "no such function 'count' (at character 6)"],
    ["$..*..*", 'has ".." more than once'],
    ["$[*,*][*,*]", "lists several selectors in more than one place"],
    ["$[?@..b]", "a filter may ask for one value only, by names and indexes"],
    ["$[?@[*]]", "a filter may ask for one value only, by names and indexes"],
    ["$[?!(@.a == 1 && @.b[?@.c])]", "a filter may ask for one value only, by names and indexes"],
    ["$[?@.a == $.b]", "a filter may look at its own value (@) only, not at the root"],
    [`$[?${"@.a == 1 || ".repeat(8)}@.b]`, "its filters ask for more than 8 values"],
    ["$[?length($.b) == 1]", "a filter may look at its own value (@) only, not at the root"],
    [`$.${"a".repeat(500)}`, "longer than 500 characters"],
  ])("refuses %j and says why", (text, problem) => {
    expect(compileQuery(text)).toEqual({ ok: false, problem });
  });

  it("never throws, whatever the text", () => {
    const piece = fc.constantFrom(
      "$",
      "@",
      "[",
      "]",
      "?",
      "(",
      ")",
      "..",
      ".",
      "*",
      "'",
      '"',
      ",",
      ":",
      "&&",
      "==",
      "a",
      "1",
      "-",
      "\\",
      "\u0000",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((parts) => `$${parts.join("")}`),
        ),
        (text) => {
          const compiled = compileQuery(text);
          if (compiled.ok) selectUpTo(compiled.query, { a: [1, { a: 2 }] }, 100);
          else expect(compiled.problem.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("survives 500 brackets", () => {
    for (const text of [
      `$${"[?(".repeat(160)}`,
      `$[?${"(".repeat(240)}@${")".repeat(240)}]`,
      `$[?${"!".repeat(400)}@]`,
    ]) {
      expect(() => compileQuery(text)).not.toThrow();
    }
  });
});

describe("selectUpTo", () => {
  it("stops at the first match too many, without looking at the rest", () => {
    expect(run("$[*]", [1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(run("$[*]", [1, 2, 3, 4], 3)).toBeNull();
  });
});

describe("queryAt", () => {
  it("names exactly the value at a place, whatever its names", () => {
    const place = fc.array(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.nat({ max: 5 })), { maxLength: 6 });
    fc.assert(
      fc.property(place, (parts) => {
        // A lone half of a surrogate pair can stand in no query of the standard, and the library takes no control characters.
        fc.pre(parts.every((part) => typeof part === "number" || (part.isWellFormed() && !/\p{Cc}/u.test(part))));
        const body = parts.reduceRight<unknown>(
          (inner, part) =>
            typeof part === "number"
              ? [...Array<number>(part).fill(0), inner]
              : Object.fromEntries(
                  [
                    [part, inner],
                    ["beside", 1],
                  ].reverse(),
                ),
          "found",
        );
        const text = queryAt(parts);
        fc.pre(text.length <= 500);
        expect(run(text, body)).toEqual(["found"]);
      }),
    );
  });

  it("is short where names are plain", () => {
    expect(queryAt(["data", 0, "total_used"])).toBe("$.data[0].total_used");
    expect(queryAt(["tokens left", "é"])).toBe('$["tokens left"]["é"]');
  });
});

describe("jsonBody", () => {
  const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));

  it("takes 64 levels, and refuses 65 and a hundred thousand", () => {
    expect(jsonBody(nested(64)).ok).toBe(true);
    expect(jsonBody(nested(65))).toEqual({ ok: false, problem: "nested deeper than 64 levels" });
    expect(jsonBody(nested(100_000)).ok).toBe(false);
  });

  it("lets a descent reach the deepest level", () => {
    const body = JSON.parse(`${'{"a":'.repeat(63)}{"x":7}${"}".repeat(63)}`);
    expect(run("$..x", body)).toEqual([7]);
  });
});
