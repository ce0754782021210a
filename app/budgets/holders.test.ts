import { describe, expect, it } from "vitest";
import { type HolderNames, nameHolders } from "./holders.ts";
import type { Holders } from "./spend-book.ts";

/** A host that runs: names are forgotten with it, what is stored of each source stays. */
function host(stored: Map<string, Holders>) {
  let names: HolderNames = new Map();
  return (sourceId: string, subjects: Record<string, string>): Holders => {
    const named = nameHolders(names, sourceId, subjects, stored.get(sourceId) ?? {});
    names = named.names;
    stored.set(sourceId, { ...stored.get(sourceId), ...named.holders });
    return stored.get(sourceId) ?? {};
  };
}

describe("nameHolders", () => {
  it("gives one mark one name, and another one another", () => {
    const name = host(new Map());
    const first = name("a", { key: "11", account: "99" });
    expect(name("b", { key: "11", account: "99" })).toEqual(first);
    const third = name("c", { key: "22", account: "99" });
    expect(third.account).toBe(first.account);
    expect(third.key).not.toBe(first.key);
  });

  it("knows after a restart, by other marks, who was the same before, in whatever order they are read", () => {
    for (const order of [
      ["a", "b", "c"],
      ["c", "b", "a"],
      ["b", "a", "c"],
    ]) {
      const stored = new Map<string, Holders>();
      const first = host(stored);
      first("a", { key: "11" });
      first("b", { key: "11" });
      first("c", { key: "22" });
      const earlier = new Map(stored);
      const second = host(stored);
      for (const id of order) second(id, { key: id === "c" ? "tt" : "ss" });
      expect(stored).toEqual(earlier);
    }
  });

  it("tells a source that has another key since from those that had the same", () => {
    const stored = new Map<string, Holders>();
    const first = host(stored);
    first("a", { key: "11" });
    first("b", { key: "11" });
    for (const order of [
      ["a", "b"],
      ["b", "a"],
    ]) {
      const copy = new Map(stored);
      const second = host(copy);
      for (const id of order) second(id, { key: id });
      expect(copy.get("a")?.key).not.toBe(copy.get("b")?.key);
    }
  });

  it("keeps what it knew where nothing is told, and no mark at all", () => {
    const stored = new Map<string, Holders>([["a", { key: "a", account: "b" }]]);
    expect(host(stored)("a", { key: "11" })).toEqual({ key: "a", account: "b" });
    expect(JSON.stringify([...stored])).not.toContain("11");
  });
});
