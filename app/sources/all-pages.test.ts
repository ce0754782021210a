import { describe, expect, it } from "vitest";
import { type CannedAnswer, cannedTransport } from "../../tests/support/canned-transport.ts";
import { allPages, pageOf } from "./all-pages.ts";
import { count } from "./numbers.ts";
import { createReadContext } from "./read-context.ts";

const page = pageOf(count);
const body = (data: readonly unknown[], next?: string): CannedAnswer => ({
  body: JSON.stringify({ data, has_more: next !== undefined, next_page: next ?? null }),
});

function read(answers: Readonly<Record<string, CannedAnswer>>) {
  const http = cannedTransport(answers);
  const auth = { header: "x-api-key", prefix: "" };
  const { context } = createReadContext({ http, baseUrl: "https://api.example", key: null, auth, now: 0 });
  const headers = { "x-version": "1" };
  return { http, items: allPages(context, "/costs", page, { query: { limit: "2" }, headers }) };
}

describe("all pages of a report", () => {
  it("are asked for one after the other, with the same query and headers", async () => {
    const { http, items } = read({
      "/costs?limit=2": body([1, 2], "b"),
      "/costs?limit=2&page=b": body([3], "c/d"),
      "/costs?limit=2&page=c%2Fd": body([4]),
    });
    expect(await items).toEqual([1, 2, 3, 4]);
    expect(http.requests.map(({ headers }) => headers["x-version"])).toEqual(["1", "1", "1"]);
  });

  it.each([
    ["has_more is not told", '{"data":[7]}'],
    ["has_more is null", '{"data":[7],"has_more":null,"next_page":"x"}'],
  ])("end where %s", async (_, text) => {
    expect(await read({ "/costs?limit=2": { body: text } }).items).toEqual([7]);
  });

  it.each([
    ["a way on that is missing", { "/costs?limit=2": { body: '{"data":[1],"has_more":true}' } }, "unexpected-shape"],
    [
      "a later page that fails",
      { "/costs?limit=2": body([1], "b"), "/costs?limit=2&page=b": { status: 500 } },
      "server-error",
    ],
    [
      "pages without end",
      { "/costs?limit=2": body([1], "b"), "/costs?limit=2&page=b": body([1], "b") },
      "answer-too-large",
    ],
    ["an item of another shape", { "/costs?limit=2": body(["x"]) }, "unexpected-shape"],
  ])("are not half of them: %s ends it all", async (_, answers: Record<string, CannedAnswer>, cause) => {
    await expect(read(answers).items).rejects.toMatchObject({ failure: { cause } });
  });
});
