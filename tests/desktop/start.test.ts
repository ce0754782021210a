// @vitest-environment node
import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { artefact, popoverVisible, setUpApps, tooltipWith, trayOf } from "./app-under-test.ts";
import type { DrivenApp } from "./double/drive.ts";

const apps = setUpApps();

/** The figures that the tray's picture is made of, by scale. */
async function trayPictures(app: DrivenApp): Promise<{ scaleFactor: number; png: Buffer; picture: PNG }[]> {
  const tray = await trayOf(app);
  return (tray?.images ?? []).map(({ scaleFactor, png }) => {
    const buffer = Buffer.from(png, "base64");
    return { scaleFactor, png: buffer, picture: PNG.sync.read(buffer) };
  });
}

describe("a first start", () => {
  it("shows the demo in the tray, the popover and the settings", async () => {
    const app = apps.start();
    await tooltipWith(app, "left of");
    const [picture, ...others] = await trayPictures(app);
    expect(others).toEqual([]);
    expect(picture?.scaleFactor).toBe(1);
    expect(picture?.picture.width).toBe(48);
    expect(picture?.picture.data.some((value, at) => at % 4 === 3 && value === 255)).toBe(true);
    writeFileSync(artefact("tray.png"), picture?.png ?? "");

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
      artefact("popover.png"),
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
      artefact("settings.png"),
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
    const app = apps.start({ args: ["--hidden"] });
    await trayOf(app);
    expect(await app.ask("windows")).toEqual([]);
    await app.ask("clickTray");
    await popoverVisible(app, true);
    await app.ask("clickTray");
    await popoverVisible(app, false);
    await app.ask("clickMenu", "Open Plimsoll");
    await popoverVisible(app, true);
    await app.ask("press", "popover.html", "Escape");
    await popoverVisible(app, false);
    await app.ask("clickTray");
    await popoverVisible(app, true);
    await app.ask("blur", "popover.html");
    await popoverVisible(app, false);
    // Closing it is no way to lose it.
    await app.ask("clickTray");
    await popoverVisible(app, true);
    await app.ask("closeWindow", "popover.html");
    await popoverVisible(app, false);
    expect(await app.quit()).toBe(0);
  });
});

describe("the other systems", () => {
  it("draws a template in two scales on macOS and opens the menu by the other click only", async () => {
    const app = apps.start({ config: { platform: "darwin" } });
    const pictures = await trayPictures(app);
    expect(pictures.map(({ scaleFactor, picture }) => [scaleFactor, picture.width])).toEqual([
      [1, 18],
      [2, 36],
    ]);
    expect((await app.ask("tray"))?.template).toBe(true);
    expect((await app.ask("tray"))?.menu).toEqual([]);
    await app.ask("clickTray", "right-click");
    expect((await app.ask("tray"))?.menu[0]?.label).toBe("Open Plimsoll");
    await popoverVisible(app, true);
    expect((await app.ask("windows"))[0]?.position).toEqual({ x: 1015, y: 33 });
  });

  it("draws four scales on Windows and names the app to it before ready", async () => {
    const app = apps.start({ config: { platform: "win32" } });
    const pictures = await trayPictures(app);
    expect(pictures.map(({ scaleFactor, picture }) => [scaleFactor, picture.width])).toEqual([
      [1, 16],
      [1.25, 20],
      [1.5, 24],
      [2, 32],
    ]);
    expect((await app.ask("facts")).beforeReady).toContain("setAppUserModelId");
    await popoverVisible(app, true);
    expect((await app.ask("windows"))[0]?.position).toEqual({ x: 1512, y: 432 });
  });

  it("opens an ordinary window where the compositor places windows, and leaves it open when the focus goes", async () => {
    const app = apps.start({ env: { XDG_SESSION_TYPE: "wayland" } });
    await popoverVisible(app, true);
    await app.ask("blur", "popover.html");
    await app.ask("press", "popover.html", "Escape");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await app.ask("windows")).toEqual([
      { url: "app://ui/popover.html", visible: true, position: null, frame: true },
    ]);
  });
});

describe("a second start", () => {
  it("hands over to the first and ends", async () => {
    const first = apps.start({ args: ["--hidden"] });
    await trayOf(first);
    expect(await first.ask("windows")).toEqual([]);
    const second = apps.start();
    expect(await second.ended).toBe(0);
    await popoverVisible(first, true);
  });

  it("in another profile is another instance", async () => {
    const first = apps.start({ args: ["--hidden"] });
    await trayOf(first);
    const other = apps.start({ args: ["--hidden"], profile: "other" });
    await trayOf(other);
  });
});
