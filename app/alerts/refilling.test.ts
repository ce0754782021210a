import { expect, it } from "vitest";
import { HOUR, MINUTE, type Poll, START, told } from "../../tests/support/meter-polls.ts";
import type { Window } from "../quota/meter.ts";

/** A bucket of six hours that is full again after so many minutes of those at which it is read. */
const poll = (left: number, at: number, fullInMinutes: number): Poll => {
  const resetsAt = START + (at + fullInMinutes) * MINUTE;
  const window: Window = { kind: "rolling", lengthMs: 6 * HOUR, resetsAt, resetBasis: "refill" };
  return { left, at, meter: { window } };
};

it("of a bucket that filled up is told again when it is used up again", () => {
  const polls = [poll(0, 0, 360), poll(90, 300, 36), poll(100, 310, 0), poll(100, 320, 0), poll(0, 600, 360)];
  expect(told(polls)).toEqual(["0", "", "back", "", "0"]);
});

it("says nothing of a bucket that is low and full again within the hour", () => {
  expect(told([poll(0, 0, 59), poll(0, 30, 30)])).toEqual(["", ""]);
  expect(told([poll(18, 0, 300), poll(4, 10, 50)])).toEqual(["20", ""]);
});
