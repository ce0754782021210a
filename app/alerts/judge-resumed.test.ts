import { expect, it } from "vitest";
import { add, MINUTE, quota, type Rig, rig } from "../../tests/engine/rig.ts";
import { DEFAULT_QUIET_HOURS } from "../settings/alert-settings.ts";

const SECOND = 1000;

const shown = ({ ports }: Rig): string[] =>
  ports.shown.map(({ what }) => (what.type === "percent-left" ? String(what.threshold) : what.type));

/** A host that is gone a second after it read that 15 % are left. */
async function goneAtCrossing(quietFrom: string | null = null): Promise<Rig> {
  const test = await rig();
  const id = await add(test.engine);
  await test.clock.advance(6 * MINUTE);
  if (quietFrom !== null) {
    const quietHours = { ...DEFAULT_QUIET_HOURS, enabled: true, from: quietFrom, to: "12:08", timeZone: "UTC" };
    await test.engine.handle("preferences.set", { quietHours });
  }
  test.answer = () => quota(85);
  await test.engine.handle("sources.refresh", { id });
  await test.clock.advance(SECOND);
  expect(test.engine.state().sources[0]?.reading?.meters[0]?.remaining).toBe(15);
  await test.engine.stop();
  expect(shown(test)).toEqual([]);
  return test;
}

it("tells what the host before had read and could not tell any more, without another poll", async () => {
  const test = await goneAtCrossing();
  const polls = test.ports.requests.length;
  const next = await test.restart({ resume: test.engine.state().sources });
  await test.clock.advance(6 * SECOND);
  expect(shown(test)).toEqual(["20"]);
  expect(test.ports.requests).toHaveLength(polls);
  await next.stop();
});

it("tells at the end of quiet hours what the host before held back", async () => {
  const test = await goneAtCrossing("12:00");
  const polls = test.ports.requests.length;
  const next = await test.restart({ resume: test.engine.state().sources });
  await test.clock.advance(30 * SECOND);
  expect(shown(test)).toEqual([]);
  await test.clock.advance(95 * SECOND);
  expect(shown(test)).toEqual(["20"]);
  expect(test.ports.requests).toHaveLength(polls);
  await next.stop();
});

it("repeats nothing that the host before has told", async () => {
  const test = await rig();
  await add(test.engine);
  test.answer = () => quota(85);
  await test.clock.advance(6 * MINUTE);
  expect(shown(test)).toEqual(["20"]);
  await test.engine.stop();
  const next = await test.restart({ resume: test.engine.state().sources });
  await test.clock.advance(10 * MINUTE);
  expect(shown(test)).toEqual(["20"]);
  await next.stop();
});

it("leaves figures of long ago to the next poll", async () => {
  const test = await goneAtCrossing();
  const resume = test.engine.state().sources;
  await test.clock.advance(61 * MINUTE);
  test.answer = () => quota(10);
  const next = await test.restart({ resume });
  await test.clock.advance(30 * SECOND);
  expect(shown(test)).toEqual([]);
  await next.stop();
});
