import { describe, expect, it } from "vitest";
import { chooseFace, readStartArguments } from "../../build/choose-face.mjs";

const desk = {
  webAsked: false,
  platform: "linux" as const,
  isRoot: false,
  hasDisplay: true,
  runtimePresent: true,
  download: { state: "unasked" as const },
};
const unreachable = { state: "unreachable" as const, why: "github.com cannot be reached (ENOTFOUND)" };

describe("chooseFace", () => {
  it.each([
    ["a desk with the runtime", desk, { face: "desktop", fetchFirst: false }],
    ["asked for the browser", { ...desk, webAsked: true }, { face: "web", why: null }],
    [
      "asked for the browser where nothing else would do",
      { ...desk, webAsked: true, hasDisplay: false, isRoot: true },
      { face: "web", why: null },
    ],
    [
      "no display",
      { ...desk, hasDisplay: false },
      { face: "web", why: expect.stringContaining("no graphical display") },
    ],
    ["root on Linux", { ...desk, isRoot: true }, { face: "web", why: expect.stringContaining("as root") }],
    [
      "no display and no runtime: nobody asks about a download",
      { ...desk, hasDisplay: false, runtimePresent: false },
      { face: "web", why: expect.stringContaining("no graphical display") },
    ],
    [
      "macOS needs no DISPLAY",
      { ...desk, platform: "darwin" as const, hasDisplay: false },
      { face: "desktop", fetchFirst: false },
    ],
    ["macOS as root", { ...desk, platform: "darwin" as const, isRoot: true }, { face: "desktop", fetchFirst: false }],
    ["Windows", { ...desk, platform: "win32" as const, hasDisplay: false }, { face: "desktop", fetchFirst: false }],
    ["no runtime, nobody asked yet", { ...desk, runtimePresent: false }, { face: "undecided" }],
    [
      "no runtime, but within reach",
      { ...desk, runtimePresent: false, download: { state: "reachable" as const } },
      { face: "desktop", fetchFirst: true },
    ],
    [
      "no runtime and out of reach",
      { ...desk, runtimePresent: false, download: unreachable },
      { face: "web", why: expect.stringContaining("github.com cannot be reached (ENOTFOUND)") },
    ],
    [
      "a runtime, whatever the network says",
      { ...desk, download: unreachable },
      { face: "desktop", fetchFirst: false },
    ],
  ])("%s", (_, facts, expected) => {
    expect(chooseFace(facts)).toEqual(expected);
  });
});

describe("readStartArguments", () => {
  it.each([
    [[], { webAsked: false, rest: [] }],
    [["--web"], { webAsked: true, rest: [] }],
    [["--port", "8080", "--web", "--no-open"], { webAsked: true, rest: ["--port", "8080", "--no-open"] }],
    [["--webby"], { webAsked: false, rest: ["--webby"] }],
  ])("%j", (args, expected) => {
    expect(readStartArguments(args)).toEqual(expected);
  });
});
