import { describe, expect, it } from "vitest";
import { MUTATIONS } from "./mutation-list.ts";
import { occurrences, runMutations } from "./run-mutations.ts";

/** One for polling, one for the figures, one for alerts; `npm run simulate:mutations` breaks all of them. */
const TRIED_HERE = [
  "a wait that was asked for holds when the user asks, too",
  "a failure takes no figures away",
  "the ledger outlives the app",
];
const PATIENCE_MS = 300_000;

describe("a broken rule", () => {
  it.each(MUTATIONS.map(({ rule, edits }) => [rule, edits] as const))("can still be broken: %s", (_rule, edits) => {
    expect(edits.map(({ file, find }) => ({ file, find, found: occurrences({ file, find, replace: "" }) }))).toEqual(
      edits.map(({ file, find }) => ({ file, find, found: 1 })),
    );
  });

  it("is named once", () => {
    const rules = MUTATIONS.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules).toEqual(expect.arrayContaining(TRIED_HERE));
  });

  it(
    "is noticed by the invariant that guards it",
    async () => {
      const tried = MUTATIONS.filter(({ rule }) => TRIED_HERE.includes(rule));
      const caught = await runMutations(tried, 2);
      expect(caught.map(({ mutation, isAsExpected, violated }) => [mutation.rule, isAsExpected, violated])).toEqual(
        tried.map(({ rule }) => [rule, true, expect.arrayContaining([])]),
      );
    },
    PATIENCE_MS,
  );
});
