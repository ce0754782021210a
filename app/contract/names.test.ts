import { describe, expect, it } from "vitest";
import { contract } from "./contract.ts";
import { callNames, eventNames, isCallName, isEventName } from "./names.ts";

function namesOf(type: "invoke" | "push"): string[] {
  return Object.entries(contract).flatMap(([group, members]) =>
    Object.entries(members).flatMap(([name, spec]) => (spec.type === type ? [`${group}.${name}`] : [])),
  );
}

describe("names", () => {
  it("are the contract's, each once", () => {
    expect([...callNames].sort()).toEqual(namesOf("invoke").sort());
    expect([...eventNames].sort()).toEqual(namesOf("push").sort());
  });

  it.each(["", "state", "state.changed", "constructor", "__proto__", "toString", null, 3])("%s is no call", (name) => {
    expect(isCallName(name)).toBe(false);
  });

  it("tells events from calls", () => {
    expect(isEventName("state.changed")).toBe(true);
    expect(isEventName("state.get")).toBe(false);
  });
});
