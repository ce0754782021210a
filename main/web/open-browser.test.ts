import { describe, expect, it } from "vitest";
import { type BrowserSurroundings, shouldOpenBrowser } from "./open-browser.ts";

describe("shouldOpenBrowser", () => {
  it.each<[string, BrowserSurroundings["platform"], BrowserSurroundings["env"], boolean]>([
    ["macOS", "darwin", {}, true],
    ["Windows", "win32", {}, true],
    ["Linux with X", "linux", { DISPLAY: ":0" }, true],
    ["Linux with Wayland", "linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["Linux without a display", "linux", {}, false],
    ["Linux with an empty display", "linux", { DISPLAY: "" }, false],
    ["a BSD with X", "freebsd", { DISPLAY: ":0" }, true],
    ["WSL without a display", "linux", { WSL_DISTRO_NAME: "Debian" }, true],
    ["SSH", "linux", { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" }, false],
    ["SSH with a forwarded display", "linux", { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22", DISPLAY: ":10" }, true],
    ["SSH with a leftover Wayland name", "linux", { SSH_TTY: "/dev/pts/0", WAYLAND_DISPLAY: "wayland-0" }, false],
    ["SSH into a Mac", "darwin", { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" }, false],
    ["SSH into WSL", "linux", { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22", WSL_DISTRO_NAME: "Debian" }, false],
  ])("%s", (_name, platform, env, expected) => {
    expect(shouldOpenBrowser({ wanted: true, platform, env })).toBe(expected);
    expect(shouldOpenBrowser({ wanted: false, platform, env })).toBe(false);
  });
});
