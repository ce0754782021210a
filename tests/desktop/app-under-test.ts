// What the desktop tests share: the built app under the double, in a folder of its own that goes with the test.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserServer } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type DrivenApp, startApp, startChromium } from "./double/drive.ts";

const root = join(import.meta.dirname, "../..");

/** The path for a picture that people should look at. */
export function artefact(name: string): string {
  const folder = join(root, "test-results/desktop");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

type Config = Partial<Omit<Parameters<typeof startApp>[0], "userData" | "keyringFile" | "chromium">>;

export interface Start {
  /** The pretended computer. */
  readonly config?: Config;
  /** The app's own arguments besides the profile. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The profile's name in the test's folder. */
  readonly profile?: string;
}

export interface Apps {
  start(how?: Start): DrivenApp;
  /** The test's folder: it holds the profiles, Electron's own files and the pretended keyring's key. */
  readonly folder: string;
  readonly profile: string;
}

/** Builds the app if need be, starts a Chromium for the file, and ends every app that a test started. */
export function setUpApps(): Apps {
  let chromium: BrowserServer;
  let folder = "";
  let running: DrivenApp[] = [];

  beforeAll(async () => {
    // Quick when what is built is what the sources give.
    const build = spawnSync(process.execPath, ["build/compile.mjs", "desktop"], { cwd: root, encoding: "utf8" });
    if (build.status !== 0) throw new Error(`the desktop bundle could not be built:\n${build.stderr}`);
    chromium = await startChromium();
  }, 180_000);
  afterAll(() => chromium.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-desktop-"));
  });
  afterEach(async () => {
    for (const app of running) app.kill();
    await Promise.all(running.map((app) => app.ended));
    running = [];
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    start({ config = {}, args = [], env = {}, profile = "profile" } = {}) {
      const app = startApp(
        {
          userData: join(folder, "default"),
          keyringFile: join(folder, "keyring"),
          chromium: chromium.wsEndpoint(),
          ...config,
        },
        ["--profile", join(folder, profile), ...args],
        env,
      );
      running.push(app);
      return app;
    },
    get folder() {
      return folder;
    },
    get profile() {
      return join(folder, "profile");
    },
  };
}

/** Asks again until the answer is as wanted and returns it; fails with the last one. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const until = Date.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (Date.now() > until) throw new Error(`it did not come to that: ${JSON.stringify(value, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Waits until the tray's tooltip holds a text. */
export function tooltipWith(app: DrivenApp, text: string): Promise<unknown> {
  return eventually(
    () => app.ask("tray"),
    (tray) => tray?.tooltip.includes(text) === true,
  );
}

/** Waits until the app is up. */
export function trayOf(app: DrivenApp) {
  return eventually(
    () => app.ask("tray"),
    (tray) => tray !== null,
  );
}

/** Waits until the popover, the first window, is there and visible, or hidden. */
export function popoverVisible(app: DrivenApp, visible: boolean): Promise<unknown> {
  return eventually(
    () => app.ask("windows"),
    ([popover]) => popover?.visible === visible,
  );
}

/** A call over the real preload, as a page makes it. */
export function call(app: DrivenApp, name: string, input: unknown, page = "popover.html"): Promise<unknown> {
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
