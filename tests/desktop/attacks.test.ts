// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { call, eventually, setUpApps, trayOf } from "./app-under-test.ts";
import { preloadBundle } from "./double/drive.ts";

const apps = setUpApps();

describe("what a page may not do", () => {
  it("is refused, and the page sees nothing but the contract", async () => {
    const app = apps.start({ args: ["--demo"] });
    const seen = await app.inPage(
      "popover.html",
      (page) =>
        page.evaluate(async () => {
          const attempt = async (work: () => unknown): Promise<string> => {
            try {
              return `done: ${await work()}`;
            } catch (error) {
              return `refused: ${error instanceof Error ? error.name : error}`;
            }
          };
          const api: unknown = Reflect.get(window, "plimsoll");
          return {
            api: typeof api === "object" && api !== null ? Object.keys(api).sort() : [],
            frozen: Object.isFrozen(api),
            globals: ["require", "process", "ipcRenderer", "electron", "Buffer", "__electronDoubleInvoke"].filter(
              (name) => name in window,
            ),
            fetch: await attempt(() => fetch("https://example.com/")),
            own: await attempt(() => fetch("./popover.html")),
            socket: await attempt(
              () =>
                new Promise((resolve, reject) => {
                  const socket = new WebSocket("wss://example.com/");
                  socket.onerror = () => reject(new Error("closed"));
                  socket.onopen = resolve;
                }),
            ),
            eval: await attempt(() => new Function("return 1")()),
            markup: await attempt(() => {
              document.createElement("div").innerHTML = "<b></b>";
            }),
            opened: String(window.open("https://example.com/")),
          };
        }),
      null,
    );
    expect(seen).toMatchObject({
      api: ["call", "on"],
      frozen: true,
      globals: [],
      fetch: "refused: TypeError",
      own: "refused: TypeError",
      eval: "refused: EvalError",
      markup: "refused: TypeError",
    });
    expect(seen.socket).toMatch(/^refused/);

    await app.inPage(
      "popover.html",
      (page) =>
        page.evaluate(() => {
          location.href = "https://example.org/elsewhere";
        }),
      null,
    );
    const { traffic } = await eventually(
      () => app.ask("facts"),
      ({ traffic }) => traffic.some(({ address }) => address === "https://example.org/elsewhere"),
    );
    expect(traffic).toContainEqual({ address: "https://example.org/elsewhere", outcome: "navigation denied" });
    expect(traffic).toContainEqual({ address: "https://example.com/", outcome: "window denied" });
    expect(traffic.some(({ outcome }) => outcome === "no network")).toBe(false);
    expect((await app.ask("windows")).map(({ url }) => url)).toEqual(["app://ui/popover.html"]);
    // Behind the pages' own policy, should that ever fail.
    for (const address of [
      "https://example.com/",
      "http://127.0.0.1:80/",
      "wss://example.com/",
      "file:///etc/passwd",
    ]) {
      expect(await app.ask("allows", address), address).toBe(false);
    }
    expect(await app.ask("allows", "app://ui/popover.html")).toBe(true);
    expect(await app.ask("download")).toBe(false);
    for (const permission of ["geolocation", "notifications", "media", "clipboard-read", "hid"]) {
      expect(await app.ask("permissions", permission)).toEqual({ request: false, check: false, device: false });
    }
  });

  it("gets its own files under a strict policy, and no others", async () => {
    const app = apps.start({ args: ["--demo", "--hidden"] });
    await trayOf(app);
    const page = await app.ask("request", "app://ui/popover.html", "GET");
    expect(page).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
    expect(page?.headers["content-security-policy"]).toContain("default-src 'none'");
    for (const [address, method] of [
      ["app://ui/../../package.json", "GET"],
      ["app://ui/assets/missing.js", "GET"],
      ["app://other/popover.html", "GET"],
      ["app://ui/popover.html", "POST"],
    ] as const) {
      expect(await app.ask("request", address, method)).toMatchObject({ status: 404, bytes: 0 });
    }
  });

  it("refuses calls of a window that is not the app's, of unknown names and of too much", async () => {
    const app = apps.start({ args: ["--demo"] });
    expect(await call(app, "state.get", undefined)).toMatchObject({ ok: true });
    for (const name of ["state.changed", "constructor", "__proto__", "electron-store-get-data"]) {
      expect(await call(app, name, undefined)).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    }
    expect(await call(app, "sources.refresh", { id: 3 })).toMatchObject({
      ok: false,
      error: { code: "invalid-input" },
    });
    expect(await call(app, "sources.reorder", { ids: ["x".repeat(300_000)] })).toEqual({
      ok: false,
      error: { code: "internal", detail: null },
    });
    await app.ask("openForeignWindow", "app://ui/settings.html", preloadBundle);
    expect(await call(app, "state.get", undefined, "settings.html")).toEqual({
      ok: false,
      error: { code: "internal", detail: null },
    });
    expect(await app.quit()).toBe(0);
    const log = readFileSync(join(apps.profile, "logs", "plimsoll.log"), "utf8");
    expect(log).toContain("not a window of ours");
    expect(log).toContain("too large");
  });

  it("opens nothing outside, whatever a page asks for", async () => {
    const app = apps.start({ args: ["--demo"] });
    for (const [name, input] of [
      ["shell.openLink", { link: "documentation" }],
      ["shell.openExternal", "https://example.com/"],
      ["shell.openSettings", { type: "https://example.com/" }],
    ] as const) {
      expect(await call(app, name, input)).toMatchObject({ ok: false });
    }
    expect((await app.ask("facts")).opened).toEqual([]);
  });
});
