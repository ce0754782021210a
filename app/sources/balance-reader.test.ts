import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type CannedAnswer, cannedTransport } from "../../tests/support/canned-transport.ts";
import { percentRemaining } from "../quota/meter.ts";
import { readingSchema } from "../quota/reading.ts";
import { type BalanceRow, type BalanceTable, balanceMeters, readBalances } from "./balance-reader.ts";
import { signedMoney } from "./numbers.ts";
import { createReadContext } from "./read-context.ts";

const USD = { kind: "money", currency: "USD" } as const;
const row = (remaining: number, more: Partial<BalanceRow> = {}): BalanceRow => ({ unit: USD, remaining, ...more });
const shown = (...rows: BalanceRow[]) => balanceMeters(rows).map(({ id, remaining }) => [id, remaining]);

describe("meters of balances", () => {
  it("have no limit, no reset, and what is left as it was told", () => {
    expect(balanceMeters([row(14_200_000)])).toEqual([
      {
        id: "balance",
        label: { key: "meter.balance" },
        unit: USD,
        limit: "unknown",
        used: "unknown",
        remaining: 14_200_000,
        window: { kind: "balance" },
        scope: "account",
        confidence: "reported",
      },
    ]);
  });

  it.each<[string, BalanceRow[], unknown]>([
    ["nothing granted", [row(5, { granted: 0, paid: 5 })], [["balance", 5]]],
    ["parts that are not told", [row(5)], [["balance", 5]]],
    [
      "both parts",
      [row(5, { granted: 2, paid: 3 })],
      [
        ["balance", 5],
        ["granted-balance", 2],
        ["paid-balance", 3],
      ],
    ],
    [
      "nothing paid",
      [row(5, { granted: 5, paid: 0 })],
      [
        ["balance", 5],
        ["granted-balance", 5],
      ],
    ],
    [
      "a debt beside a grant",
      [row(5, { granted: 5, paid: -1 })],
      [
        ["balance", 5],
        ["granted-balance", 5],
      ],
    ],
    [
      "an id of its own",
      [row(5, { id: "balance-usd", granted: 5 })],
      [
        ["balance-usd", 5],
        ["granted-balance-usd", 5],
      ],
    ],
    ["an empty one beside a full one", [row(0, { id: "a" }), row(5, { id: "b" })], [["b", 5]]],
    [
      "all empty",
      [row(0, { id: "a" }), row(0, { id: "b" })],
      [
        ["a", 0],
        ["b", 0],
      ],
    ],
    [
      "an overdrawn one",
      [row(-2, { id: "a" }), row(5, { id: "b" })],
      [
        ["a", -2],
        ["b", 5],
      ],
    ],
    ["an untold one", [{ unit: USD, remaining: "unknown" }], [["balance", "unknown"]]],
  ])("show %s", (_, rows, expected) => {
    expect(shown(...rows)).toEqual(expected);
  });

  it("say of a part what it is a part of, so that no money counts twice", () => {
    const parts = balanceMeters([row(5, { id: "balance-usd", granted: 2, paid: 3 })]).map(({ partOf }) => partOf);
    expect(parts).toEqual([undefined, "balance-usd", "balance-usd"]);
  });

  it("refuse two rows of one id, whose history could not be told apart", () => {
    expect(() => shown(row(1), row(2))).toThrow("two balances in the same unit");
  });

  it("never say that something ran out while something is left", () => {
    const part = fc.integer({ min: 0, max: 5 });
    const rows = fc.array(fc.record({ remaining: part, granted: part, paid: part }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, (amounts) => {
        const meters = balanceMeters(
          amounts.map((amount, index) => row(amount.remaining, { ...amount, id: `b${index}` })),
        );
        const empty = meters.filter((meter) => percentRemaining(meter) === 0);
        expect(meters.length).toBeGreaterThan(0);
        expect(empty.length > 0).toBe(amounts.every(({ remaining }) => remaining === 0));
      }),
    );
  });
});

describe("a reader made from a table", () => {
  const table: BalanceTable<{ left: number }, { team: string }> = {
    path: "/new",
    fallbackPath: "/old",
    answer: z.object({ left: signedMoney }),
    headers: ({ team }) => ({ "x-team": team }),
    judge: ({ body }) => (body === null ? { cause: "key-refused" } : null),
    balances: ({ left }, { baseUrl }, { team }) => ({
      rows: [row(left)],
      notices: [{ key: "notice.plan", params: { plan: team } }],
      account: baseUrl,
      subjects: { team },
    }),
  };

  async function poll(answers: Readonly<Record<string, CannedAnswer>>) {
    const http = cannedTransport(answers);
    const auth = { header: "authorization", prefix: "Bearer " };
    const { context } = createReadContext({ http, baseUrl: "https://api.example", key: "sk-1", auth, now: 0 });
    const reading = await readBalances(table)(context, { team: "red" });
    return { reading: readingSchema.parse(reading), asked: http.requests };
  }

  it("asks one path, with the headers that the options call for", async () => {
    const { reading, asked } = await poll({ "/new": { body: '{"left":"2.50"}' } });
    expect(asked.map(({ url, headers }) => [url, headers["x-team"]])).toEqual([["https://api.example/new", "red"]]);
    expect(reading).toMatchObject({
      account: "https://api.example",
      meters: [{ remaining: 2_500_000 }],
      notices: [{ key: "notice.plan", params: { plan: "red" } }],
      subjects: { team: "red" },
    });
  });

  it("asks the older path where the newer one is not there", async () => {
    const { reading, asked } = await poll({ "/new": { status: 404 }, "/old": { body: '{"left":-1}' } });
    expect(asked.map(({ headers }) => headers["x-team"])).toEqual(["red", "red"]);
    expect(reading.meters).toMatchObject([{ remaining: -1_000_000 }]);
  });

  it.each([
    ["401", { status: 401 }, "key-refused"],
    ["403", { status: 403 }, "key-lacks-permission"],
    ["500", { status: 500 }, "server-error"],
    ["a refusal that only the judge sees", { body: "null" }, "key-refused"],
    ["another shape", { body: '{"right":1}' }, "unexpected-shape"],
  ])("does not take %s for an older version", async (_, answer, cause) => {
    await expect(poll({ "/new": answer, "/old": { body: '{"left":1}' } })).rejects.toMatchObject({
      failure: { cause },
    });
  });

  it("is not found where neither path is there", async () => {
    const gone = { status: 404 };
    await expect(poll({ "/new": gone, "/old": gone })).rejects.toMatchObject({ failure: { cause: "not-found" } });
  });
});
