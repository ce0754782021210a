import { expect, it } from "vitest";
import { alertRig, MINUTE, meterOf } from "../../tests/support/alert-rig.ts";

const identities = new Map([["tokens", "one key"]]);

it("a quantity that one source told of is not told by another while an answer of the first leaves it out", async () => {
  const rig = await alertRig();
  await rig.read(18, { identities });
  await rig.clock.advance(MINUTE);
  await rig.read(18, { meters: [meterOf(90, { id: "cost" })], identities: new Map([["cost", "one key, cost"]]) });
  await rig.read(17, { sourceId: "other", identities });
  await rig.clock.advance(MINUTE);
  expect(rig.logged()).toEqual(["told s:20", "told-by-another-source other:20"]);
});

it("a quantity is told by another source once the first counts something else under that name", async () => {
  const rig = await alertRig();
  await rig.read(18, { identities });
  await rig.clock.advance(MINUTE);
  await rig.read(18, { identities: new Map([["tokens", "another key"]]) });
  await rig.read(17, { sourceId: "other", identities });
  await rig.clock.advance(MINUTE);
  expect(rig.told()).toEqual(["s:20", "other:20"]);
});
