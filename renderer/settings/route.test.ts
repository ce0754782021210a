import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, parseRoute, type Route } from "./route.ts";

describe("the settings' addresses", () => {
  it.each<[string, Route]>([
    ["", { section: "gateways", form: null }],
    ["#nonsense", { section: "gateways", form: null }],
    ["#alerts", { section: "alerts", form: null }],
    ["#add", { section: "gateways", form: { type: "add" } }],
    ["#source=", { section: "gateways", form: null }],
    ["#source=a%20b", { section: "gateways", form: { type: "edit", sourceId: "a b" } }],
  ])("%s", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it("come back as they were, whatever the id", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (sourceId) => {
        const route: Route = { section: "gateways", form: { type: "edit", sourceId } };
        expect(parseRoute(addressOf(route))).toEqual(route);
      }),
    );
  });
});
