import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReadError } from "../../quota/failure.ts";
import { readingSchema } from "../../quota/reading.ts";
import { applyMapping } from "./apply-mapping.ts";
import { definitionSchema } from "./definition.ts";

const NOW = Date.UTC(2026, 10, 20, 12);

function apply(definition: Record<string, unknown>, body: unknown) {
  return readingSchema.parse(applyMapping(definitionSchema.parse(definition), body, NOW));
}
function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ReadError) return `${error.failure.cause} ${error.failure.detail}`;
    throw error;
  }
  return "none";
}

describe("rows and limits", () => {
  const rows = { path: "$.rows[*]", label: "$.name" };
  const meter = { id: "m", label: "Tokens", unit: "tokens", used: "$.used" };
  const many = (count: number) => ({ rows: Array.from({ length: count }, (_, at) => ({ name: `n${at}`, used: at })) });

  const idsOf = (meters: readonly Record<string, unknown>[], names: readonly unknown[], more = {}) =>
    apply({ rows, meters: [...meters] }, { rows: names.map((name) => ({ name, used: 1 })), ...more }).meters.map(
      ({ id }) => id,
    );

  it("keeps a row's id when the order changes, in any script", () => {
    expect(idsOf([meter], ["Swift", "Deep Blue"])).toEqual(["m.swift", "m.deep-blue"]);
    expect(idsOf([meter], ["Deep Blue", "Swift"])).toEqual(["m.deep-blue", "m.swift"]);
    const [japan, china] = idsOf([meter], ["日本", "中国"]);
    expect(japan).not.toBe(china);
    expect(idsOf([meter], ["中国", "日本"])).toEqual([china, japan]);
    expect(idsOf([meter], ["Swift", "SWIFT", "Swift 2"])).toEqual(["m.swift.2", "m.swift", "m.swift-2"]);
    expect(idsOf([meter], ["Swift 2", "SWIFT", "Swift"])).toEqual(["m.swift-2", "m.swift", "m.swift.2"]);
    expect(idsOf([meter], ["a", "a", "a-2", null, "Row 4", "Row_4"])).toEqual([
      "m.a",
      "m.a.2",
      "m.a-2",
      "m.row_4",
      "m.row-4",
      "m.row-4.2",
    ]);
  });

  it("gives no two meters one id", () => {
    const spend = { ...meter, id: "spend" };
    const total = { ...meter, id: "spend-total", used: "$.all", once: true };
    expect(idsOf([spend, total], ["total"], { all: 5 })).toEqual(["spend-total", "spend.total"]);
    expect(
      idsOf(
        [
          { ...meter, id: "a" },
          { ...meter, id: "a-b" },
        ],
        ["b-c", "c"],
      ),
    ).toEqual(["a.b-c", "a-b.b-c", "a.c", "a-b.c"]);
    const id = fc.stringMatching(/^[ab2][ab2-]{0,3}$/);
    const name = fc.oneof(fc.stringMatching(/^[abAB2. _-]{0,4}$/), fc.constantFrom(null, "日", "本", "Row 1", "row_1"));
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { minLength: 1, maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 8 }),
        (ids, names) => {
          const meters = ids.map((id, at) => ({ ...meter, id, ...(at === 3 && { used: "$.all", once: true }) }));
          const found = idsOf(meters, names, { all: 5 });
          expect(new Set(found).size).toBe(found.length);
          // Only rows of one name, or none, may be told apart by their order.
          if (
            names.some((name) => name === null || name.trim() === "") ||
            new Set(names.map((name) => name?.trim())).size < names.length
          )
            return;
          expect([...idsOf(meters, names.toReversed(), { all: 5 })].sort()).toEqual([...found].sort());
        },
      ),
    );
  });

  it("numbers what rows without names give", () => {
    const labels = (count: number) =>
      apply({ rows: "$.rows[*]", meters: [meter] }, many(count)).meters.map(({ label }) => label);
    expect(labels(1)).toEqual([{ text: "Tokens" }]);
    expect(labels(2)).toEqual([{ text: "Tokens 1" }, { text: "Tokens 2" }]);
  });

  it("leaves out what of a row cannot be read, and says so", () => {
    const other = { ...meter, id: "o", label: "Other", used: "$.other" };
    const body = {
      rows: [
        { name: "a", used: 1, other: 5 },
        { name: "b", used: "broken", other: 6 },
        { name: "c", used: 3 },
        "no object",
      ],
    };
    const reading = apply({ rows, meters: [meter, other] }, body);
    expect(reading.meters.map(({ id }) => id)).toEqual(["m.a", "o.a", "o.b", "m.c"]);
    expect(reading.notices).toEqual([
      {
        key: "notice.rows-left-out",
        params: { left: 3, rows: 4, problem: "meter m, row 2, at $.used: a text that is not a number" },
      },
    ]);
    expect(apply({ rows, meters: [meter] }, many(2)).notices).toEqual([]);
  });

  it("fails with the first problem where no row can be read", () => {
    const body = { rows: [{ name: "a" }, { name: "b", used: {} }], all: 5 };
    const once = { ...meter, id: "all", used: "$.all", once: true };
    expect(problemOf(() => apply({ rows, meters: [meter, once] }, body))).toBe(
      "unexpected-shape meter m, row 1, at $.used: missing",
    );
    const broken = { ...once, used: "$.none" };
    expect(problemOf(() => apply({ rows, meters: [meter, broken] }, many(2)))).toBe(
      "unexpected-shape meter all, at $.none: missing",
    );
  });

  it("says so when there are too many, and takes what fits", () => {
    expect(apply({ rows, meters: [meter] }, many(64)).meters).toHaveLength(64);
    expect(problemOf(() => apply({ rows, meters: [meter] }, many(65)))).toContain("more than 64 meters in all");
    expect(problemOf(() => apply({ rows, meters: [meter] }, many(201)))).toContain("more than 200 rows");
    expect(problemOf(() => apply({ rows, meters: [meter] }, { rows: [] }))).toBe(
      "unexpected-shape no rows at $.rows[*]",
    );
  });

  it("leaves out what may be missing, unless nothing is left", () => {
    const optional = { ...meter, mayBeMissing: true };
    const body = { rows: [{ name: "a", used: 1 }, { name: "b" }] };
    expect(apply({ rows, meters: [optional] }, body)).toMatchObject({ meters: [{ id: "m.a" }], notices: [] });
    expect(problemOf(() => apply({ meters: [optional] }, {}))).toBe(
      "unexpected-shape none of the meters is in the answer",
    );
  });
});
