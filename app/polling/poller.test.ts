import { describe, expect, it } from "vitest";
import { failing, HOUR, MINUTE, meter, pollRig, reading, SECOND, START, source } from "../../tests/engine/poll-rig.ts";
import { sources } from "../sources/registry.ts";

const many = (count: number) => Array.from({ length: count }, (_, index) => source(`s${index}`));
const gaps = (times: readonly number[]) => times.slice(1).map((at, index) => at - (times[index] ?? 0));

describe("polls", () => {
  it("come at the interval, and say when the next one is and why", async () => {
    const rig = pollRig();
    rig.set([source("a")]);
    await rig.clock.advance(11 * MINUTE);
    expect(rig.times()).toEqual([0, 5 * MINUTE, 10 * MINUTE]);
    expect(rig.state()).toMatchObject({ nextDueAt: START + 15 * MINUTE, dueReason: "interval" });
    await rig.poller.stop();
    expect(rig.clock.pendingTimers()).toBe(0);
  });

  it("of a slow gateway hold up no other, and nobody's starve", async () => {
    const rig = pollRig();
    const slow = Array.from({ length: 50 }, (_, index) =>
      source(`slow${index}`, { baseUrl: "https://slow.example.org" }),
    );
    const ends: (() => void)[] = [];
    rig.answer = async ({ baseUrl }) => {
      if (baseUrl.includes("slow")) await new Promise<void>((resolve) => ends.push(resolve));
      return reading();
    };
    rig.set([...slow, ...many(100)]);
    await rig.clock.advance(1000);
    expect(rig.begun.filter(({ id }) => id.startsWith("s") && !id.startsWith("slow"))).toHaveLength(100);
    expect(rig.begun.filter(({ id }) => id.startsWith("slow"))).toHaveLength(2);
    for (let turn = 0; turn < 25; turn += 1) {
      for (const end of ends.splice(0)) end();
      await rig.clock.advance(0);
    }
    expect(new Set(rig.times().length === 150 ? rig.begun.map(({ id }) => id) : []).size).toBe(150);
    await rig.poller.stop();
  });
});

it("begins no more than eight polls at once, and two of one origin", async () => {
  const rig = pollRig();
  rig.answer = (_target, signal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(failing("timed-out"))));
  rig.set(
    Array.from({ length: 30 }, (_, index) => source(`s${index}`, { baseUrl: `https://${index % 3}.example.org` })),
  );
  await rig.clock.advance(MINUTE);
  expect(rig.begun).toHaveLength(6);
  rig.set(many(30));
  await rig.clock.advance(MINUTE);
  expect(rig.begun).toHaveLength(6 + 8);
  await rig.poller.stop();
});

describe("a server's wish", () => {
  const untilThen = 20 * MINUTE;

  it.each(["success", "failure"] as const)(
    "after a %s holds against everything, and the user as well",
    async (after) => {
      const rig = pollRig();
      rig.answer = () => {
        const retryAt = rig.clock.now() === START ? START + untilThen : null;
        return after === "success"
          ? reading([meter(5, START + 3 * MINUTE)], retryAt)
          : failing("rate-limited", retryAt);
      };
      rig.set([source("a")]);
      await rig.clock.advance(2 * MINUTE);
      expect(rig.state().dueReason).toBe("retry-after");
      rig.poller.refresh("a");
      rig.poller.wake("opened");
      rig.poller.wake("resumed");
      rig.poller.wake("unlocked");
      rig.set([source("a", { label: "Other", intervalSeconds: 60 })]);
      rig.set([source("a", { options: { quotaPath: "/v2" }, intervalSeconds: 60 })]);
      await rig.clock.advanceTo(START + untilThen - 1);
      expect(rig.times()).toEqual([0]);
      await rig.clock.advance(MINUTE);
      expect(rig.times()).toHaveLength(2);
      await rig.poller.stop();
    },
  );

  it("holds for as long when the clock is set forwards in between", async () => {
    const rig = pollRig();
    rig.answer = () => failing("rate-limited", rig.clock.now() + untilThen);
    rig.set([source("a")]);
    await rig.clock.advance(MINUTE);
    rig.clock.set(rig.clock.now() + 5 * HOUR);
    rig.poller.wake("opened");
    rig.poller.refresh(null);
    await rig.clock.advance(untilThen - MINUTE - 1);
    expect(rig.begun).toHaveLength(1);
    await rig.clock.advance(MINUTE);
    expect(rig.begun).toHaveLength(2);
    await rig.poller.stop();
  });

  it("ends with the address or the key that it was told to", async () => {
    const rig = pollRig();
    rig.answer = ({ baseUrl }) => (baseUrl.includes("a.") ? failing("rate-limited", START + HOUR) : reading());
    rig.set([source("a")]);
    await rig.clock.advance(MINUTE);
    rig.set([source("a", { baseUrl: "https://b.example.org" })]);
    await rig.clock.advance(MINUTE);
    expect(rig.times()).toEqual([0, MINUTE]);
    await rig.poller.stop();
  });
});

