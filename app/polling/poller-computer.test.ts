import { describe, expect, it } from "vitest";
import { failing, HOUR, MINUTE, meter, pollRig, reading, SECOND, START, source } from "../../tests/engine/poll-rig.ts";

const many = (count: number) => Array.from({ length: count }, (_, index) => source(`s${index}`));

describe("the computer", () => {
  it("that wakes up polls a few seconds later, spread, what it could not poll", async () => {
    const rig = pollRig();
    let turn = 0;
    rig.chance = () => {
      turn += 1;
      return (turn * 0.37) % 1;
    };
    rig.set(many(200));
    await rig.clock.advance(MINUTE);
    const before = rig.begun.length;
    rig.clock.sleep(8 * HOUR);
    const woken = rig.clock.now();
    await rig.clock.advance(40 * SECOND);
    const after = rig.begun.slice(before).map(({ at }) => at - (woken - START));
    expect(after.length).toBe(200);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(3 * SECOND);
    expect(Math.max(...after)).toBeLessThanOrEqual(23 * SECOND);
    // Not all of it in one second.
    expect(after.filter((at) => at < 5 * SECOND).length).toBeLessThan(40);
    expect(rig.state("s7")).toMatchObject({ dueReason: "interval" });
    await rig.poller.stop();
  });

  it("that wakes up leaves alone what it polled just before, and what only another key helps", async () => {
    const rig = pollRig();
    rig.answer = ({ id }) => (id === "refused" ? failing("key-refused") : reading());
    rig.set([source("a"), source("refused")]);
    await rig.clock.advance(30 * SECOND);
    rig.poller.wake("resumed");
    await rig.clock.advance(25 * SECOND);
    expect(rig.begun).toHaveLength(2);
    await rig.clock.advance(2 * MINUTE);
    // At the floor after the poll before.
    expect(rig.times("a")).toEqual([0, MINUTE]);
    rig.poller.wake("unlocked");
    await rig.clock.advance(6 * SECOND);
    expect(rig.times("a")).toHaveLength(3);
    expect(rig.times("refused")).toEqual([0]);
    await rig.poller.stop();
  });

  it.each([3, -3])("whose clock is set by %d hours polls no sooner, no later, and not all at once", async (hours) => {
    const rig = pollRig();
    rig.set(many(20));
    await rig.clock.advance(MINUTE);
    rig.clock.set(rig.clock.now() + hours * HOUR);
    rig.poller.wake("changed");
    const steadyThen = rig.clock.steady();
    await rig.clock.advance(3 * MINUTE);
    expect(rig.begun).toHaveLength(20);
    await rig.clock.advance(2 * MINUTE);
    expect(rig.begun).toHaveLength(40);
    expect(rig.clock.steady() - steadyThen).toBe(5 * MINUTE);
    expect(rig.state("s1").nextDueAt ?? 0).toBeGreaterThan(rig.clock.now());
    expect(rig.state("s1").nextDueAt ?? 0).toBeLessThan(rig.clock.now() + 6 * MINUTE);
    await rig.poller.stop();
  });

  it("whose clock is put right knows that a reset has not come yet", async () => {
    const rig = pollRig();
    const resetsAt = START + 30 * MINUTE;
    rig.answer = () => reading([meter(50, rig.clock.now() < resetsAt ? resetsAt : resetsAt + 5 * HOUR)]);
    rig.set([source("a", { intervalSeconds: 7200 })]);
    await rig.clock.advance(MINUTE);
    expect(rig.state().nextDueAt).toBe(resetsAt + 7.5 * SECOND);
    rig.clock.set(rig.clock.now() - 20 * MINUTE);
    rig.poller.wake("changed");
    expect(rig.state()).toMatchObject({ nextDueAt: resetsAt + 7.5 * SECOND, dueReason: "after-reset" });
    await rig.poller.stop();
  });

  it("without a network asks nothing beyond itself, and all soon after it is back", async () => {
    const rig = pollRig();
    rig.set([source("a"), source("here", { baseUrl: "http://127.0.0.1:4000" })]);
    await rig.clock.advance(MINUTE);
    rig.conditions = { ...rig.conditions, online: false };
    await rig.clock.advance(30 * MINUTE);
    expect(rig.times("a")).toEqual([0]);
    expect(rig.times("here").length).toBeGreaterThan(5);
    expect(rig.state("a").dueReason).toBe("offline");
    rig.conditions = { ...rig.conditions, online: true };
    const back = rig.clock.now() - START;
    // Nobody said so: it looks by itself.
    await rig.clock.advance(36 * SECOND);
    expect(rig.times("a")).toHaveLength(2);
    expect(rig.times("a")[1]).toBeGreaterThanOrEqual(back + 3 * SECOND);
    await rig.poller.stop();
    expect(rig.clock.pendingTimers()).toBe(0);
  });

  it.each(["offline", "suspended"])("that was %s when a refused key was due again tries it soon after", async (how) => {
    const rig = pollRig();
    rig.answer = () => failing("key-refused");
    rig.set([source("a")]);
    await rig.clock.advance(50 * MINUTE);
    const before = rig.conditions;
    rig.conditions = { ...before, online: how !== "offline", suspended: how === "suspended" };
    rig.poller.wake("changed");
    await rig.clock.advance(40 * MINUTE);
    expect(rig.times("a")).toEqual([0]);
    rig.conditions = before;
    rig.poller.wake("changed");
    await rig.clock.advance(30 * SECOND);
    expect(rig.times("a")).toHaveLength(2);
    await rig.poller.stop();
  });

  it("without a network tries all the same when the user asks", async () => {
    const rig = pollRig();
    rig.conditions = { ...rig.conditions, online: false };
    rig.answer = () => failing("unreachable");
    rig.set([source("a")]);
    await rig.clock.advance(MINUTE);
    expect(rig.begun).toEqual([]);
    rig.poller.refresh("a");
    await rig.clock.advance(SECOND);
    expect(rig.state().status).toMatchObject({ state: "failed", failure: { cause: "unreachable" } });
    await rig.poller.stop();
  });

  it("that is about to sleep begins nothing", async () => {
    const rig = pollRig();
    rig.set([source("a")]);
    await rig.clock.advance(MINUTE);
    rig.conditions = { ...rig.conditions, suspended: true };
    rig.poller.wake("changed");
    await rig.clock.advance(10 * MINUTE);
    expect(rig.begun).toHaveLength(1);
    rig.conditions = { ...rig.conditions, suspended: false };
    rig.poller.wake("resumed");
    await rig.clock.advance(5 * SECOND);
    expect(rig.begun).toHaveLength(2);
    await rig.poller.stop();
  });

  it("that nobody was at reads as usual when somebody is back", async () => {
    const rig = pollRig();
    rig.conditions = { ...rig.conditions, idle: true, onBattery: true };
    rig.set([source("a"), source("b", { intervalSeconds: 3600 })]);
    await rig.clock.advance(6 * MINUTE);
    expect(rig.times("a")).toEqual([0]);
    expect(rig.state("a")).toMatchObject({ nextDueAt: START + 20 * MINUTE, dueReason: "on-battery" });
    rig.conditions = { ...rig.conditions, idle: false, onBattery: false };
    rig.poller.wake("changed");
    await rig.clock.advance(3 * SECOND);
    expect(rig.times("a")).toHaveLength(2);
    expect(rig.state("b")).toMatchObject({ nextDueAt: START + HOUR, dueReason: "interval" });
    await rig.poller.stop();
  });

  it("that could reach nothing knows by the first answer that the network is back", async () => {
    const rig = pollRig();
    let turn = 0;
    rig.chance = () => {
      turn += 1;
      return (turn * 0.618) % 1;
    };
    rig.answer = () => failing("unreachable");
    rig.set(many(30));
    await rig.clock.advance(3 * HOUR);
    const tries = rig.begun.length;
    rig.answer = () => reading();
    const back = rig.clock.now() - START;
    await rig.clock.advance(5 * MINUTE);
    expect(new Set(rig.begun.slice(tries).map(({ id }) => id)).size).toBe(30);
    const first = rig.begun[tries]?.at ?? 0;
    expect(first - back).toBeLessThan(3 * MINUTE);
    await rig.poller.stop();
  });
});
