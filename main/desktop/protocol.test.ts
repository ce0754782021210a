import { describe, expect, it } from "vitest";
import { isOurs } from "./identity.ts";
import { CONTENT_SECURITY_POLICY, fileFor } from "./protocol.ts";

describe("fileFor", () => {
  it.each([
    ["app://ui/popover.html", "popover.html", "text/html; charset=utf-8"],
    ["app://ui/settings.html#source=abc", "settings.html", "text/html; charset=utf-8"],
    ["app://ui/assets/popover-B0WSJMM0.js", "assets/popover-B0WSJMM0.js", "text/javascript; charset=utf-8"],
    ["app://ui/assets/popover.css?v=1", "assets/popover.css", "text/css; charset=utf-8"],
    ["app://ui/assets/inter-latin-wght-normal.woff2", "assets/inter-latin-wght-normal.woff2", "font/woff2"],
    ["app://ui/assets/mark.svg", "assets/mark.svg", "image/svg+xml"],
  ])("serves %s", (address, path, mimeType) => {
    expect(fileFor(address)).toEqual({ path, mimeType });
  });

  it.each([
    "app://ui/",
    "app://ui/../secrets.json",
    "app://ui/assets/../../package.json",
    "app://ui/assets/..%2f..%2fpackage.json",
    "app://ui/assets/%2e%2e/index.js",
    "app://ui/assets/..\\..\\index.js",
    "app://ui/assets/a/b.js",
    "app://ui/assets/..js",
    "app://ui/assets/index.js.map",
    "app://ui/assets/data.json",
    "app://ui//etc/passwd.html",
    "app://other/popover.html",
    "app://ui:80/popover.html",
    "app://user@ui/popover.html",
    "https://ui/popover.html",
    "file:///popover.html",
    "not an address",
  ])("does not serve %s", (address) => {
    expect(fileFor(address)).toBeNull();
  });
});

describe("isOurs", () => {
  it.each(["app://ui.evil/popover.html", "app:ui/popover.html", "appx://ui/", "https://app//ui/", "app://", ""])(
    "is not fooled by %s",
    (address) => {
      expect(isOurs(address)).toBe(false);
    },
  );
});

describe("CONTENT_SECURITY_POLICY", () => {
  it("allows no inline code, no eval, no connection and no frame", () => {
    expect(CONTENT_SECURITY_POLICY).not.toContain("unsafe");
    expect(CONTENT_SECURITY_POLICY).not.toContain("*");
    for (const part of ["default-src 'none'", "connect-src 'none'", "frame-ancestors 'none'", "script-src 'self'"]) {
      expect(CONTENT_SECURITY_POLICY).toContain(part);
    }
  });
});
