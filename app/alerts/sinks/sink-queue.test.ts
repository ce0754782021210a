import { beforeEach, describe, expect, it } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../../tests/engine/virtual-clock.ts";
import { delivery, NOW, sampleAlert } from "../../../tests/support/sample-alerts.ts";
import type { Attempt } from "./attempt.ts";
import { englishMessages } from "./english-message.ts";
import type { SinkMessage } from "./sink-message.ts";
import { createSinkQueue, type Delivered, MOST_WAITING, type SinkQueue } from "./sink-queue.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TAKEN: Attempt = { type: "delivered", detail: "200" };
const BUSY: Attempt = { type: "try-again", detail: "503", askedFor: null };
const waitFor = (ms: number): Attempt => ({ type: "try-again", detail: "429", askedFor: NOW + ms });

let clock: VirtualClock;
let sent: { readonly id: string; readonly at: number; readonly signal: AbortSignal }[];
let answers: (Attempt | Promise<Attempt>)[];
let dropped: number;
let queue: SinkQueue;
let message: SinkMessage;

beforeEach(async () => {
  clock = createVirtualClock(NOW);
  sent = [];
  answers = [];
  dropped = 0;
  message = await englishMessages()(delivery(sampleAlert()), NOW, false);
  queue = createSinkQueue({
    clock,
    random: { next: () => 0, id: () => "" },
    send: async ({ id }, signal) => {
      sent.push({ id, at: clock.now() - NOW, signal });
      return answers.shift() ?? TAKEN;
    },
    onDropped: () => {
      dropped += 1;
    },
  });
});

const add = (id: string): { readonly done: Promise<Delivered>; outcome(): Delivered | null } => {
  let outcome: Delivered | null = null;
  const done = queue.add({ ...message, id });
  void done.then((value) => {
    outcome = value;
  });
  return { done, outcome: () => outcome };
};
const times = () => sent.map(({ id, at }) => [id, at]);

describe("a sink's queue", () => {
  it("sends at once and leaves nothing behind", async () => {
    expect(await add("a").done).toEqual({ ok: true, detail: "200" });
    expect(times()).toEqual([["a", 0]]);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("tries again, each time after longer, then gives up and goes on with the next", async () => {
    answers = [BUSY, BUSY, BUSY, BUSY, TAKEN];
    const first = add("a");
    const second = add("b");
    await clock.advance(10 * MINUTE);
    expect(times()).toEqual([
      ["a", 0],
      ["a", SECOND],
      ["a", 5 * SECOND],
      ["a", 21 * SECOND],
      ["b", 21 * SECOND],
    ]);
    expect(first.outcome()).toEqual({ ok: false, detail: "503 (4 tries)" });
    expect(second.outcome()).toEqual({ ok: true, detail: "200" });
  });

  it("does not try what cannot succeed", async () => {
    answers = [{ type: "failed", detail: "404" }];
    expect(await add("a").done).toEqual({ ok: false, detail: "404" });
    await clock.advance(10 * MINUTE);
    expect(sent).toHaveLength(1);
  });

  it("waits as long as it is asked to, up to five minutes", async () => {
    answers = [waitFor(4 * MINUTE)];
    const first = add("a");
    await clock.advance(4 * MINUTE - 1);
    expect(sent).toHaveLength(1);
    await clock.advance(1);
    expect(first.outcome()).toEqual({ ok: true, detail: "200 (2 tries)" });
  });

  it("sends nothing, not even the next, to one that asked for a longer rest", async () => {
    answers = [waitFor(60 * MINUTE)];
    const first = add("a");
    await clock.advance(SECOND);
    expect(first.outcome()).toEqual({ ok: false, detail: "429" });
    expect(await add("b").done).toEqual({
      ok: false,
      detail: "not sent: it asked to wait until 2026-11-20T13:00:00.000Z",
    });
    expect(sent).toHaveLength(1);
    await clock.advanceTo(NOW + 57 * MINUTE);
    const third = add("c");
    await clock.advanceTo(NOW + 60 * MINUTE);
    expect(third.outcome()).toEqual({ ok: true, detail: "200" });
    expect(times().at(-1)).toEqual(["c", 60 * MINUTE]);
  });

  it("has one under way at a time, in order", async () => {
    const gate = Promise.withResolvers<Attempt>();
    answers = [gate.promise];
    const all = [add("a"), add("b"), add("c")];
    await clock.advance(SECOND);
    expect(times()).toEqual([["a", 0]]);
    gate.resolve(TAKEN);
    await Promise.all(all.map(({ done }) => done));
    expect(sent.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("keeps fifty waiting and drops the oldest, which is told", async () => {
    const gate = Promise.withResolvers<Attempt>();
    answers = [gate.promise];
    const flying = add("flying");
    const waiting = Array.from({ length: MOST_WAITING + 2 }, (_, index) => add(`w${index}`));
    await clock.advance(0);
    expect(dropped).toBe(2);
    expect(waiting.map((job) => job.outcome()?.ok)).toEqual([false, false, ...Array(MOST_WAITING).fill(undefined)]);
    expect(waiting[0]?.outcome()?.detail).toMatch(/^dropped: 50 newer/);
    gate.resolve(TAKEN);
    await Promise.all([flying, ...waiting].map(({ done }) => done));
    expect(sent).toHaveLength(1 + MOST_WAITING);
  });

  describe("at the end", () => {
    it("tries once more what was waiting for its turn, and waits for nothing", async () => {
      answers = [BUSY, BUSY, BUSY];
      const first = add("a");
      const second = add("b");
      await clock.advance(0);
      queue.hurry();
      await clock.advance(0);
      expect(times()).toEqual([
        ["a", 0],
        ["a", 0],
        ["b", 0],
      ]);
      expect(first.outcome()).toEqual({ ok: false, detail: "503 (2 tries)" });
      expect(second.outcome()).toEqual({ ok: false, detail: "503" });
      expect(clock.pendingTimers()).toBe(0);
    });

    it("does not send to one that asked to wait", async () => {
      answers = [waitFor(MINUTE)];
      const first = add("a");
      const second = add("b");
      await clock.advance(0);
      queue.hurry();
      await clock.advance(0);
      expect(sent).toHaveLength(1);
      expect(first.outcome()).toMatchObject({ ok: false });
      expect(second.outcome()).toMatchObject({ ok: false, detail: expect.stringContaining("asked to wait") });
    });

    it("ends what is under way and tells of all that is left", async () => {
      const gate = Promise.withResolvers<Attempt>();
      answers = [gate.promise];
      const first = add("a");
      const second = add("b");
      await clock.advance(0);
      queue.end();
      expect(sent[0]?.signal.aborted).toBe(true);
      gate.resolve({ type: "failed", detail: "cancelled" });
      await clock.advance(0);
      const ended = { ok: false, detail: "Plimsoll ended before it was delivered" };
      expect([first.outcome(), second.outcome()]).toEqual([ended, ended]);
      expect(sent).toHaveLength(1);
    });
  });
});
