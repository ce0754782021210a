import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callNames, eventNames } from "../../app/contract/names.ts";
import { isEventName, parseAnswer, parseEvent } from "./parsers.ts";

const malformed = { ok: false, error: { code: "malformed-answer", detail: null } };

describe("parseAnswer", () => {
  it("takes what the contract says", () => {
    expect(parseAnswer("sources.save", { ok: true, value: { id: "a" } })).toEqual({ ok: true, value: { id: "a" } });
    expect(parseAnswer("sources.refresh", { ok: true })).toEqual({ ok: true, value: undefined });
    expect(parseAnswer("sources.save", { ok: false, error: { code: "internal", detail: null } })).toEqual({
      ok: false,
      error: { code: "internal", detail: null },
    });
  });

  it.each([
    [undefined],
    [null],
    ["ok"],
    [{}],
    [{ ok: "yes", value: { id: "a" } }],
    [{ ok: true, value: { id: 7 } }],
    [{ ok: true }],
    [{ ok: false }],
    [{ ok: false, error: { code: "made-up", detail: null } }],
  ])("refuses %j", (answer) => {
    expect(parseAnswer("sources.save", answer)).toEqual(malformed);
  });

  it("never throws, whatever comes for whichever call", () => {
    fc.assert(
      fc.property(fc.constantFrom(...callNames), fc.jsonValue(), fc.boolean(), (name, value, ok) => {
        const result = parseAnswer(name, { ok, value, error: value });
        return typeof result.ok === "boolean";
      }),
    );
  });
});

describe("parseEvent", () => {
  it("knows every event of the contract and no other", () => {
    expect(eventNames.every(isEventName)).toBe(true);
    expect(isEventName("toString")).toBe(false);
  });

  it("takes what the contract says and nothing else", () => {
    expect(parseEvent("shell.showSource", { sourceId: "a" })).toEqual({ ok: true, value: { sourceId: "a" } });
    expect(parseEvent("shell.showSource", { sourceId: "" })).toEqual({ ok: false });
    expect(parseEvent("state.changed", { base: 1 })).toEqual({ ok: false });
  });
});