describe("what the user asks for", () => {
  it("comes at once, but not twice at once", async () => {
    const rig = pollRig();
    rig.set([source("a")]);
    await rig.clock.advance(10 * SECOND);
    rig.poller.refresh("a");
    rig.poller.refresh(null);
    await rig.clock.advance(SECOND);
    rig.poller.refresh("a");
    await rig.clock.advance(MINUTE);
    expect(rig.times()).toEqual([0, 10 * SECOND, 13 * SECOND]);
    await rig.poller.stop();
  });

  it("waits a tenth of what its kind demands between two readings, but not when the service did not answer", async () => {
    const rig = pollRig();
    const strict = sources.find(({ minIntervalSeconds }) => minIntervalSeconds > 60);
    if (strict === undefined) throw new Error("no kind demands more than a minute");
    rig.set([source("a", { kind: strict.id })]);
    await rig.clock.advance(SECOND);
    rig.poller.refresh("a");
    await rig.clock.advance(strict.minIntervalSeconds * 100 - SECOND - 1);
    expect(rig.begun).toHaveLength(1);
    rig.answer = () => failing("unreachable");
    await rig.clock.advance(1);
    expect(rig.begun).toHaveLength(2);
    await rig.clock.advance(4 * SECOND);
    rig.poller.refresh("a");
    await rig.clock.advance(0);
    expect(rig.begun).toHaveLength(3);
    await rig.poller.stop();
  });

  it("is what a poll under way brings", async () => {
    const rig = pollRig();
    let end: () => void = () => undefined;
    rig.answer = async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return reading();
    };
    rig.set([source("a")]);
    await rig.clock.advance(5 * SECOND);
    rig.poller.refresh("a");
    end();
    await rig.clock.advance(4 * MINUTE);
    expect(rig.times()).toEqual([0]);
    await rig.poller.stop();
  });
});

