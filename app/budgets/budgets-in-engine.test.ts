import { describe, expect, it } from "vitest";
import { json } from "../../tests/engine/memory-ports.ts";
import { add, draft, MINUTE, type Rig, rig } from "../../tests/engine/rig.ts";
import type { CallInput } from "../contract/contract.ts";
import type { Engine } from "../engine.ts";
import type { SourceState } from "../quota/snapshot.ts";

const HOUR = 60 * MINUTE;

const budget = (change: Partial<CallInput<"budgets.save">> = {}): CallInput<"budgets.save"> => ({
  id: null,
  label: "A day",
  period: "day",
  unit: { kind: "tokens" },
  limit: 100,
  scope: { type: "all" },
  ...change,
});

/** A gateway that counts tokens without a limit. */
const used = (count: number) => () => json({ tokens: { limit: null, used: count } });

const budgetsOf = (engine: Engine): SourceState[] => engine.state().sources.filter(({ kind }) => kind === "budget");
const figures = (engine: Engine) => budgetsOf(engine)[0]?.reading?.meters[0];

async function save(engine: Engine, change: Partial<CallInput<"budgets.save">> = {}): Promise<void> {
  const result = await engine.handle("budgets.save", budget(change));
  if (!result.ok) throw new Error(result.error.code);
}

async function watched(): Promise<Rig> {
  const test = await rig();
  test.answer = used(5_000);
  await add(test.engine);
  await save(test.engine);
  await test.clock.advance(10 * MINUTE);
  return test;
}

describe("a budget in the engine", () => {
  it("is one more source that follows what its gateways report", async () => {
    const test = await watched();
    expect(budgetsOf(test.engine)).toMatchObject([{ label: "A day", status: { state: "fresh" }, kindName: "Budget" }]);
    expect(figures(test.engine)).toMatchObject({ used: 0, remaining: 100 });
    test.answer = used(5_030);
    await test.clock.advance(10 * MINUTE);
    expect(figures(test.engine)).toMatchObject({ used: 30, remaining: 70, limit: 100 });
  });

  it("warns once at its own percentages, and not when it is muted", async () => {
    const test = await watched();
    await save(test.engine, { label: "Quiet", muted: true, limit: 90 });
    test.answer = used(5_085);
    await test.clock.advance(HOUR);
    const told = test.ports.shown.filter(({ sourceLabel }) => sourceLabel === "A day" || sourceLabel === "Quiet");
    expect(told.map(({ sourceLabel, what }) => [sourceLabel, what.type])).toContainEqual(["A day", "percent-left"]);
    expect(told.some(({ sourceLabel }) => sourceLabel === "Quiet")).toBe(false);
    const percent = told.filter(({ what }) => what.type === "percent-left");
    expect(percent).toHaveLength(1);
  });

  it("counts on after a restart, and tells nothing twice", async () => {
    const test = await watched();
    test.answer = used(5_085);
    await test.clock.advance(HOUR);
    const crossed = () => test.ports.shown.filter(({ what }) => what.type === "percent-left");
    expect(crossed()).toHaveLength(1);
    await test.engine.stop();
    const again = await test.restart();
    expect(figures(again)).toMatchObject({ used: 85 });
    test.answer = used(5_086);
    await test.clock.advance(HOUR);
    expect(figures(again)).toMatchObject({ used: 86 });
    expect(crossed()).toHaveLength(1);
    await again.stop();
  });

  it("counts one key in two sources once", async () => {
    const test = await watched();
    await add(test.engine, draft({ label: "Again" }));
    await test.clock.advance(10 * MINUTE);
    test.answer = used(5_040);
    await test.clock.advance(HOUR);
    expect(figures(test.engine)).toMatchObject({ used: 40 });
  });

  it("is read by nobody, and asking for it disturbs nobody", async () => {
    const test = await watched();
    const before = test.ports.requests.length;
    const [source] = budgetsOf(test.engine);
    expect(await test.engine.handle("sources.refresh", { id: source?.id })).toMatchObject({ ok: true });
    await test.clock.advance(10_000);
    expect(test.ports.requests).toHaveLength(before);
    expect(source).toMatchObject({ polling: false, nextDueAt: null, trace: [] });
  });

  it("leaves with its gateway, and comes back with it", async () => {
    const test = await watched();
    const [config] = test.engine.state().configs;
    await save(test.engine, { label: "One", scope: { type: "source", sourceId: config?.id ?? "" } });
    test.answer = used(5_010);
    await test.clock.advance(HOUR);
    await add(test.engine, draft({ label: "Other", key: { type: "secret", secret: "sk-other-0123456789" } }));
    await test.engine.handle("sources.remove", { id: config?.id });
    expect(budgetsOf(test.engine)[1]).toMatchObject({
      reading: { meters: [{ used: "unknown" }], notices: [{ key: "notice.budget-no-gateway" }] },
    });
    await test.engine.handle("sources.restore", { id: config?.id });
    expect(budgetsOf(test.engine)[1]).toMatchObject({
      reading: { meters: [{ used: 10 }], notices: [{ key: "notice.budget-since" }] },
    });
  });

  it("is counted by a command that ends at once, too, from what was stored and its own poll", async () => {
    const test = await watched();
    test.answer = used(5_020);
    await test.clock.advance(10 * MINUTE);
    await test.engine.stop();
    for (const [count, expected] of [
      [5_025, 25],
      [5_027, 27],
    ] as const) {
      const command = await test.restart({ automatic: false });
      test.answer = used(count);
      await command.pollAll();
      expect(figures(command)).toMatchObject({ used: expected });
      await command.stop();
    }
  });

  it("does not exist for the demo", async () => {
    const test = await rig();
    await save(test.engine);
    await test.clock.advance(HOUR);
    expect(test.engine.state()).toMatchObject({ demo: "shown" });
    expect(budgetsOf(test.engine)).toEqual([]);
    expect(test.ports.spendBook).toEqual({ sources: {} });
  });

  it.each([
    [{ scope: { type: "source", sourceId: "nobody" } }, "unknown-source"],
    [{ scope: { type: "group", group: "nobody" } }, "unknown-group"],
    [{ id: "nobody" }, "unknown-budget"],
    [{ limit: 0 }, "invalid-input"],
    [{ rates: { EUR: 1 } }, "invalid-input"],
  ] as const)("is not saved as %j", async (change, code) => {
    const test = await watched();
    expect(await test.engine.handle("budgets.save", { ...budget(), ...change })).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(test.engine.state().budgets).toHaveLength(1);
  });

  it("sends what changed, and nothing of it when nothing did", async () => {
    const test = await watched();
    const patches: string[][] = [];
    test.engine.subscribe((event) => {
      if (event.name === "state.changed") patches.push((event.value.sources ?? []).map(({ kind }) => kind));
    });
    await save(test.engine, { label: "Elsewhere", scope: { type: "group", group: "none" } }).catch(() => undefined);
    await save(test.engine, { label: "Requests", unit: { kind: "requests" } });
    patches.length = 0;
    test.answer = used(5_001);
    await test.clock.advance(6 * MINUTE);
    // The gateway and the budget that counts it go out; the one that counts nothing of it has nothing to say.
    for (const kinds of patches) expect(kinds.filter((kind) => kind === "budget").length).toBeLessThanOrEqual(1);
    expect(patches.flat().filter((kind) => kind === "budget").length).toBeGreaterThan(0);
  });
});
