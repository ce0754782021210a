import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyState } from "../../tests/support/empty-state.ts";
import { newRecord, toSourceState } from "../polling/source-record.ts";
import { DEFAULT_PREFERENCES, SOURCE_DEFAULTS } from "../settings/schema.ts";
import { appStateSchema, statePatchSchema } from "./contract.ts";
import { applyPatch, diffState } from "./patch.ts";

const source = (id: string, fetchedAt: number) => ({
  ...toSourceState(
    newRecord(
      {
        id,
        kind: "neutral",
        label: id,
        baseUrl: "https://llm.example.org",
        allowPlainHttp: false,
        credential: { type: "env", name: "KEY" },
        secrets: {},
        options: {},
        ...SOURCE_DEFAULTS,
      },
      false,
      0,
    ),
    DEFAULT_PREFERENCES,
    null,
    false,
    0,
  ),
  fetchedAt,
});

const base = emptyState({ sources: [source("a", 0), source("b", 0), source("c", 0)] });

const edits = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("poll" as const), id: fc.constantFrom("a", "b", "c", "d"), at: fc.nat(1000) }),
    fc.record({ do: fc.constant("remove" as const), id: fc.constantFrom("a", "b", "c", "d") }),
    fc.record({ do: fc.constant("reverse" as const) }),
    fc.record({ do: fc.constant("demo" as const), demo: fc.constantFrom("shown", "hidden", "none") }),
    fc.record({ do: fc.constant("read-only" as const), value: fc.boolean() }),
  ),
  { maxLength: 8 },
);

it("a patch that crossed a wire leads to the same state, and keeps what did not change", () => {
  fc.assert(
    fc.property(edits, (list) => {
      let next = { ...base, revision: 2 };
      for (const edit of list) {
        switch (edit.do) {
          case "poll": {
            const known = next.sources.some(({ id }) => id === edit.id);
            next = {
              ...next,
              sources: known
                ? next.sources.map((old) => (old.id === edit.id ? source(edit.id, edit.at) : old))
                : [...next.sources, source(edit.id, edit.at)],
            };
            break;
          }
          case "remove":
            next = { ...next, sources: next.sources.filter(({ id }) => id !== edit.id) };
            break;
          case "reverse":
            next = { ...next, sources: next.sources.toReversed() };
            break;
          case "demo":
            next = { ...next, demo: edit.demo };
            break;
          case "read-only":
            next = { ...next, settingsReadOnly: edit.value };
            break;
        }
      }
      const wire = statePatchSchema.parse(JSON.parse(JSON.stringify(diffState(base, next))));
      const result = applyPatch(base, wire);
      expect(result).toEqual(next);
      for (const old of base.sources) {
        if (next.sources.includes(old)) expect(result?.sources).toContain(old);
      }
      expect(appStateSchema.safeParse(result).success).toBe(true);
    }),
  );
});

it("sends one source when one was polled", () => {
  const next = { ...base, revision: 2, sources: base.sources.with(1, source("b", 5)) };
  const patch = diffState(base, next);
  expect(patch.sources?.map(({ id }) => id)).toEqual(["b"]);
  expect(Object.keys(patch).toSorted()).toEqual(["base", "revision", "sources"]);
});

it("asks for the whole state when a patch is missing", () => {
  expect(applyPatch(base, { base: 5, revision: 6 })).toBeNull();
  expect(applyPatch(base, { base: 1, revision: 2, order: ["a", "never-sent"] })).toBeNull();
});
