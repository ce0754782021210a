import { expect, it } from "vitest";
import { compareVersions, otherVersion } from "./attach-error.ts";

it.each([
  ["0.1.0", "0.1.0", 0],
  ["0.10.0", "0.9.3", 1],
  ["1.0", "1.0.0", 0],
  ["0.1.0-beta.1", "0.1.0", 0],
  ["0.1.0", "0.2.0", -1],
  ["nonsense", "0.0.1", -1],
])("%s against %s", (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
});

it.each([
  ["0.2.0", "newer than this one (0.1.0). Update this one"],
  ["0.0.9", "older than this one (0.1.0). Quit the other and start it again in this version"],
])("says what to do about %s", (version, words) => {
  const host = { face: "desktop", pid: 7, version, startedAt: 0 } as const;
  expect(otherVersion(host, "0.1.0")).toMatchObject({
    problem: "other-version",
    message: expect.stringContaining(words),
  });
});
