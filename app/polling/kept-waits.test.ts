import { expect, it } from "vitest";
import { json } from "../../tests/engine/memory-ports.ts";
import { add, draft, KEY, MINUTE, only, quota, rig, START } from "../../tests/engine/rig.ts";
import { waitsFileSchema } from "./kept-waits.ts";

const HALF_AN_HOUR = 30 * MINUTE;

async function toldToWait() {
  const test = await rig();
  test.answer = () => json({}, 429, { "retry-after": "1800" });
  const id = await add(test.engine);
  await test.clock.advance(MINUTE);
  return { test, id };
}

it("does not ask a service again after a start that asked to be left alone before it", async () => {
  const { test, id } = await toldToWait();
  await test.engine.stop();
  const again = await test.restart();
  await again.handle("sources.refresh", { id });
  again.wake("resumed");
  expect(only(again)).toMatchObject({
    status: { state: "failed", failure: { cause: "rate-limited", status: 429 } },
    dueReason: "retry-after",
  });
  await test.clock.advanceTo(START + HALF_AN_HOUR - 1);
  expect(test.ports.requests).toHaveLength(1);
  test.answer = () => quota(10);
  await test.clock.advance(MINUTE);
  expect(test.ports.requests).toHaveLength(2);
  expect(only(again).status).toEqual({ state: "fresh" });
  expect(test.ports.keptWaits).toEqual([]);
  await again.stop();
});

it("waits no longer than was asked for where the clock was set back meanwhile", async () => {
  const { test } = await toldToWait();
  await test.engine.stop();
  test.clock.set(START - 29 * 60 * MINUTE);
  const again = await test.restart();
  test.answer = () => quota(10);
  await test.clock.advance(HALF_AN_HOUR - 2 * MINUTE);
  expect(test.ports.requests).toHaveLength(1);
  await test.clock.advance(5 * MINUTE);
  expect(test.ports.requests).toHaveLength(2);
  await again.stop();
});

it("keeps it also where it was said along with figures", async () => {
  const test = await rig();
  test.answer = () => json({ key: "team", tokens: { limit: 100, used: 1 } }, 200, { "retry-after": "1800" });
  await add(test.engine);
  await test.clock.advance(MINUTE);
  await test.engine.stop();
  const again = await test.restart();
  await test.clock.advance(20 * MINUTE);
  expect(test.ports.requests).toHaveLength(1);
  expect(only(again).dueReason).toBe("retry-after");
  await again.stop();
});

it("leaves such a service alone in a command that ends at once, and says until when", async () => {
  const { test } = await toldToWait();
  await test.engine.stop();
  const command = await rig({ automatic: false, demo: "off" }, (ports) => {
    ports.file = test.ports.file;
    ports.keptWaits = test.ports.keptWaits;
  });
  await command.engine.pollAll();
  expect(command.ports.requests).toEqual([]);
  expect(only(command.engine)).toMatchObject({ status: { state: "failed" }, dueReason: "retry-after" });
  expect(Math.abs((only(command.engine).nextDueAt ?? 0) - START - HALF_AN_HOUR)).toBeLessThan(MINUTE);
});

it.each(["2", "25"])(
  "keeps waits of %s s, too: a start takes less, and commands may follow each other",
  async (seconds) => {
    const test = await rig();
    test.answer = () => json({}, 429, { "retry-after": seconds });
    await add(test.engine);
    await test.clock.advance(500);
    expect(test.ports.requests).toHaveLength(1);
    await test.engine.stop();
    const again = await test.restart();
    await test.clock.advance(Number(seconds) * 1000 - 600);
    expect(test.ports.requests).toHaveLength(1);
    await test.clock.advance(MINUTE);
    expect(test.ports.requests.length).toBeGreaterThan(1);
    await again.stop();
  },
);

it("holds for a source that was removed and brought back, and is forgotten when it is over", async () => {
  const { test, id } = await toldToWait();
  await test.engine.handle("sources.remove", { id });
  await test.clock.advance(30_000);
  await test.engine.handle("sources.restore", { id });
  await test.clock.advanceTo(START + HALF_AN_HOUR - 1);
  // Meanwhile there was no source but the demo's.
  expect(test.ports.requests.filter(({ url }) => url.includes("llm.example.org"))).toHaveLength(1);
  expect(only(test.engine).dueReason).toBe("retry-after");
  await test.engine.handle("sources.remove", { id });
  await test.clock.advance(MINUTE);
  test.answer = () => json({}, 429, { "retry-after": "600" });
  await add(test.engine, { baseUrl: "https://other.example.org" });
  await test.clock.advance(MINUTE);
  expect(test.ports.keptWaits.map(({ origin }) => origin)).toEqual(["https://other.example.org"]);
  await test.engine.stop();
});

it("does not hold for another key or another address", async () => {
  const { test, id } = await toldToWait();
  test.answer = () => quota(10);
  await test.engine.handle("sources.save", draft({ id, key: { type: "env", name: "OTHER" } }));
  test.ports.env.set("OTHER", "sk-other-0123456789");
  await test.clock.advance(1000);
  expect(test.ports.requests).toHaveLength(2);
  await test.engine.stop();
});

it("writes nothing for a wait that is over at once, and nothing secret", async () => {
  const test = await rig();
  test.answer = () => json({}, 429, { "retry-after": "0" });
  await add(test.engine);
  await test.clock.advance(MINUTE);
  expect(test.ports.keptWaits).toEqual([]);
  const { test: waiting } = await toldToWait();
  expect(waitsFileSchema.parse({ version: 1, waits: waiting.ports.keptWaits }).waits).toHaveLength(1);
  expect(JSON.stringify(waiting.ports.keptWaits)).not.toContain(KEY);
});

it("goes on when the disk refuses, and says so in the log", async () => {
  const test = await rig();
  await add(test.engine);
  test.answer = () => json({}, 429, { "retry-after": "1800" });
  test.ports.failWrites = true;
  await test.clock.advance(6 * MINUTE);
  expect(only(test.engine).dueReason).toBe("retry-after");
  expect(test.ports.logged.join()).toContain("waits-not-kept");
});
