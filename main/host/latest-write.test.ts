import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createLatestWrite } from "./latest-write.ts";

test("writes in order, one at a time, and skips what was overtaken", async () => {
  const written: number[] = [];
  let atOnce = 0;
  const write = createLatestWrite(async (value: number) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    await wait(5);
    written.push(value);
    atOnce -= 1;
  });
  const first = write(1);
  await wait(1);
  const rest = [write(2), write(3), write(4)];
  await first;
  expect(written).toEqual([1]);
  await Promise.all(rest);
  expect(written).toEqual([1, 4]);
  await write(5);
  expect(written).toEqual([1, 4, 5]);
});

test("a failed write rejects for those it covered, and the next one goes on", async () => {
  const written: number[] = [];
  const write = createLatestWrite(async (value: number) => {
    if (value < 0) throw new Error("disk full");
    written.push(value);
  });
  const outcomes = await Promise.allSettled([write(1), write(-1)]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  await write(2);
  expect(written).toEqual([2]);
});
