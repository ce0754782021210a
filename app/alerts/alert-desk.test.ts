import { describe, expect, it } from "vitest";
import { alertRig, HOUR, MINUTE, meterOf, START } from "../../tests/support/alert-rig.ts";
import type { SinkOutcome } from "./alert-log.ts";

const MOMENT = 5_000;

describe("telling", () => {
  it("is in the ledger, durably, before anybody hears", async () => {
    const rig = await alertRig();
    await rig.read(18);
    expect(rig.disk.entries).toMatchObject([{ rule: "percent-left", level: 20, pending: "moment", told: null }]);
    await rig.clock.advance(MOMENT);
    expect(rig.events).toEqual(["written", "written", "told"]);
    expect(rig.disk.entries).toMatchObject([{ level: 20, pending: null, told: 20 }]);
    expect(rig.log).toMatchObject([
      { at: START + MOMENT, alert: { what: { threshold: 20, percentRemaining: 18 } }, outcome: { type: "told" } },
    ]);
  });

  it("is within five seconds, together with what else comes in them", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.clock.advance(3_000);
    await rig.read(0, { sourceId: "other" });
    await rig.clock.advance(1_999);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.told()).toEqual(["other:0 s:20"]);
    await rig.read(4);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["other:0 s:20", "s:5"]);
  });

  it("is once, and not again after a restart", async () => {
    const rig = await alertRig();
    for (const left of [18, 17, 16]) {
      await rig.read(left);
      await rig.clock.advance(5 * MINUTE);
      await rig.restart();
    }
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("is not lost with a process that ends in the same moment", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.restart();
    await rig.clock.advance(HOUR);
    expect(rig.told()).toEqual([]);
    await rig.read(17);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
    expect(rig.log[0]?.alert.id).toContain(new Date(START).toISOString());
  });

  it("goes on when the disk refuses, and is not repeated while the process runs", async () => {
    const rig = await alertRig();
    rig.failWrites = true;
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
    rig.failWrites = false;
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    expect(rig.disk.entries).toMatchObject([{ level: 10, told: 10 }]);
  });

  it("says in the log what came of each place, also when telling fails", async () => {
    const rig = await alertRig();
    const refused: SinkOutcome = { sink: "hook", ok: false, detail: "HTTP 410" };
    rig.deliver = async () => [refused];
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    rig.deliver = () => Promise.reject(new Error("no"));
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    expect(rig.log.map(({ outcome }) => outcome)).toEqual([
      { type: "told", sinks: [refused] },
      { type: "told", sinks: [] },
    ]);
  });

  it("is held up by no clock that is put back", async () => {
    const rig = await alertRig();
    await rig.read(18);
    rig.clock.set(START - HOUR);
    await rig.fail({ sourceId: "other" });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("does not believe the old window's late figures in a new one, of which nothing low was seen before", async () => {
    const rig = await alertRig();
    const window = (resetsAt: number) => ({ window: { kind: "period", resetsAt, resetBasis: "reported" } as const });
    await rig.read(40, { meter: window(START + HOUR) });
    await rig.clock.advance(HOUR + MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MINUTE);
    await rig.read(100, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(6 * MINUTE);
    expect(rig.told()).toEqual([]);
    await rig.clock.advance(MINUTE);
    await rig.read(12, { meter: window(START + 6 * HOUR) });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:20"]);
  });

  it("says nothing of a source that is not watched", async () => {
    const rig = await alertRig();
    rig.sources.clear();
    await rig.read(0);
    await rig.fail({ since: START - 10 * HOUR });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual([]);
  });

  it("gives the log entries of one moment times of their own, in their order", async () => {
    const rig = await alertRig();
    await rig.read(0, { meters: [meterOf(0), meterOf(9, { id: "b" }), meterOf(4, { id: "c" })] });
    await rig.clock.advance(MOMENT);
    expect(rig.told()).toEqual(["s:0 s:5 s:10"]);
    expect(rig.log.map(({ at }) => at - START - MOMENT)).toEqual([0, 1, 2]);
    expect(new Set(rig.log.map(({ id }) => id)).size).toBe(3);
  });
});

describe("banners", () => {
  it("show the latest of each meter, go with a recovery, and by hand", async () => {
    const rig = await alertRig();
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(9);
    await rig.clock.advance(MOMENT);
    await rig.read(3, { sourceId: "other" });
    await rig.clock.advance(MOMENT);
    expect(rig.desk.open().map(({ what }) => what)).toMatchObject([{ threshold: 5 }, { threshold: 10 }]);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(80);
    await rig.clock.advance(5 * MINUTE);
    await rig.read(80);
    await rig.clock.advance(MOMENT);
    expect(rig.desk.open().map(({ what }) => what.type)).toEqual(["back", "percent-left"]);
    const list = rig.desk.open();
    expect(rig.desk.open()).toBe(list);
    for (const { id } of list) rig.desk.dismiss(id);
    expect(rig.desk.open()).toEqual([]);
  });
});

describe("the end", () => {
  it("leaves what waits in the ledger, waits for a delivery under way, and logs it either way", async () => {
    const rig = await alertRig();
    rig.deliver = () => new Promise(() => undefined);
    await rig.read(18);
    await rig.clock.advance(MOMENT);
    await rig.read(18, { sourceId: "other" });
    const stopping = rig.desk.stop();
    await rig.clock.advance(10_000);
    await stopping;
    expect(rig.clock.pendingTimers()).toBe(0);
    expect(rig.told()).toEqual(["s:20"]);
    expect(rig.logged()).toEqual(["told s:20"]);
    expect(rig.disk.entries).toMatchObject([{ told: 20 }, { sourceId: "other", pending: "moment" }]);
  });
  it("without anything under way is at once", async () => {
    const rig = await alertRig();
    await rig.desk.stop();
    expect(rig.clock.pendingTimers()).toBe(0);
  });
});

it("forgets sources that are gone, with their snoozes", async () => {
  const rig = await alertRig();
  await rig.read(18);
  await rig.read(18, { sourceId: "other" });
  await rig.clock.advance(MOMENT);
  await rig.desk.snooze({ sourceId: "s", meterId: null }, "hour");
  await rig.desk.snooze({ sourceId: null, meterId: null }, "hour");
  await rig.desk.keepOnly(new Set(["other"]));
  expect(rig.disk.entries.map(({ sourceId }) => sourceId)).toEqual(["other"]);
  expect(rig.desk.snoozes()).toMatchObject([{ sourceId: null }]);
  expect(rig.desk.open()).toHaveLength(1);
});
