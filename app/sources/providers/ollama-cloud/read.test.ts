import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { resetsAt } from "../../../quota/meter.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { ollamaCloud } from "./descriptor.ts";

const source = register(ollamaCloud);

describeFixtures(source, import.meta.url);

async function poll(limits: unknown) {
  const http = cannedTransport({ "/api/usage": { body: JSON.stringify({ limits }) } });
  const baseUrl = "https://ollama.com";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "k",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare({});
  return (await read(context)).meters;
}

describe("the Ollama reader", () => {
  it("takes usage for a fraction that is used: 0.27 leaves 73 %", async () => {
    expect(await poll({ session: { usage: 0.27 } })).toMatchObject([{ used: 27, remaining: 73 }]);
  });

  it("has shares that add up, whatever is used", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 2, noNaN: true }), async (usage) => {
        const [meter] = await poll({ weekly: { usage } });
        if (typeof meter?.used !== "number" || typeof meter.remaining !== "number") throw new Error("no figures");
        expect(meter.used + meter.remaining).toBeCloseTo(100, 5);
        expect(meter.used).toBeCloseTo(usage * 100, 4);
      }),
    );
  });

  it("makes up no reset", async () => {
    expect((await poll({ session: { usage: 0 }, weekly: { usage: 0 }, monthly: { usage: 0 } })).map(resetsAt)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
