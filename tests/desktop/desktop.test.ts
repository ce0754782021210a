// @vitest-environment node
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserServer } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { type DrivenApp, preloadBundle, startApp, startChromium } from "./double/drive.ts";

const root = join(import.meta.dirname, "../..");
const artefacts = join(root, "test-results/desktop");
const KEY = "sk-desktop-0f1e2d3c4b5a69788796a5b4c3d2e1f0";

let chromium: BrowserServer;
let folder: string;
let running: DrivenApp[] = [];

beforeAll(async () => {
  // Quick when what is built is what the sources give.
  const build = spawnSync(process.execPath, ["build/compile.mjs", "desktop"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the desktop bundle could not be built:\n${build.stderr}`);
  mkdirSync(artefacts, { recursive: true });
  chromium = await startChromium();
}, 180_000);

afterAll(() => chromium.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-desktop-"));
});

afterEach(() => {
  for (const app of running) app.kill();
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

type Config = Partial<Omit<Parameters<typeof startApp>[0], "userData" | "keyringFile" | "chromium">>;

function start(
  config: Config = {},
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  folderOf = profile(),
): DrivenApp {
  const app = startApp(
    {
      userData: join(folder, "default"),
      keyringFile: join(folder, "keyring"),
      chromium: chromium.wsEndpoint(),
      ...config,
    },
    ["--profile", folderOf, ...args],
    env,
  );
  running.push(app);
  return app;
}

const profile = () => join(folder, "profile");

/** Asks again until the answer is as wanted; fails with the last one. */
async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (Date.now() > until) throw new Error(`it did not come to that: ${JSON.stringify(value, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A call over the real preload, as the page makes it. */
function call(app: DrivenApp, name: string, input: unknown, page = "popover.html"): Promise<unknown> {
  return app.inPage(
    page,
    (page, [name, input]) =>
      page.evaluate(
        ([name, input]) => {
          const api: unknown = Reflect.get(window, "plimsoll");
          if (typeof api !== "object" || api === null) throw new Error("the page has no window.plimsoll");
          return Reflect.apply(Reflect.get(api, "call"), api, [name, input ?? undefined]);
        },
        [name, input] as const,
      ),
    [name, input] as const,
  );
}

/** The figures that the tray's picture is made of, by scale. */
async function trayPictures(app: DrivenApp): Promise<{ scaleFactor: number; png: Buffer; picture: PNG }[]> {
  const tray = await eventually(
    () => app.ask("tray"),
    (tray) => tray !== null,
  );
  return (tray?.images ?? []).map(({ scaleFactor, png }) => {
    const buffer = Buffer.from(png, "base64");
    return { scaleFactor, png: buffer, picture: PNG.sync.read(buffer) };
  });
}

describe("a first start", () => {
  it("shows the demo in the tray, the popover and the settings", async () => {
    const app = start();
    await eventually(
      () => app.ask("tray"),
      (tray) => tray?.tooltip.includes("left of") === true,
    );
    const [picture, ...others] = await trayPictures(app);
    expect(others).toEqual([]);
    expect(picture?.scaleFactor).toBe(1);
    expect(picture?.picture.width).toBe(48);
    expect(picture?.picture.data.some((value, at) => at % 4 === 3 && value === 255)).toBe(true);
    writeFileSync(join(artefacts, "tray.png"), picture?.png ?? "");

    const menu = (await app.ask("tray"))?.menu ?? [];
    expect(menu[0]?.label).toBe("Open Plimsoll");
    expect(menu.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Demo figures", "Refresh now", "Settings…", "Quit Plimsoll"]),
    );
    expect(menu.some(({ label }) => /\d+% · .* left of/.test(label ?? ""))).toBe(true);

    const text = await app.inPage(
      "popover.html",
      async (page, path) => {
        await page.getByText("left of").first().waitFor();
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path });
        return page.innerText("body");
      },
      join(artefacts, "popover.png"),
    );
    expect(text).toContain("Demo");
    const [popover] = await app.ask("windows");
    // Beside a panel above whose icon's place Linux does not tell.
    expect(popover).toEqual({
      url: "app://ui/popover.html",
      visible: true,
      position: { x: 1512, y: 40 },
      frame: false,
    });

    await app.ask("clickMenu", "Settings…");
    await app.inPage(
      "settings.html",
      async (page, path) => {
        await page.getByRole("heading").first().waitFor();
        await page.screenshot({ path });
      },
      join(artefacts, "settings.png"),
    );
    const facts = await app.ask("facts");
    expect(facts.beforeReady).toEqual(["enableSandbox", "setDesktopName", "requestSingleInstanceLock"]);
    expect(facts.keyringAccesses).toBe(0);
    expect(facts.errorBoxes).toEqual([]);
    expect(facts.traffic.filter(({ outcome }) => outcome !== "answered")).toEqual([]);
    expect(await app.quit()).toBe(0);
    // What the pages or the double had to complain about.
    expect(app.output()).toBe("");
  });

  it("stays out of sight when the system starts it at login, and opens from the tray", async () => {
    const app = start({}, ["--hidden"]);
    await eventually(
      () => app.ask("tray"),
      (tray) => tray !== null,
    );
    expect(await app.ask("windows")).toEqual([]);
    await app.ask("clickTray");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    await app.ask("clickTray");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === false,
    );
    await app.ask("clickMenu", "Open Plimsoll");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    await app.ask("press", "popover.html", "Escape");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === false,
    );
    await app.ask("clickTray");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    await app.ask("blur", "popover.html");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === false,
    );
    // Closing it is no way to lose it.
    await app.ask("clickTray");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    await app.ask("closeWindow", "popover.html");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === false,
    );
    expect(await app.quit()).toBe(0);
  });
});

