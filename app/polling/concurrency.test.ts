import fc from "fast-check";
import { expect, it } from "vitest";
import { createConcurrencyGate } from "./concurrency.ts";

it("never lets more through than allowed, and everybody in the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 5 }),
      async (keys, perKey, total) => {
        const gate = createConcurrencyGate({ perKey, total });
        const running = new Map<string, number>();
        let all = 0;
        let done = 0;
        await Promise.all(
          keys.map(async (key, index) => {
            const leave = await gate.enter(key);
            all += 1;
            running.set(key, (running.get(key) ?? 0) + 1);
            expect(all).toBeLessThanOrEqual(total);
            expect(running.get(key)).toBeLessThanOrEqual(perKey);
            for (let turn = 0; turn < (index * 7) % 5; turn += 1) await Promise.resolve();
            all -= 1;
            running.set(key, (running.get(key) ?? 0) - 1);
            done += 1;
            leave();
            // Leaving twice must not open the gate further.
            leave();
          }),
        );
        expect(done).toBe(keys.length);
      },
    ),
  );
});

it("does not let a busy origin hold up the others", async () => {
  const gate = createConcurrencyGate({ perKey: 1, total: 8 });
  await gate.enter("slow");
  const second = gate.enter("slow");
  const other = await gate.enter("quick");
  other();
  expect(await Promise.race([second.then(() => "let in"), Promise.resolve("waiting")])).toBe("waiting");
});

it("gives every key its turn, however many tasks another has brought before it", async () => {
  const gate = createConcurrencyGate({ perKey: 2, total: 2 });
  const order: string[] = [];
  const task = async (key: string) => {
    const leave = await gate.enter(key);
    order.push(key);
    await Promise.resolve();
    leave();
  };
  await Promise.all([..."aaaaaaaa", "b", "c", "b"].map(task));
  expect(order.slice(0, 6).toSorted().join("")).toBe("aaaabc");
  expect(order).toHaveLength(11);
});

it("goes on with a key whose tasks had all ended", async () => {
  const gate = createConcurrencyGate({ perKey: 1, total: 1 });
  for (let round = 0; round < 3; round += 1) {
    const first = await gate.enter("a");
    const second = gate.enter("a");
    const other = gate.enter("b");
    first();
    (await second)();
    (await other)();
  }
  (await gate.enter("c"))();
});

it("lets go of a task that waits in vain, and of nothing else", async () => {
  const gate = createConcurrencyGate({ perKey: 1, total: 2 });
  const leave = await gate.enter("a");
  const ending = new AbortController();
  const waiting = gate.enter("a", ending.signal);
  const next = gate.enter("a");
  ending.abort();
  expect(await waiting).toBeNull();
  leave();
  (await next)();
  expect(await gate.enter("a", ending.signal)).toBeNull();
  (await gate.enter("a"))();
});
