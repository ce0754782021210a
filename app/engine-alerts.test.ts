import { expect, it } from "vitest";
import * as z from "zod";
import { add, MINUTE, only, quota, type Rig, rig, START } from "../tests/engine/rig.ts";
import { alertLogEntrySchema } from "./alerts/alert-log.ts";
import { DEFAULT_QUIET_HOURS } from "./settings/alert-settings.ts";

const HOUR = 60 * MINUTE;

async function low(): Promise<Rig & { readonly id: string }> {
  const test = await rig();
  const id = await add(test.engine);
  await test.clock.advance(10 * MINUTE);
  return Object.assign(test, { id });
}

const shown = ({ ports }: Rig): string[] =>
  ports.shown.map(({ what }) => (what.type === "percent-left" ? String(what.threshold) : what.type));

async function outcomes({ engine }: Rig): Promise<string[]> {
  const result = await engine.handle("alerts.log", { before: null, limit: 50 });
  if (!result.ok) throw new Error(result.error.code);
  const { entries } = z.object({ entries: z.array(alertLogEntrySchema) }).parse(result.value);
  return entries.map(({ outcome }) => (outcome.type === "told" ? "told" : outcome.reason));
}

it("holds alerts back in quiet hours, says until when, and tells them when they end or are switched off", async () => {
  const test = await low();
  // 12:10 now, in UTC.
  const quietHours = { ...DEFAULT_QUIET_HOURS, enabled: true, from: "12:00", to: "13:00", timeZone: "UTC" };
  expect(await test.engine.handle("preferences.set", { quietHours })).toMatchObject({ ok: true });
  expect(test.engine.state().quietUntil).toBe(START + HOUR);
  test.answer = () => quota(85);
  await test.clock.advanceTo(START + HOUR - 1);
  expect(shown(test)).toEqual([]);
  await test.clock.advance(MINUTE);
  expect(shown(test)).toEqual(["20"]);
  expect(await outcomes(test)).toEqual(["told", "quiet-hours"]);

  await test.engine.handle("preferences.set", { quietHours: { ...quietHours, from: "13:00", to: "18:00" } });
  test.answer = () => quota(91);
  await test.clock.advance(30 * MINUTE);
  expect(shown(test)).toEqual(["20"]);
  await test.engine.handle("preferences.set", { quietHours: { ...quietHours, enabled: false } });
  await test.clock.advance(0);
  expect(shown(test)).toEqual(["20", "10"]);
  expect(test.engine.state().quietUntil).toBeNull();
});

it("snoozes a meter, a source or everything, over a restart, and tells what is still true afterwards", async () => {
  const test = await low();
  const snoozed = await test.engine.handle("alerts.snooze", { sourceId: test.id, meterId: null, until: "hour" });
  expect(snoozed).toEqual({ ok: true, value: { until: START + 10 * MINUTE + HOUR } });
  expect(test.engine.state().snoozes).toHaveLength(1);
  test.answer = () => quota(85);
  await test.clock.advance(20 * MINUTE);
  await test.engine.stop();
  const again = await test.restart();
  await test.clock.advance(20 * MINUTE);
  expect(again.state().snoozes).toHaveLength(1);
  expect(shown(test)).toEqual([]);
  await test.clock.advance(40 * MINUTE);
  expect(again.state().snoozes).toEqual([]);
  expect(shown(test)).toEqual(["20"]);
  await again.stop();
});

it("refuses to snooze until a reset that nobody knows", async () => {
  const test = await low();
  const target = { sourceId: test.id, meterId: "nothing", until: "reset" };
  expect(await test.engine.handle("alerts.snooze", target)).toMatchObject({ ok: false });
  expect(test.engine.state().snoozes).toEqual([]);
});

it("tells of a source that has failed for two hours, and takes that back when it answers", async () => {
  const test = await low();
  test.answer = () => ({ ok: false, failure: { kind: "timed-out" }, ms: 1, bytes: 0 });
  await test.clock.advance(119 * MINUTE);
  expect(shown(test)).toEqual([]);
  await test.clock.advance(15 * MINUTE);
  expect(shown(test)).toEqual(["failing"]);
  await test.clock.advance(5 * HOUR);
  expect(shown(test)).toEqual(["failing"]);
  expect(test.engine.state().alerts).toHaveLength(1);
  test.answer = () => quota(50);
  await test.clock.advance(5 * HOUR);
  expect(only(test.engine).status.state).toBe("fresh");
  expect(test.engine.state().alerts).toEqual([]);
});

it("mutes one meter, and says so in the log", async () => {
  const test = await low();
  const [meter] = only(test.engine).reading?.meters ?? [];
  await test.engine.handle("sources.adjust", {
    id: test.id,
    meter: { id: meter?.id ?? "", settings: { muted: true, thresholds: null, alertRules: null } },
  });
  test.answer = () => quota(85);
  await test.clock.advance(20 * MINUTE);
  expect(shown(test)).toEqual([]);
  expect(await outcomes(test)).toEqual(["meter-muted"]);
});

it("forgets nothing of what was told when the settings cannot be read whole", async () => {
  const test = await low();
  test.answer = () => quota(85);
  await test.clock.advance(20 * MINUTE);
  await test.engine.stop();
  expect(test.ports.alertLedger.entries).toHaveLength(1);
  const { file } = test.ports;
  if (file.kind !== "text") throw new Error("no settings");
  test.ports.file = { kind: "text", text: file.text.replace('"kind":"neutral"', '"kind":7') };
  const broken = await test.restart();
  expect(broken.state().configs).toEqual([]);
  await broken.stop();
  expect(test.ports.alertLedger.entries).toHaveLength(1);
  test.ports.file = file;
  const whole = await test.restart();
  await test.clock.advance(20 * MINUTE);
  expect(shown(test)).toEqual(["20"]);
  await whole.stop();
});

it("says that the log has a new entry when it can be read", async () => {
  const test = await low();
  const read: Promise<string[]>[] = [];
  test.engine.subscribe((event) => {
    if (event.name === "alerts.logged") read.push(outcomes(test));
  });
  await test.engine.handle("alerts.snooze", { sourceId: test.id, meterId: null, until: "hour" });
  test.answer = () => quota(85);
  await test.clock.advance(10 * MINUTE);
  expect(await Promise.all(read)).toEqual([["snoozed"]]);
});
