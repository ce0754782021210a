import { describe, expect, it } from "vitest";
import { add, draft, MINUTE, quota, rig } from "../../tests/engine/rig.ts";

/** Two sources of the user's that read one key, polled until both have figures. */
async function oneKeyTwice() {
  const test = await rig();
  const first = await add(test.engine, draft({ label: "First" }));
  const second = await add(test.engine, draft({ label: "Second" }));
  await test.clock.advance(10 * MINUTE);
  expect(test.engine.state().sources.every(({ reading }) => reading !== null)).toBe(true);
  return { test, first, second };
}

describe("one key in two sources", () => {
  it("is told of once", async () => {
    const { test } = await oneKeyTwice();
    test.answer = () => quota(85);
    await test.clock.advance(30 * MINUTE);
    expect(test.ports.shown).toHaveLength(1);
    // And once more when it gets worse, by the same one.
    test.answer = () => quota(96);
    await test.clock.advance(30 * MINUTE);
    expect(test.ports.shown).toHaveLength(2);
    expect(new Set(test.ports.shown.map(({ sourceId }) => sourceId)).size).toBe(1);
  });

  it("is told of by the other one when the first is muted", async () => {
    const { test } = await oneKeyTwice();
    test.answer = () => quota(85);
    await test.clock.advance(30 * MINUTE);
    const [told] = test.ports.shown;
    await test.engine.handle("sources.adjust", { id: told?.sourceId, muted: true });
    test.answer = () => quota(96);
    await test.clock.advance(30 * MINUTE);
    expect(test.ports.shown).toHaveLength(2);
    expect(test.ports.shown[1]?.sourceId).not.toBe(told?.sourceId);
  });

  it("is told of twice when the keys differ", async () => {
    const test = await rig();
    await add(test.engine, draft({ label: "First" }));
    await add(test.engine, draft({ label: "Second", key: { type: "secret", secret: "sk-another-987654321" } }));
    test.answer = () => quota(85);
    await test.clock.advance(30 * MINUTE);
    expect(test.ports.shown).toHaveLength(2);
  });
});
