import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { percentRemaining } from "../../../quota/meter.ts";
import { createTranslator, translateDynamic } from "../../../wording/translate.ts";
import { register } from "../../register.ts";
import { quotaV1 } from "./descriptor.ts";

const source = register(quotaV1);
const read = (...entries: object[]) => outcomeOf(source, { "GET /quota": { body: { version: "quota-v1", entries } } });
const percent = (more: object = {}) => ({
  kind: "percent",
  name: "Tokens",
  resultType: "quota",
  percentRemaining: 40,
  ...more,
});
const value = (more: object = {}) => ({ kind: "value", name: "Spend", resultType: "spend", value: "$11.75", ...more });

describeFixtures(source, import.meta.url);

describe("the quota-v1 reader", () => {
  it("takes percentRemaining for what is left, in percent and not as a fraction", async () => {
    const outcome = await read(percent({ percentRemaining: 0.5 }));
    expect(outcome).toMatchObject({ reading: { meters: [{ unit: { kind: "percent" }, used: 99.5, remaining: 0.5 }] } });
  });

  it("reads what is over the limit", async () => {
    const outcome = await read(percent({ percentRemaining: -12.5 }));
    const meter = outcome.ok ? outcome.reading.meters[0] : undefined;
    expect(meter).toMatchObject({ used: 112.5, remaining: -12.5 });
    expect(meter && percentRemaining(meter)).toBe(-12.5);
  });

  it("shows texts that are no figures as they are", async () => {
    const outcome = await read(
      percent({ right: "730k/2M" }),
      value({ value: "730k/2M" }),
      value({ name: "State", resultType: "status", value: "ok" }),
    );
    expect(outcome.ok && outcome.reading.meters).toHaveLength(1);
    const t = createTranslator("en", {});
    expect(outcome.ok && outcome.reading.notices.map(({ key, params }) => translateDynamic(t, key, params))).toEqual([
      "Tokens: 730k/2M",
      "Spend: 730k/2M",
      "State: ok",
    ]);
  });

  it.each([
    ["spend", { used: 11_750_000, remaining: "unknown", window: { kind: "period" } }],
    ["usage", { used: 11_750_000, remaining: "unknown" }],
    ["balance", { used: "unknown", remaining: 11_750_000, window: { kind: "balance" } }],
  ])("reads a value of the kind %s", async (resultType, expected) => {
    const outcome = await read(value({ resultType }));
    expect(outcome).toMatchObject({ reading: { meters: [{ limit: "unknown", ...expected }], notices: [] } });
  });

  it.each([["budget"], ["quota"], ["rate_limit"], ["status"], [undefined], [7]])(
    "guesses nothing from a value of the kind %j",
    async (resultType) => {
      const outcome = await read(value({ resultType }));
      expect(outcome).toMatchObject({ reading: { meters: [], notices: [{ key: "notice.as-told" }] } });
    },
  );

  it("keeps the ids of equal names apart", async () => {
    const outcome = await read(
      percent(),
      percent(),
      percent({ name: "使用量" }),
      percent({ name: null }),
      percent({ name: "Tokens 2" }),
    );
    expect(outcome.ok && outcome.reading.meters.map(({ id }) => id)).toEqual([
      "tokens",
      "tokens-2",
      "other-1sxwzqf",
      "usage",
      "tokens-2-2",
    ]);
  });

  const ids = async (...entries: object[]) => {
    const outcome = await read(...entries);
    return outcome.ok ? outcome.reading.meters.map(({ id }) => id) : [];
  };
  const hours = percent({ name: "Claude", label: "5h:" });
  const week = percent({ name: "Claude", label: "Week:" });

  it("tells entries of one name apart by their labels", async () => {
    const outcome = await read(hours, week, percent({ name: "Other", label: "Week:" }));
    expect(outcome).toMatchObject({
      reading: {
        meters: [
          { id: "claude-5h", label: { text: "Claude, 5h" } },
          { id: "claude-week", label: { text: "Claude, Week" } },
          { id: "other-week", label: { text: "Other" } },
        ],
      },
    });
  });

  it("gives the same entry the same id, whichever others come along", async () => {
    expect(await ids(week, hours)).toEqual(["claude-week", "claude-5h"]);
    expect(await ids(week)).toEqual(["claude-week"]);
  });

  it("keeps names of other scripts and long names apart, in any order", async () => {
    const names = ["每日额度", "每月额度", `${"team ".repeat(14)}a`, `${"team ".repeat(14)}b`];
    const entries = names.map((name) => percent({ name }));
    const first = await ids(...entries);
    expect(new Set(first).size).toBe(4);
    expect(await ids(...entries.toReversed())).toEqual(first.toReversed());
    expect(first.some((id) => id.endsWith("-2"))).toBe(false);
  });

  it("says with a text of one name, too, which is meant", async () => {
    const outcome = await read(
      value({ name: "Claude", label: "5h:", resultType: "status", value: "ok" }),
      value({ name: "Claude", label: "Week:", resultType: "status", value: "low" }),
    );
    expect(outcome.ok && outcome.reading.notices.map(({ params }) => params["name"])).toEqual([
      "Claude, 5h",
      "Claude, Week",
    ]);
  });

  it("asks the path of the option", async () => {
    const body = { version: "quota-v1", entries: [percent()] };
    const outcome = await outcomeOf(
      source,
      { "GET /team/a/usage.json": { body } },
      { options: { path: "/team/a/usage.json" } },
    );
    expect(outcome.ok).toBe(true);
  });

  it.each([
    [{ path: "quota" }, "path: must begin with a slash"],
    [{ path: "//evil.example/" }, "path: must not name a host"],
    [{ path: "/../admin" }, "path: must not hold two dots"],
  ])("refuses %j", async (options, detail) => {
    expect(await outcomeOf(source, {}, { options })).toMatchObject({ ok: false, cause: "invalid-options", detail });
  });

  it.each([
    [{ version: "quota-v2", entries: [percent()] }, "version: not quota-v1"],
    [{ version: "quota-v1", entries: [] }, "entries: holds no entry"],
    [{ version: "quota-v1", entries: Array(101).fill(percent()) }, "entries: holds more than 100 entries"],
    [
      { version: "quota-v1", entries: [percent({ percentRemaining: 101 })] },
      "entries.0.percentRemaining: more than 100",
    ],
    [
      { version: "quota-v1", entries: [percent({ percentRemaining: "most" })] },
      "entries.0.percentRemaining: a text that is not a number",
    ],
    [{ version: "quota-v1", entries: [percent(), value({ value: 11.75 })] }, "entries.1.value: not a text"],
    [{ version: "quota-v1", entries: [{ kind: "gauge" }] }, "entries.0.kind: neither percent nor value"],
  ])("names what is wrong with %#", async (body, detail) => {
    const outcome = await outcomeOf(source, { "GET /quota": { body } });
    expect(outcome).toMatchObject({ ok: false, cause: "unexpected-shape", detail });
  });
});
