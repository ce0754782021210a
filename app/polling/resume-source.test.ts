import { expect, it } from "vitest";
import { failing, HOUR, MINUTE, meter, pollRig, reading, SECOND, START, source } from "../../tests/engine/poll-rig.ts";
import { type SourceState, sourceStateSchema } from "../quota/snapshot.ts";

/** Runs a poller for a while, and gives its states as another process gets them. */
async function statesAfter(ms: number, prepare: (rig: ReturnType<typeof pollRig>) => void): Promise<SourceState[]> {
  const rig = pollRig();
  prepare(rig);
  await rig.clock.advance(ms);
  const states = rig.poller.states();
  await rig.poller.stop();
  return sourceStateSchema.array().parse(JSON.parse(JSON.stringify(states)));
}

it("goes on with the figures and at the pace of the one before", async () => {
  const resume = await statesAfter(4 * MINUTE, (rig) => rig.set([source("a")]));
  const next = pollRig({ startedAt: START + 4 * MINUTE, resume });
  next.set([source("a")]);
  expect(next.state()).toEqual(resume[0]);
  await next.clock.advance(MINUTE - SECOND);
  expect(next.times()).toEqual([]);
  await next.clock.advance(6 * MINUTE);
  expect(next.times()).toEqual([5 * MINUTE, 10 * MINUTE]);
  await next.poller.stop();
});

it("keeps what a server asked for, against the user, too", async () => {
  const resume = await statesAfter(MINUTE, (rig) => {
    rig.answer = () => failing("rate-limited", START + HOUR);
    rig.set([source("a")]);
  });
  expect(resume[0]?.dueReason).toBe("retry-after");
  const next = pollRig({ startedAt: START + MINUTE, resume });
  next.set([source("a")]);
  next.poller.refresh(null);
  await next.clock.advance(58 * MINUTE);
  expect(next.times()).toEqual([]);
  await next.clock.advance(2 * MINUTE);
  expect(next.times("a")[0]).toBeGreaterThanOrEqual(HOUR);
  await next.poller.stop();
});

it("keeps older figures, and why there are no newer ones", async () => {
  const resume = await statesAfter(6 * MINUTE, (rig) => {
    rig.answer = () => (rig.begun.length === 1 ? reading([meter(70)]) : failing("server-error"));
    rig.set([source("a")]);
  });
  const next = pollRig({ startedAt: START + 6 * MINUTE, resume });
  next.set([source("a")]);
  expect(next.state()).toMatchObject({
    status: { state: "stale", failure: { cause: "server-error" }, since: START + 5 * MINUTE },
    reading: { meters: [{ remaining: 70 }] },
    nextDueAt: resume[0]?.nextDueAt,
  });
  await next.poller.stop();
});

it("reads at once what fell due in between, and what was being read", async () => {
  const resume = await statesAfter(4 * MINUTE, (rig) => rig.set([source("a"), source("b")]));
  const [a, b] = resume;
  if (a === undefined || b === undefined) throw new Error("two sources");
  const flying = { ...b, polling: true, nextDueAt: null, dueReason: null };
  const next = pollRig({ startedAt: START + 20 * MINUTE, resume: [a, flying] });
  next.set([source("a"), source("b")]);
  expect(next.state("a").fetchedAt).toBe(START);
  await next.clock.advance(SECOND);
  expect(next.begun.map(({ id }) => id).toSorted()).toEqual(["a", "b"]);
  await next.poller.stop();
});

it.each<[string, (state: SourceState) => SourceState]>([
  ["belongs to another address", (state) => ({ ...state, baseUrl: "https://other.example.org" })],
  ["belongs to another kind", (state) => ({ ...state, kind: "other" })],
  ["is the demo's", (state) => ({ ...state, demo: true })],
  ["was never read", (state) => ({ ...state, status: { state: "loading" } })],
])("begins anew where what was told %s", async (_, change) => {
  const resume = (await statesAfter(4 * MINUTE, (rig) => rig.set([source("a")]))).map(change);
  const next = pollRig({ startedAt: START + 4 * MINUTE, resume });
  next.set([source("a")]);
  expect(next.state()).toMatchObject({ status: { state: "loading" }, reading: null });
  await next.clock.advance(SECOND);
  expect(next.times()).toEqual([4 * MINUTE]);
  await next.poller.stop();
});

it("takes a source that was removed and added again for a new one", async () => {
  const resume = await statesAfter(4 * MINUTE, (rig) => rig.set([source("a")]));
  const next = pollRig({ startedAt: START + 4 * MINUTE, resume });
  next.set([source("a")]);
  next.set([]);
  next.set([source("a")]);
  expect(next.state()).toMatchObject({ status: { state: "loading" }, reading: null });
  await next.poller.stop();
});
