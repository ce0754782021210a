import { describe, expect, it } from "vitest";
import { add, draft, quota, rig } from "../../tests/engine/rig.ts";
import { alertRig, HOUR, MINUTE, RESET, SOURCE } from "../../tests/support/alert-rig.ts";

const MOMENT = 5_000;

describe("one quantity in two sources", () => {
  const identities = new Map([["tokens", "one key"]]);
  it("is told of by the one that sees it first, each step once", async () => {
    const rig = await alertRig();
    const steps: [string, number][] = [
      ["s", 18],
      ["other", 18],
      ["other", 9],
      ["s", 9],
      ["s", 3],
      ["other", 3],
    ];
    for (const [sourceId, left] of steps) {
      await rig.read(left, { sourceId, identities });
      await rig.clock.advance(MINUTE);
    }
    expect(rig.logged()).toEqual([
      "told s:20",
      "told-by-another-source other:20",
      "told other:10",
      "told-by-another-source s:10",
      "told s:5",
      "told-by-another-source other:5",
    ]);
  });
  it("in the same moment, too", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.read(18, { sourceId: "other", identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toHaveLength(1);
    expect(rig.deliveries[0]?.alerts).toHaveLength(1);
  });
  it("after a restart, too", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.clock.advance(MOMENT);
    await rig.restart();
    await rig.read(18, { sourceId: "other", identities });
    await rig.read(18, { identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });
  it("by the other one when the first is muted, or says something milder", async () => {
    const rig = await alertRig();
    rig.sources.set("s", { ...SOURCE, muted: true });
    await rig.read(18, { identities });
    await rig.read(18, { sourceId: "other", identities });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["other:20"]);
  });
  it("in its own window: what the other one told of an earlier window says nothing", async () => {
    const rig = await alertRig();
    await rig.read(18, { identities });
    await rig.clock.advanceTo(RESET + 30 * MINUTE);
    const window = { kind: "period", resetsAt: RESET + 48 * HOUR, resetBasis: "reported" } as const;
    await rig.read(18, { sourceId: "other", identities, meter: { window } });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20", "other:20"]);
  });
});

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
