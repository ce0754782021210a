import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { codex } from "./descriptor.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const source = register(codex);

describeFixtures(source, import.meta.url);

interface Poll {
  readonly rateLimit?: unknown;
  readonly more?: object;
  readonly baseUrl?: string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly options?: unknown;
  readonly path?: string;
}

async function poll({ rateLimit = null, path = "/backend-api/wham/usage", ...rest }: Poll) {
  const http = cannedTransport({ [path]: { body: JSON.stringify({ rate_limit: rateLimit, ...rest.more }) } });
  const { context } = createReadContext({
    http,
    baseUrl: withoutApiPath(rest.baseUrl ?? "https://chatgpt.com/backend-api", codex.apiPaths ?? []),
    key: "token",
    auth: source.auth,
    facts: rest.facts ?? {},
    now: NOW,
  });
  const read = await source.prepare(rest.options ?? {});
  return { http, reading: await read(context) };
}

describe("the Codex reader", () => {
  it.each([
    ["the file", { accountId: "acc_1" }, {}, "acc_1"],
    ["the option", {}, { accountId: "acc_2" }, "acc_2"],
    ["the option before the file", { accountId: "acc_1" }, { accountId: "acc_2" }, "acc_2"],
    ["nowhere", {}, {}, undefined],
    ["a file that says something else there", { accountId: "no id\r\n" }, {}, undefined],
  ])("takes the account from %s", async (_, facts, options, expected) => {
    const { http, reading } = await poll({ facts, options });
    expect(http.requests[0]?.headers["chatgpt-account-id"]).toBe(expected);
    expect(reading.subjects?.account).toBe(expected);
    expect(http.requests[0]?.headers["user-agent"]).toMatch(/codex/);
  });

  it.each([
    ["https://chatgpt.com", "/backend-api/wham/usage"],
    ["https://chatgpt.com/backend-api", "/backend-api/wham/usage"],
    ["https://chatgpt.com/backend-api/codex", "/backend-api/wham/usage"],
    ["https://codex.example/team", "/team/api/codex/usage"],
  ])("asks below %s at %s", async (baseUrl, path) => {
    const { http } = await poll({ baseUrl, path });
    expect(http.requests.map(({ url }) => new URL(url).pathname)).toEqual([path]);
  });

  it("takes a window for what its length says, in whichever slot it stands", async () => {
    const week = { used_percent: 57, limit_window_seconds: 604_800, reset_at: 1_795_510_800 };
    const five = { used_percent: 22, limit_window_seconds: 18_000, reset_at: 1_795_182_000 };
    const { reading } = await poll({ rateLimit: { primary_window: week, secondary_window: five } });
    expect(reading.meters.map(({ id, remaining }) => [id, remaining])).toEqual([
      ["week", 43],
      ["five-hours", 78],
    ]);
  });

  it("takes reset_at for seconds", async () => {
    const primary_window = {
      used_percent: 1,
      limit_window_seconds: 18_000,
      reset_at: Date.UTC(2026, 10, 20, 15) / 1000,
    };
    const { reading } = await poll({ rateLimit: { primary_window } });
    expect(reading.meters[0]?.window).toMatchObject({ lengthMs: 5 * 3600_000, resetsAt: Date.UTC(2026, 10, 20, 15) });
  });

  it.each([
    [604_800, ["week", "week-2"]],
    [undefined, ["usage", "usage-2"]],
  ])("drops neither of two windows of %s seconds", async (limit_window_seconds, ids) => {
    const window = (used_percent: number) => ({ used_percent, limit_window_seconds });
    const { reading } = await poll({ rateLimit: { primary_window: window(22), secondary_window: window(91) } });
    expect(reading.meters.map(({ id, used }) => [id, used])).toEqual([
      [ids[0], 22],
      [ids[1], 91],
    ]);
  });

  it("drops no further limit that has no name", async () => {
    const rate_limit = { primary_window: { used_percent: 3, limit_window_seconds: 604_800 } };
    const { reading } = await poll({ more: { additional_rate_limits: [{ rate_limit }, { rate_limit }] } });
    expect(reading.meters.map(({ id }) => id)).toEqual(["week-other", "week-other-2"]);
  });

  it.each(["0", "0.00", "", null])("takes a balance of %j credits for none that ran out", async (balance) => {
    for (const has_credits of [true, false]) {
      const { reading } = await poll({ more: { credits: { has_credits, unlimited: false, balance } } });
      expect(reading.meters).toEqual([]);
    }
  });

  it.each([
    ["used", { used_percent: 40 }],
    ["left", { remaining_percent: 60 }],
    ["either", { limit: null, used: null, remaining: null, used_percent: 40, remaining_percent: 60 }],
  ])("reads a spend limit of which only the percentage %s is told", async (_, told) => {
    const individual_limit = { ...told, reset_at: Date.UTC(2026, 11, 1) / 1000 };
    const { reading } = await poll({ more: { spend_control: { reached: false, individual_limit } } });
    expect(reading.meters).toMatchObject([
      {
        id: "spend-limit",
        unit: { kind: "percent" },
        used: 40,
        remaining: 60,
        window: { resetsAt: Date.UTC(2026, 11, 1) },
      },
    ]);
  });

  it("refuses an account id that is none", async () => {
    await expect(poll({ options: { accountId: "a b" } })).rejects.toMatchObject({
      failure: { cause: "invalid-options" },
    });
  });
});
