import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { elevenlabs } from "./descriptor.ts";

const source = register(elevenlabs);

describeFixtures(source, import.meta.url);

const read = (body: unknown, status = 200) => readAnswers(source, { "GET /v1/user/subscription": { status, body } });
const subscription = { character_count: 41_250, character_limit: 100_000 };

describe("the ElevenLabs reader", () => {
  it("takes the count for what was used, not for what is left", async () => {
    expect(metersById((await read(subscription)).outcome).get("characters")).toMatchObject({
      used: 41_250,
      remaining: 58_750,
    });
  });

  it.each([
    ["seconds", 1_796_611_200, Date.UTC(2026, 11, 7, 2, 40)],
    ["milliseconds, which it never sends", 1_796_611_200_000, null],
    ["0", 0, null],
    ["null", null, null],
  ])("reads a reset in %s", async (_, next_character_count_reset_unix, resetsAt) => {
    const { outcome } = await read({ ...subscription, next_character_count_reset_unix });
    expect(metersById(outcome).get("characters")?.window).toEqual({ kind: "period", resetsAt, resetBasis: "reported" });
  });

  it.each([
    ["not allowed", { can_extend_character_limit: false }, 100_000, -20_000, 0],
    ["allowed by nothing", { can_extend_character_limit: true, max_credit_limit_extension: 0 }, 100_000, -20_000, 0],
    ["allowed so far", { can_extend_character_limit: true, max_credit_limit_extension: 50_000 }, 150_000, 30_000, 1],
    ["allowed, with a reach that is not told", { can_extend_character_limit: true }, 100_000, "unknown", 1],
    [
      "allowed without end",
      { can_extend_character_limit: true, max_credit_limit_extension: "unlimited" },
      100_000,
      "unknown",
      1,
    ],
  ])("of use beyond the limit that is %s", async (_, more, limit, remaining, notices) => {
    const { outcome } = await read({ character_count: 120_000, character_limit: 100_000, ...more });
    expect(metersById(outcome).get("characters")).toMatchObject({ limit, used: 120_000, remaining });
    const beyond = [{ key: "notice.goes-on-beyond", params: { amount: 20_000 } }];
    expect(outcome).toMatchObject({ reading: { notices: beyond.slice(0, notices) } });
    const within = await read({ character_count: 99_000, character_limit: 100_000, ...more });
    expect(metersById(within.outcome).get("characters")).toMatchObject({ limit: 100_000, remaining: 1000 });
  });

  it.each([
    ["a wrong key", { detail: { status: "invalid_api_key", message: "no" } }, "key-refused"],
    ["a restricted key", { detail: { status: "missing_permissions", message: "no" } }, "key-lacks-permission"],
    ["a refusal without words", {}, "key-refused"],
  ])("tells %s by its 401", async (_, body, cause) => {
    expect((await read(body, 401)).outcome).toMatchObject({ cause });
  });

  it("sends the key in its own header", async () => {
    const { requests } = await read(subscription);
    expect(requests[0]?.secretHeaders).toMatchObject([{ name: "xi-api-key", value: expect.not.stringMatching(/ /) }]);
  });
});
