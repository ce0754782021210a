import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloadProblem } from "./ipc.ts";
import { launchOptions } from "./launch-options.ts";
import { cutBody, platformId } from "./notification-text.ts";
import { placedByCompositor, trayScheme } from "./windowing.ts";

describe("launchOptions", () => {
  it.each([
    [[], { profile: null, demo: "auto", hidden: false }],
    [["--hidden"], { profile: null, demo: "auto", hidden: true }],
    [["--demo"], { profile: null, demo: "only", hidden: false }],
    [["--profile", "/data/Work"], { profile: "/data/Work", demo: "auto", hidden: false }],
    [["--profile=here"], { profile: "/home/me/here", demo: "auto", hidden: false }],
    [["--profile", "--hidden"], { profile: null, demo: "auto", hidden: true }],
    [["--profile="], { profile: null, demo: "auto", hidden: false }],
    [["--ozone-platform=x11", "/opt/app.asar"], { profile: null, demo: "auto", hidden: false }],
  ])("%j", (argv, options) => {
    expect(launchOptions(argv, "/home/me")).toEqual(options);
  });
});

describe("placedByCompositor", () => {
  it.each([
    ["linux", { XDG_SESSION_TYPE: "wayland" }, [], true],
    ["linux", { XDG_SESSION_TYPE: "x11", WAYLAND_DISPLAY: "wayland-0" }, [], false],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, [], true],
    ["linux", { WAYLAND_DISPLAY: "" }, [], false],
    ["linux", { XDG_SESSION_TYPE: "wayland" }, ["--ozone-platform=x11"], false],
    ["linux", { XDG_SESSION_TYPE: "x11" }, ["--ozone-platform=wayland"], true],
    ["win32", { XDG_SESSION_TYPE: "wayland" }, [], false],
    ["darwin", {}, [], false],
  ] as const)("%s %j %j: %s", (platform, env, argv, expected) => {
    expect(placedByCompositor({ platform, env, argv })).toBe(expected);
  });
});

describe("trayScheme", () => {
  it.each([
    ["darwin", {}, { system: true, apps: true }, "template"],
    ["win32", {}, { system: true, apps: false }, "dark"],
    ["win32", {}, { system: false, apps: true }, "light"],
    ["linux", { XDG_CURRENT_DESKTOP: "ubuntu:GNOME" }, { system: false, apps: false }, "dark"],
    ["linux", { XDG_CURRENT_DESKTOP: "KDE" }, { system: false, apps: false }, "light"],
    ["linux", { XDG_CURRENT_DESKTOP: "KDE" }, { system: false, apps: true }, "dark"],
    ["linux", { XDG_CURRENT_DESKTOP: "NOTGNOME" }, { system: false, apps: false }, "light"],
  ] as const)("%s %j %j: %s", (platform, env, dark, scheme) => {
    expect(trayScheme({ platform, env, argv: [] }, dark)).toBe(scheme);
  });
});

describe("payloadProblem", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;

  it.each([
    ["nothing", undefined, null],
    ["a draft", { label: "x".repeat(200) }, null],
    ["a long text", "x".repeat(300_000), "too large"],
    ["a text of many bytes in few characters", "\u{1F6A2}".repeat(70_000), "too large"],
    ["what refers to itself", cycle, "not plain data"],
    ["a big integer", { at: 1n }, "not plain data"],
  ])("%s", (_name, input, problem) => {
    expect(payloadProblem(input)).toBe(problem);
  });
});

describe("notification texts", () => {
  it("fit, end with a whole character and lose nothing that fits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const cut = cutBody(text);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(256);
        if (Buffer.byteLength(text) <= 256) expect(cut).toBe(text);
        else expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });

  it("have ids that every platform takes and that tell alerts apart", () => {
    const long = `${"source/".repeat(40)}meter`;
    expect(platformId(long)).toHaveLength(32);
    expect(platformId(long)).toBe(platformId(long));
    expect(platformId(long)).not.toBe(platformId(`${long}2`));
  });
});
