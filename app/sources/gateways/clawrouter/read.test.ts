import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { outcomeOf } from "../../../../tests/scenarios/outcome-of.ts";
import { register } from "../../register.ts";
import { clawrouter } from "./descriptor.ts";

const source = register(clawrouter);
const read = (budget: object) => outcomeOf(source, { "GET /v1/usage": { body: { budget } } });

describeFixtures(source, import.meta.url);

describe("the ClawRouter reader", () => {
  it("reads millionths of dollars, not dollars and not cents", async () => {
    expect(await read({ limitMicros: 25_000_000, spentMicros: 3_770_000 })).toMatchObject({
      reading: { meters: [{ limit: 25_000_000, used: 3_770_000, remaining: 21_230_000, confidence: "derived" }] },
    });
  });

  it("takes a limit that is not told for unknown unless there is none", async () => {
    expect(await read({ spentMicros: 5 })).toMatchObject({
      reading: { meters: [{ limit: "unknown", remaining: "unknown" }] },
    });
    expect(await read({ configured: false, limitMicros: 0 })).toMatchObject({
      reading: { meters: [{ limit: "unlimited" }] },
    });
  });

  it.each([
    ["policy:2026-10", "unknown"],
    ["policy:2025-11", "unknown"],
    ["policy:2026-11", 0],
    ["policy:2026-12", 0],
    ["2026-13", 0],
  ])("knows what is left in the month %s: %j", async (windowKey, remaining) => {
    const spent = { limitMicros: 10_000_000, spentMicros: 10_000_000, remainingMicros: 0, windowKey };
    const used = remaining === "unknown" ? "unknown" : 10_000_000;
    expect(await read(spent)).toMatchObject({ reading: { meters: [{ limit: 10_000_000, used, remaining }] } });
  });

  it("knows no reset of a window that is no month", async () => {
    expect(await read({ windowKey: "lifetime" })).toMatchObject({
      reading: { meters: [{ window: { resetsAt: null } }] },
    });
  });
});