describe("the other systems", () => {
  it("draws a template in two scales on macOS and opens the menu by the other click only", async () => {
    const app = start({ platform: "darwin" });
    const pictures = await trayPictures(app);
    expect(pictures.map(({ scaleFactor, picture }) => [scaleFactor, picture.width])).toEqual([
      [1, 18],
      [2, 36],
    ]);
    expect((await app.ask("tray"))?.template).toBe(true);
    expect((await app.ask("tray"))?.menu).toEqual([]);
    await app.ask("clickTray", "right-click");
    expect((await app.ask("tray"))?.menu[0]?.label).toBe("Open Plimsoll");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    expect((await app.ask("windows"))[0]?.position).toEqual({ x: 1015, y: 33 });
  });

  it("draws four scales on Windows and names the app to it before ready", async () => {
    const app = start({ platform: "win32" });
    const pictures = await trayPictures(app);
    expect(pictures.map(({ scaleFactor, picture }) => [scaleFactor, picture.width])).toEqual([
      [1, 16],
      [1.25, 20],
      [1.5, 24],
      [2, 32],
    ]);
    expect((await app.ask("facts")).beforeReady).toContain("setAppUserModelId");
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    expect((await app.ask("windows"))[0]?.position).toEqual({ x: 1512, y: 432 });
  });

  it("opens an ordinary window where the compositor places windows, and leaves it open when the focus goes", async () => {
    const app = start({}, [], { XDG_SESSION_TYPE: "wayland" });
    await eventually(
      () => app.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    await app.ask("blur", "popover.html");
    await app.ask("press", "popover.html", "Escape");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await app.ask("windows")).toEqual([
      { url: "app://ui/popover.html", visible: true, position: null, frame: true },
    ]);
  });
});

