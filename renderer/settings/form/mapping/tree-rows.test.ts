import { describe, expect, it } from "vitest";
import { headerRows, headersOf } from "./header-rows.ts";
import { sentinelsOf, sentinelText } from "./sentinels.ts";
import { placeKey, siblingsAt, treeRows } from "./tree-rows.ts";

const closed = { toggled: new Set<string>(), whole: new Set<string>() };

describe("treeRows", () => {
  it("shows a small answer opened, line by line", () => {
    expect(treeRows({ a: { b: [1, null] }, c: "x" }, closed).map(({ kind, place }) => [kind, place.join(".")])).toEqual(
      [
        ["group", "a"],
        ["group", "a.b"],
        ["value", "a.b.0"],
        ["value", "a.b.1"],
        ["value", "c"],
      ],
    );
  });

  it("closes what was toggled, and shows the rest of a long list when asked", () => {
    const key = placeKey(["list"]);
    const body = { list: Array.from({ length: 30 }, (_, at) => at) };
    const rows = treeRows(body, closed);
    expect(rows.filter(({ kind }) => kind === "value")).toHaveLength(12);
    expect(rows.at(-1)).toMatchObject({ kind: "more", hidden: 18 });
    expect(treeRows(body, { ...closed, whole: new Set([key]) }).filter(({ kind }) => kind === "value")).toHaveLength(
      30,
    );
    expect(treeRows(body, { ...closed, toggled: new Set([key]) })).toHaveLength(1);
  });

  it("keeps the first view of a huge answer short", () => {
    const body = Array.from({ length: 5000 }, (_, at) => ({ at, inner: { deep: { deeper: at } } }));
    expect(treeRows(body, closed).length).toBeLessThan(100);
  });

  it.each([5, "text", null, {}, []])("shows %j alone", (body) => {
    expect(treeRows(body, closed)).toHaveLength(1);
  });

  it("finds what stands beside a value", () => {
    expect(siblingsAt({ a: [{ b: 1, c: 2 }] }, ["a", 0, "b"])).toEqual({ b: 1, c: 2 });
    expect(siblingsAt({ a: [1] }, ["a", 0])).toEqual({});
    expect(siblingsAt({}, ["x", "y", "z"])).toEqual({});
  });
});

describe("sentinels", () => {
  it("reads numbers, null and texts, and writes them back", () => {
    expect(sentinelsOf('-1, null, none, "0", ,')).toEqual([-1, null, "none", "0"]);
    for (const list of [[-1, null, "none", "0"], [], ["null"]]) expect(sentinelsOf(sentinelText(list))).toEqual(list);
  });
});

describe("headers", () => {
  it("keeps texts, the key and secrets apart, and gives away only what was typed", () => {
    const rows = headerRows({
      "X-Team": "blue",
      Authorization: { secret: "key", prefix: "Token " },
      "X-Admin": { secret: "adm", prefix: "" },
    });
    expect(headersOf(rows)).toEqual({
      headers: {
        "X-Team": "blue",
        Authorization: { secret: "key", prefix: "Token " },
        "X-Admin": { secret: "adm", prefix: "" },
      },
      typed: {},
    });
    const typed = headersOf(rows.map((row) => ({ ...row, typed: row.name === "X-Admin" ? "s3cret" : "" })));
    expect(typed.typed).toEqual({ adm: { type: "secret", secret: "s3cret" } });
  });

  it.each([
    ["X-API-Key", "x-api-key"],
    ["Key", "key-secret"],
    ["123", "header-secret"],
  ])("names the secret of a new header %s %s", (name, secret) => {
    const row = { id: 1, name, holds: "secret" as const, text: "", prefix: "", secretName: "", typed: "s" };
    expect(headersOf([row]).headers).toEqual({ [name]: { secret, prefix: "" } });
  });
});
