import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyState } from "../../tests/support/empty-state.ts";
import { polledSource } from "../../tests/support/small-engine.ts";
import type { AppState, StatePatch } from "./contract.ts";
import { diffState } from "./patch.ts";
import { createStateMirror } from "./state-mirror.ts";

const host = { face: "web", version: "0", platform: "linux", settingsPath: "/s" } as const;
const first: AppState = emptyState({ host });

/** A host whose answers are given by hand, and the mirror of it. */
function rig() {
  const asked: ((state: AppState | null) => void)[] = [];
  const seen: number[] = [];
  const mirror = createStateMirror(
    () => new Promise((resolve) => asked.push(resolve)),
    (state) => seen.push(state.revision),
  );
  return {
    mirror,
    seen,
    asked: () => asked.length,
    async answer(state: AppState | null): Promise<void> {
      asked.shift()?.(state);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

const after = (state: AppState, count: number): AppState => ({
  ...state,
  revision: state.revision + 1,
  sources: [polledSource("a", count)],
});

it("keeps patches that overtake the answer, and takes those that it does not hold yet", async () => {
  const { mirror, answer, seen } = rig();
  const done = mirror.load();
  const second = after(first, 1);
  const third = after(second, 2);
  mirror.take(diffState(first, second));
  mirror.take(diffState(second, third));
  await answer(second);
  await done;
  expect(mirror.current()).toEqual(third);
  expect(seen).toEqual([2, 3]);
});

it("asks once for the whole state after a gap, and takes a patch of a host whose revisions begin anew", async () => {
  const { mirror, answer, asked } = rig();
  void mirror.load();
  await answer({ ...first, revision: 50 });
  mirror.take({ base: 52, revision: 53, demo: "shown" });
  mirror.take({ base: 53, revision: 54, demo: "hidden" });
  expect(asked()).toBe(1);
  await answer({ ...first, revision: 53, demo: "shown" });
  expect(mirror.current()).toMatchObject({ revision: 54, demo: "hidden" });
  mirror.take({ base: 54, revision: 2, demo: "none" });
  expect(mirror.current()).toMatchObject({ revision: 2, demo: "none" });
  expect(asked()).toBe(0);
});

it("stays at what it has when the host is gone, and does not keep patches without bound", async () => {
  const { mirror, answer, asked } = rig();
  const done = mirror.load();
  const patch = (base: number): StatePatch => ({ base, revision: base + 1 });
  for (let base = 1; base <= 300; base += 1) mirror.take(patch(base));
  await answer(first);
  // Those beyond the bound are not there: it asks once more.
  expect(mirror.current()?.revision).toBe(257);
  expect(asked()).toBe(1);
  await answer(null);
  await done;
  expect(mirror.current()?.revision).toBe(257);
});

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant("poll" as const), id: fc.constantFrom("a", "b", "c") }) },
    { weight: 1, arbitrary: fc.constant({ do: "lose" as const }) },
    { weight: 1, arbitrary: fc.constant({ do: "repeat" as const }) },
    { weight: 2, arbitrary: fc.constant({ do: "answer" as const }) },
  ),
  { maxLength: 60 },
);

it("comes to the host's state whatever is lost, repeated or late on the way", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      let state = first;
      let last: StatePatch | null = null;
      const { mirror, answer, asked } = rig();
      void mirror.load();
      for (const [index, step] of list.entries()) {
        switch (step.do) {
          case "poll":
          case "lose": {
            const id = step.do === "poll" ? step.id : "a";
            const others = state.sources.filter((source) => source.id !== id);
            const next = { ...state, revision: state.revision + 1, sources: [...others, polledSource(id, index)] };
            last = diffState(state, next);
            state = next;
            if (step.do === "poll") mirror.take(last);
            break;
          }
          case "repeat":
            if (last !== null) mirror.take(last);
            break;
          case "answer":
            await answer(state);
        }
        const copy = mirror.current();
        // Never a state that the host did not have at that revision.
        if (copy !== null && copy.revision === state.revision) expect(copy).toEqual(state);
      }
      // One more change, and the host's answers come: then both agree.
      const next = { ...state, revision: state.revision + 1, sources: [polledSource("a", 999)] };
      mirror.take(diffState(state, next));
      while (asked() > 0) await answer(next);
      expect(mirror.current()).toEqual(next);
    }),
  );
});