describe("a gateway of the user's", () => {
  let gateway: NeutralGateway;

  beforeAll(async () => {
    gateway = await startNeutralGateway(KEY);
  });
  afterAll(() => gateway.close());
  beforeEach(() => gateway.use(100));

  const draft = () => ({
    id: null,
    kind: "neutral",
    label: "Team gateway",
    baseUrl: gateway.origin,
    allowPlainHttp: false,
    key: { type: "secret", secret: KEY },
    options: {},
  });

  it("is saved with its key, warns once over a restart, and a click on the warning shows it", async () => {
    const first = start();
    expect(await call(first, "sources.save", draft())).toEqual({ ok: true, value: { id: expect.any(String) } });
    await eventually(
      () => first.ask("tray"),
      (tray) => tray?.tooltip.includes("Team gateway: 90%") === true,
    );
    expect((await first.ask("tray"))?.tooltip).not.toContain("Demo");
    expect(await first.ask("notifications")).toEqual([]);

    gateway.use(850);
    expect(await call(first, "sources.refresh", { id: null })).toEqual({ ok: true, value: undefined });
    const [alert, ...more] = await eventually(
      () => first.ask("notifications"),
      (shown) => shown.length > 0,
    );
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ title: "Team gateway: 15% left", body: expect.stringContaining("20%") });
    await first.inPage(
      "popover.html",
      async (page, path) => {
        await page.getByText("15%").first().waitFor();
        await page.screenshot({ path });
      },
      join(artefacts, "alert.png"),
    );

    await first.ask("press", "popover.html", "Escape");
    await first.ask("clickNotification", alert?.id ?? "");
    await eventually(
      () => first.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
    expect(await first.quit()).toBe(0);

    const polls = gateway.polls;
    const second = start();
    await eventually(
      () => second.ask("tray"),
      (tray) => tray?.tooltip.includes("Team gateway: 15%") === true,
    );
    expect(gateway.polls).toBeGreaterThan(polls);
    await call(second, "sources.refresh", { id: null });
    await eventually(
      async () => gateway.polls,
      (now) => now >= polls + 2,
    );
    // Lower still, but no new line is crossed.
    gateway.use(860);
    await call(second, "sources.refresh", { id: null });
    await eventually(
      () => second.ask("tray"),
      (tray) => tray?.tooltip.includes("Team gateway: 14%") === true,
    );
    expect(await second.ask("notifications")).toEqual([]);
    expect(await second.quit()).toBe(0);

    const secrets = JSON.parse(readFileSync(join(profile(), "secrets.json"), "utf8"));
    expect(Object.values(secrets.entries)).toEqual([
      { origin: gateway.origin, tag: "v11", ciphertext: expect.stringMatching(/^[A-Za-z0-9+/=]{40,}$/) },
    ]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["secrets.json", "settings.json", "alerts.json"]),
    );
    for (const { parentPath, name } of files) {
      const content = readFileSync(join(parentPath, name));
      for (const form of [KEY, Buffer.from(KEY).toString("base64"), Buffer.from(KEY).toString("hex")]) {
        expect(content.includes(form), `the key in ${name}`).toBe(false);
      }
    }
    expect(first.output() + second.output()).not.toContain(KEY);
  });

  it("is kept for the session only, and says so, where no keyring protects the key", async () => {
    const app = start({ safeStorage: "none" });
    expect(await call(app, "sources.save", draft())).toMatchObject({ ok: true });
    await eventually(
      () => app.ask("tray"),
      (tray) => tray?.tooltip.includes("Team gateway: 90%") === true,
    );
    expect(await call(app, "state.get", undefined)).toMatchObject({
      value: { vault: { kind: "session-only", problem: expect.stringContaining("keyring") } },
    });
    expect(await app.quit()).toBe(0);
    expect(readdirSync(profile())).not.toContain("secrets.json");

    const next = start({ safeStorage: "none" });
    await eventually(
      () => next.ask("tray"),
      (tray) => tray?.tooltip.includes("No key is saved") === true,
    );
  });

  it("tells in the window what the system could not show", async () => {
    const app = start({ platform: "darwin", notifications: "failed" });
    await call(app, "sources.save", draft());
    expect(await call(app, "alerts.sample", undefined)).toEqual({ ok: true, value: { shown: false } });
    gateway.use(990);
    await call(app, "sources.refresh", { id: null });
    await app.inPage("popover.html", (page) => page.getByText("at or below your line").first().waitFor(), null);
    expect(await app.ask("notifications")).toEqual([]);
  });

  it("is asked again when the computer wakes up", async () => {
    const app = start();
    await call(app, "sources.save", draft());
    await eventually(
      () => app.ask("tray"),
      (tray) => tray?.tooltip.includes("90%") === true,
    );
    gateway.use(400);
    await app.ask("resume");
    await eventually(
      () => app.ask("tray"),
      (tray) => tray?.tooltip.includes("60%") === true,
    );
  });
});

describe("what a page may not do", () => {
  it("is refused, and the page sees nothing but the contract", async () => {
    const app = start({}, ["--demo"]);
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
    for (const permission of ["geolocation", "notifications", "media", "clipboard-read", "hid"]) {
      expect(await app.ask("permissions", permission)).toEqual({ request: false, check: false, device: false });
    }
  });

  it("gets its own files under a strict policy, and no others", async () => {
    const app = start({}, ["--demo", "--hidden"]);
    await eventually(
      () => app.ask("tray"),
      (tray) => tray !== null,
    );
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
    const app = start({}, ["--demo"]);
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
    const log = readFileSync(join(profile(), "logs", "plimsoll.log"), "utf8");
    expect(log).toContain("not a window of ours");
    expect(log).toContain("too large");
  });

  it("opens outside only what the app knows by name", async () => {
    const app = start({}, ["--demo"]);
    expect(await call(app, "shell.openLink", { link: "https://example.com/" })).toMatchObject({ ok: false });
    expect((await app.ask("facts")).opened).toEqual([]);
    expect(await call(app, "shell.openLink", { link: "documentation" })).toMatchObject({ ok: true });
    const { opened } = await app.ask("facts");
    expect(opened).toHaveLength(1);
    expect(opened[0]).toMatch(/^https:\/\/github\.com\//);
  });
});

describe("a second start", () => {
  it("hands over to the first and ends", async () => {
    const first = start({}, ["--hidden"]);
    await eventually(
      () => first.ask("tray"),
      (tray) => tray !== null,
    );
    expect(await first.ask("windows")).toEqual([]);
    const second = start();
    expect(await second.ended).toBe(0);
    await eventually(
      () => first.ask("windows"),
      ([popover]) => popover?.visible === true,
    );
  });

  it("in another profile is another instance", async () => {
    const first = start({}, ["--hidden"]);
    await eventually(
      () => first.ask("tray"),
      (tray) => tray !== null,
    );
    const other = start({}, ["--hidden"], {}, join(folder, "other"));
    await eventually(
      () => other.ask("tray"),
      (tray) => tray !== null,
    );
  });
});
