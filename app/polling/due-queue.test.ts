import fc from "fast-check";
import { expect, it } from "vitest";
import { createDueQueue } from "./due-queue.ts";

it("gives ids in the order of their times, whatever was added, moved and deleted", () => {
  const step = fc.oneof(
    fc.record({ type: fc.constant("set" as const), id: fc.integer({ min: 0, max: 20 }), at: fc.integer({ max: 50 }) }),
    fc.record({ type: fc.constant("delete" as const), id: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ type: fc.constant("take" as const), now: fc.integer({ max: 50 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = createDueQueue();
      // What it has to equal: a list that is sorted at each look.
      let list: { id: string; at: number }[] = [];
      const sorted = () => list.toSorted((a, b) => a.at - b.at);
      for (const made of steps) {
        switch (made.type) {
          case "set":
            queue.set(`${made.id}`, made.at);
            list = [...list.filter(({ id }) => id !== `${made.id}`), { id: `${made.id}`, at: made.at }];
            break;
          case "delete":
            queue.delete(`${made.id}`);
            list = list.filter(({ id }) => id !== `${made.id}`);
            break;
          case "take": {
            const first = sorted()[0];
            const expected = first !== undefined && first.at <= made.now ? first.id : null;
            expect(queue.takeDue(made.now)).toBe(expected);
            list = list.filter(({ id }) => id !== expected);
          }
        }
        expect(queue.earliest()).toBe(sorted()[0]?.at ?? null);
        for (const { id, at } of list) expect(queue.at(id)).toBe(at);
      }
      while (list.length > 0) {
        const first = sorted()[0]?.id ?? null;
        expect(queue.takeDue(Number.POSITIVE_INFINITY)).toBe(first);
        list = list.filter(({ id }) => id !== first);
      }
      expect(queue.takeDue(Number.POSITIVE_INFINITY)).toBeNull();
    }),
  );
});