describe("a reset", () => {
  it("is read within two minutes, however long the interval and however many meters there are", async () => {
    const rig = pollRig();
    const lengths = [5 * HOUR, 3 * HOUR, 24 * HOUR, 7 * HOUR];
    const shown = (length: number, now: number) => START + Math.ceil((now - START + 1) / length) * length;
    const seen = lengths.map(() => new Map<number, number>());
    rig.answer = () => {
      const now = rig.clock.now();
      return reading(
        lengths.map((length, index) => {
          const at = shown(length, now);
          if (!seen[index]?.has(at)) seen[index]?.set(at, now);
          return meter(80, at, `m${index}`);
        }),
      );
    };
    rig.set([source("a", { intervalSeconds: 86_400 })]);
    await rig.clock.advance(3 * 24 * HOUR);
    for (const [index, length] of lengths.entries()) {
      const late = [...(seen[index] ?? [])].slice(1).map(([at, now]) => now - (at - length));
      expect(late.length).toBeGreaterThanOrEqual(2);
      expect(Math.max(...late)).toBeLessThanOrEqual(2 * MINUTE);
    }
    expect(Math.min(...gaps(rig.times()))).toBeGreaterThanOrEqual(MINUTE);
    await rig.poller.stop();
  });

  it("that the gateway is late to show is asked for at the floor, then ever less", async () => {
    const rig = pollRig();
    const resetsAt = START + 10 * MINUTE;
    rig.answer = () => reading([meter(0, resetsAt)]);
    rig.set([source("a", { intervalSeconds: 3600 })]);
    await rig.clock.advance(HOUR);
    const after = rig
      .times()
      .slice(1)
      .map((at) => (at - 10 * MINUTE) / SECOND);
    expect(after).toEqual([7.5, 67.5, 127.5, 187.5, 307.5, 547.5, 1027.5, 1987.5]);
    expect(rig.state().dueReason).toBe("reset-awaited");
    await rig.poller.stop();
  });
});

it("polls all that may be polled when a command wants it fresh, and leaves who asked to be left alone", async () => {
  const rig = pollRig();
  rig.answer = ({ id }) => (id === "b" ? failing("rate-limited", START + HOUR) : reading());
  rig.set([source("a"), source("b"), source("c", { paused: true })]);
  await rig.clock.advance(MINUTE);
  await rig.poller.pollAll();
  await rig.poller.pollAll();
  expect(rig.begun.map(({ id }) => id)).toEqual(["a", "b", "a"]);
  await rig.poller.stop();
});

describe("settings that change", () => {
  it("of one source leave the due times of the others alone, and take effect at once", async () => {
    const rig = pollRig();
    rig.set([source("a"), source("b")]);
    await rig.clock.advance(3 * MINUTE);
    rig.chance = () => 0.9;
    rig.set([source("a", { intervalSeconds: 120 }), source("b", { label: "Other" })], { theme: "dark" });
    expect(rig.state("b").nextDueAt).toBe(START + 5 * MINUTE);
    await rig.clock.advance(SECOND);
    expect(rig.times("a")).toEqual([0, 3 * MINUTE]);
    expect(rig.times("b")).toEqual([0]);
    expect(rig.state("b").label).toBe("Other");
    await rig.poller.stop();
  });

  it("for all change what is due for those that have none of their own", async () => {
    const rig = pollRig();
    rig.set([source("a"), source("own", { intervalSeconds: 600 })]);
    await rig.clock.advance(MINUTE);
    rig.set([source("a"), source("own", { intervalSeconds: 600 })], { intervalSeconds: 1800 });
    expect(rig.state("a").nextDueAt).toBe(START + 30 * MINUTE);
    expect(rig.state("own").nextDueAt).toBe(START + 10 * MINUTE);
    await rig.poller.stop();
  });

  it("do not lose a poll under way that still means the same", async () => {
    const rig = pollRig();
    let end: () => void = () => undefined;
    rig.answer = async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return reading([meter(42)]);
    };
    rig.set([source("a")]);
    await rig.clock.advance(SECOND);
    rig.set([source("a", { intervalSeconds: 3600, label: "Other" })]);
    end();
    await rig.clock.advance(SECOND);
    expect(rig.begun).toHaveLength(1);
    expect(rig.state()).toMatchObject({ label: "Other", nextDueAt: START + SECOND + HOUR });
    expect(rig.state().reading?.meters[0]?.remaining).toBe(42);
    await rig.poller.stop();
  });

  it("end a poll under way that would read another quota, and poll that at once", async () => {
    const rig = pollRig();
    rig.answer = ({ baseUrl }, signal) =>
      baseUrl.includes("a.")
        ? new Promise((resolve) => signal.addEventListener("abort", () => resolve(failing("timed-out"))))
        : reading([meter(42)]);
    rig.set([source("a")]);
    await rig.clock.advance(SECOND);
    rig.set([source("a", { baseUrl: "https://b.example.org" })]);
    await rig.clock.advance(SECOND);
    expect(rig.begun.map(({ url }) => url)).toEqual(["https://a.example.org", "https://b.example.org"]);
    expect(rig.state().status).toEqual({ state: "fresh" });
    await rig.poller.stop();
  });

  it("that pause a source keep what its poll under way brings, and nothing after it", async () => {
    const rig = pollRig();
    let end: () => void = () => undefined;
    rig.answer = async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return reading([meter(42)]);
    };
    rig.set([source("a")]);
    await rig.clock.advance(SECOND);
    rig.set([source("a", { paused: true })]);
    end();
    await rig.clock.advance(HOUR);
    expect(rig.begun).toHaveLength(1);
    expect(rig.state()).toMatchObject({ status: { state: "paused" }, nextDueAt: null });
    rig.set([source("a")]);
    await rig.clock.advance(SECOND);
    expect(rig.begun).toHaveLength(2);
    end();
    await rig.poller.stop();
  });
});

