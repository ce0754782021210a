import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definitionSchema, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { type Assignment, assign, EMPTY, freeId, likelyMeter, rowListAt, unassign, withoutMeter } from "./assign.ts";
import { assignedAt, type Place, type Role } from "./places.ts";
import { previewOf } from "./preview.ts";

const choice = (change: Partial<Assignment> = {}): Assignment => ({
  role: "used",
  meterId: null,
  label: "Tokens",
  unit: { kind: "tokens" },
  scale: 1,
  window: { kind: "period" },
  format: "iso",
  unlimited: false,
  eachEntry: false,
  ...change,
});
const NOW = Date.UTC(2026, 10, 20);
const body = {
  total: 9,
  data: { tokens: { used: 3, limit: 10, left: -1, resets: "2026-12-01T00:00:00Z" } },
  models: [
    { name: "Swift", used: 1, limit: 5 },
    { name: "Deep", used: 2, limit: 6 },
  ],
};
const shown = (definition: MappingDefinition) =>
  definition.meters.flatMap((meter): unknown[] => {
    const preview = previewOf(definition, meter, body, NOW);
    return preview.ok
      ? preview.meters.map(({ id, label, used, limit }) => ({ id, label, used, limit }))
      : [preview.problem];
  });

describe("assign", () => {
  it("makes a meter of a value, and adds those beside it to the same one", () => {
    const used = assign(EMPTY, ["data", "tokens", "used"], 3, choice());
    expect(likelyMeter(used, ["data", "tokens", "limit"], "limit")).toBe("tokens");
    expect(likelyMeter(used, ["data", "tokens", "left"], "used")).toBeNull();
    expect(likelyMeter(used, ["total"], "limit")).toBeNull();
    const both = assign(used, ["data", "tokens", "limit"], 10, choice({ role: "limit", meterId: "tokens" }));
    expect(shown(both)).toEqual([{ id: "tokens", label: { text: "Tokens" }, used: 3, limit: 10 }]);
    expect(assignedAt(both, ["data", "tokens", "limit"]).map(({ role }) => role)).toEqual(["limit"]);
  });

  it("keeps a scale, a currency and a sentinel", () => {
    const unit = { kind: "money", currency: "EUR" } as const;
    const definition = assign(
      EMPTY,
      ["data", "tokens", "left"],
      -1,
      choice({ role: "limit", unit, scale: 100, unlimited: true }),
    );
    expect(definition.meters).toMatchObject([
      { unit, limit: { path: "$.data.tokens.left", scale: 100 }, unlimited: [-1] },
    ]);
    const not = assign(definition, ["data", "tokens", "left"], -1, choice({ role: "limit", unit, meterId: null }));
    expect(not.meters[0]).not.toHaveProperty("unlimited");
  });

  it("lets what was read before stay read from the whole answer when rows come", () => {
    const first = assign(EMPTY, ["total"], 9, choice({ label: "Total" }));
    const rows = assign(first, ["models", 0, "used"], 1, choice({ label: "Model", eachEntry: true }));
    const named = assign(rows, ["models", 1, "name"], "Deep", choice({ role: "name", eachEntry: true }));
    expect(named.rows).toEqual({ path: "$.models[*]", label: "$.name" });
    expect(shown(named)).toEqual([
      { id: "total", label: { text: "Total" }, used: 9, limit: "unknown" },
      { id: "model.swift", label: { text: "Swift" }, used: 1, limit: "unknown" },
      { id: "model.deep", label: { text: "Deep" }, used: 2, limit: "unknown" },
    ]);
    // One pointed at is pointed at in each entry.
    expect(assignedAt(named, ["models", 1, "used"]).map(({ meter }) => meter?.id)).toEqual(["model"]);
    expect(rowListAt(named, ["models", 0, "limit"])).toBe("$.models[*]");
    expect(rowListAt(named, ["other", 0, "limit"])).toBeNull();
    const without = withoutMeter(named, "model");
    expect(without.rows).toBeUndefined();
    expect(shown(without)).toEqual([{ id: "total", label: { text: "Total" }, used: 9, limit: "unknown" }]);
  });

  it("reads a value outside of the rows once", () => {
    const rows = assign(EMPTY, ["models", 0, "used"], 1, choice({ label: "Model", eachEntry: true }));
    const both = assign(rows, ["total"], 9, choice({ label: "Total" }));
    expect(both.meters.map(({ id, once }) => [id, once])).toEqual([
      ["model", false],
      ["total", true],
    ]);
  });

  it("takes the account's name from outside of rows", () => {
    expect(assign(EMPTY, ["models", 0, "name"], "Swift", choice({ role: "name" })).account).toBe("$.models[0].name");
  });

  it("undoes what a value was, and drops a meter without figures", () => {
    const used = assign(EMPTY, ["data", "tokens", "used"], 3, choice());
    const reset = assign(used, ["data", "tokens", "resets"], "…", choice({ role: "reset", meterId: "tokens" }));
    expect(unassign(reset, ["data", "tokens", "resets"]).meters[0]).not.toHaveProperty("reset");
    expect(unassign(reset, ["data", "tokens", "used"]).meters).toEqual([]);
    expect(unassign(reset, ["total"]).meters).toHaveLength(1);
  });

  it("takes a value for what says that there are figures, once, from the whole answer", () => {
    const used = assign(EMPTY, ["data", "tokens", "used"], 3, choice());
    const judged = assign(used, ["models", 0, "name"], "Swift", choice({ role: "success", eachEntry: true }));
    expect(judged.success).toEqual({ path: "$.models[0].name", equals: "Swift" });
    expect(judged.rows).toBeUndefined();
    expect(assignedAt(judged, ["models", 0, "name"])).toEqual([{ meter: null, role: "success" }]);
    expect(shown(judged)).toEqual(shown(used));
    expect(assign(judged, ["total"], 9, choice({ role: "success" })).success).toEqual({ path: "$.total", equals: 9 });
    expect(unassign(judged, ["models", 0, "name"])).toEqual(used);
    const named = assign(judged, ["models", 0, "name"], "Swift", choice({ role: "name" }));
    expect(named).toMatchObject({ account: "$.models[0].name" });
    expect(named).not.toHaveProperty("success");
  });

  it("drops a meter of which only a fixed limit is left", () => {
    const used = assign(EMPTY, ["total"], 9, choice());
    const fixed = { ...used, meters: used.meters.map((meter) => ({ ...meter, limit: { value: 40 } })) };
    expect(shown(fixed)).toMatchObject([{ used: 9, limit: 40 }]);
    expect(assignedAt(fixed, ["total"]).map(({ role }) => role)).toEqual(["used"]);
    expect(unassign(fixed, ["total"]).meters).toEqual([]);
  });

  it("gives each meter an id of its own", () => {
    const one = assign(EMPTY, ["total"], 9, choice({ label: "日本" }));
    expect(one.meters[0]?.id).toBe("meter");
    expect(freeId(one, "Meter!")).toBe("meter-2");
  });

  it("always gives a definition that can be saved, in whatever order values are pressed", () => {
    const places: Place[] = [
      ["total"],
      ["data", "tokens", "used"],
      ["data", "tokens", "limit"],
      ["models", 0, "used"],
      ["models", 1, "limit"],
      ["models", 0, "name"],
    ];
    const step = fc.record({
      place: fc.constantFrom(...places),
      role: fc.constantFrom<Role[]>("used", "limit", "remaining", "percentUsed", "reset", "name", "success"),
      eachEntry: fc.boolean(),
      undo: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        const definition = steps.reduce((before, { place, role, eachEntry, undo }) => {
          if (undo) return unassign(before, place);
          const unit = role === "percentUsed" ? ({ kind: "percent" } as const) : ({ kind: "units" } as const);
          const each = eachEntry && rowListAt(before, place) !== null;
          return assign(before, place, 1, choice({ role, unit, eachEntry: each, label: role }));
        }, EMPTY);
        // A meter that has only a reset yet says so; everything else is in order.
        const whole = {
          ...definition,
          meters: definition.meters.filter(
            (meter) => meter.used ?? meter.limit ?? meter.remaining ?? meter.percentUsed,
          ),
        };
        if (whole.meters.length === 0) return;
        const parsed = definitionSchema.safeParse(JSON.parse(JSON.stringify(whole)));
        expect(parsed.error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
