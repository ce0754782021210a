import { expect, it } from "vitest";
import { add, draft, rig } from "../../tests/engine/rig.ts";

it("gives each source without a name one of its own, and keeps the names that are given", async () => {
  const { engine } = await rig();
  for (const label of ["", "", "Mine", "Mine", ""]) await add(engine, draft({ label }));
  const labels = () => engine.state().configs.map((config) => config.label);
  const usual = labels()[0] ?? "";
  expect(usual).toContain("llm.example.org");
  expect(labels()).toEqual([usual, `${usual} (2)`, "Mine", "Mine", `${usual} (3)`]);
  // One that is saved anew without a name does not stand in its own way.
  const id = engine.state().configs[0]?.id ?? null;
  await engine.handle("sources.save", draft({ id, label: "", key: { type: "keep" } }));
  expect(labels()[0]).toBe(usual);
});