it("goes on with a source when what is made of its readings, or the poll itself, breaks", async () => {
  const rig = pollRig();
  rig.onReading = () => {
    throw new TypeError("a mistake of ours");
  };
  rig.set([source("a")]);
  await rig.clock.advance(6 * MINUTE);
  expect(rig.times()).toEqual([0, 5 * MINUTE]);
  rig.answer = () => {
    throw new TypeError("another one");
  };
  await rig.clock.advance(5 * MINUTE);
  expect(rig.state().status).toMatchObject({ state: "stale", failure: { cause: "internal" } });
  expect(rig.state().dueReason).toBe("back-off");
  await rig.poller.stop();
});

describe("failures", () => {
  it("cool a source down after eight in a row, with one poll after each pause, until one succeeds", async () => {
    const rig = pollRig();
    let isWell = false;
    rig.answer = () => (isWell ? reading() : failing("server-error"));
    rig.set([source("a")]);
    await rig.clock.advance(12 * HOUR);
    const pauses = gaps(rig.times());
    expect(pauses.slice(7).length).toBeGreaterThanOrEqual(4);
    for (const pause of pauses.slice(7)) expect(pause).toBe(2 * HOUR);
    expect(rig.state().dueReason).toBe("cool-down");
    rig.poller.wake("resumed");
    rig.poller.wake("opened");
    await rig.clock.advance(MINUTE);
    expect(rig.begun).toHaveLength(pauses.length + 1);
    isWell = true;
    rig.poller.refresh("a");
    await rig.clock.advance(MINUTE);
    expect(rig.state().dueReason).toBe("interval");
    isWell = false;
    await rig.clock.advance(5 * MINUTE);
    expect(rig.state().dueReason).toBe("back-off");
    await rig.poller.stop();
  });

  it("of a key are hourly until it changes, then at once", async () => {
    const rig = pollRig();
    rig.answer = () => failing("key-refused");
    rig.set([source("a")]);
    await rig.clock.advance(150 * MINUTE);
    expect(rig.times()).toEqual([0, HOUR, 2 * HOUR]);
    rig.set([source("a", { credential: { type: "env", name: "OTHER" } })]);
    await rig.clock.advance(SECOND);
    expect(rig.times().at(-1)).toBe(150 * MINUTE);
    await rig.poller.stop();
  });
});

it("polls only when told to in a command that ends at once, however the computer is", async () => {
  const rig = pollRig({ automatic: false });
  rig.conditions = { suspended: false, online: false, onBattery: true, idle: true };
  rig.set([source("a")]);
  rig.poller.wake("resumed");
  await rig.clock.advance(HOUR);
  expect(rig.begun).toEqual([]);
  await rig.poller.pollAll();
  expect(rig.state().status).toEqual({ state: "fresh" });
  expect(rig.clock.pendingTimers()).toBe(0);
});
