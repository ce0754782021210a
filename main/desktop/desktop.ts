import { join } from "node:path";
import {
  app,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
} from "electron";
import type { SnoozeLength, SnoozeTarget } from "../../app/alerts/desk.ts";
import type { AppState, SettingsPlace } from "../../app/contract/contract.ts";
import { type TrayAction, trayMenu } from "../../app/tray/menu.ts";
import { type TrayModel, trayModel } from "../../app/tray/model.ts";
import { BODY_BYTES } from "../../app/wording/alert-words.ts";
import { deliveryWords } from "../../app/wording/delivery-words.ts";
import { createFormats } from "../../app/wording/formats.ts";
import { createTranslator } from "../../app/wording/translate.ts";
import { AttachError } from "../host/attach/attach-error.ts";
import type { FaceEngine } from "../host/attach/shared-engine.ts";
import { createNetworkWatch } from "../host/network-watch.ts";
import { composeEngine, type HostBasics } from "./composition.ts";
import { guardSession, installGuards } from "./guards.ts";
import { connectPages } from "./ipc.ts";
import type { LaunchOptions } from "./launch-options.ts";
import { createNotifier } from "./notifier.ts";
import { createPageWindows } from "./page-windows.ts";
import { createPopover } from "./popover-window.ts";
import { createPowerWatch } from "./power.ts";
import { serveUi } from "./protocol.ts";
import { createSettingsWindow } from "./settings-window.ts";
import { createTrayIcon, type TrayIcon } from "./tray.ts";
import { createVault } from "./vault.ts";
import { placedByCompositor, type Surroundings, trayScheme } from "./windowing.ts";

/** The words of tray and notifications. English until there are catalogs; figures and times as in the user's English. */
function desktopLanguage(): string {
  return app.getPreferredSystemLanguages().find((tag) => tag === "en" || tag.startsWith("en-")) ?? "en";
}

/** Runs the app from before `ready` to its end. What must happen before `ready` happens in this turn. */
export function runDesktop(launch: LaunchOptions, host: HostBasics): void {
  const { clock, logger } = host;
  const surroundings: Surroundings = { platform: process.platform, env: process.env, argv: process.argv };
  const built = {
    preload: join(import.meta.dirname, "../preload/index.cjs"),
    renderer: join(import.meta.dirname, "../../renderer"),
  };
  const windows = createPageWindows();
  let tray: TrayIcon | null = null;
  let engine: FaceEngine | null = null;
  let started = false;
  let stopped = false;

  installGuards(app, logger);
  const settings = createSettingsWindow({ windows, preload: built.preload, packaged: app.isPackaged });
  const popover = createPopover({
    platform: process.platform,
    clock,
    windows,
    preload: built.preload,
    packaged: app.isPackaged,
    surroundings: () => {
      const bounds = tray?.bounds() ?? null;
      const display = bounds === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(bounds);
      return { tray: bounds, display, placedByCompositor: placedByCompositor(surroundings) };
    },
    onOpened: () => engine?.wake("opened"),
  });

  /** For what nobody waits for: a page that does not open must be in the log. */
  const report = (what: string) => (error: unknown) => {
    logger.log("error", what, { error: error instanceof Error ? error.message : String(error) });
  };
  const openPopover = (): void => {
    // Before that there is nothing to show; a start by hand ends with opening it anyway.
    if (started) popover.show().catch(report("popover-not-opened"));
  };
  const showSource = (sourceId: string): void => {
    popover.show().then(() => engine?.showSource(sourceId), report("popover-not-opened"));
  };
  const openSettings = (place: SettingsPlace): void => {
    settings.open(place).catch(report("settings-not-opened"));
  };
  const snooze = (targets: readonly SnoozeTarget[], until: SnoozeLength): void => {
    for (const target of targets) {
      engine?.handle("alerts.snooze", { ...target, until }).then((result) => {
        if (!result.ok) logger.log("warn", "not-snoozed", { source: target.sourceId, code: result.error.code });
      }, report("not-snoozed"));
    }
  };
  const act = (action: TrayAction): void => {
    switch (action) {
      case "open":
        openPopover();
        break;
      case "refresh":
        engine?.handle("sources.refresh", { id: null }).catch(report("refresh-failed"));
        break;
      case "settings":
        openSettings({ type: "start" });
        break;
      case "quit":
        app.quit();
    }
  };

  async function start(): Promise<void> {
    guardSession(session.defaultSession, logger);
    serveUi(protocol, built.renderer, logger);
    setApplicationMenu();
    const language = desktopLanguage();
    const t = createTranslator(language, {});
    const f = createFormats({ language });
    const power = createPowerWatch(powerMonitor, createNetworkWatch({ env: process.env }), clock);
    const made = composeEngine({
      host,
      demo: launch.demo,
      version: app.getVersion(),
      vault: createVault({
        safeStorage,
        platform: process.platform,
        path: join(host.directory, "secrets.json"),
        clock,
        logger,
        redactor: host.redactor,
      }),
      alerts: createNotifier({
        platform: process.platform,
        clock,
        logger,
        words: (delivery) => deliveryWords(delivery, clock.now(), f, t, BODY_BYTES),
        snoozeWords: (length) => t(`notification.snooze-${length}`),
        onClick: showSource,
        onSnooze: snooze,
      }),
      conditions: power,
      shell: { openSettings },
    });
    engine = made;
    await made.start();
    connectPages(ipcMain, made, windows, logger);
    const modelOf = (state: AppState): TrayModel => trayModel(state, clock.now(), f, t);
    const icon = createTrayIcon(
      {
        platform: process.platform,
        clock,
        scheme: () =>
          trayScheme(surroundings, {
            // Undefined on Linux, where the panel's colours are not known.
            system: process.platform !== "linux" && nativeTheme.shouldUseDarkColorsForSystemIntegratedUI,
            apps: nativeTheme.shouldUseDarkColors,
          }),
        menu: (model) => trayMenu(model, t),
        onClick: () => {
          popover.toggle().catch(report("popover-not-opened"));
        },
        onAction: act,
        onSource: showSource,
      },
      modelOf(made.state()),
    );
    tray = icon;
    made.onState((state) => icon.update(modelOf(state)));
    nativeTheme.on("updated", () => icon.refreshScheme());
    screen.on("display-metrics-changed", () => popover.replace());
    power.onWake((reason) => made.wake(reason));
    started = true;
    // Somebody who starts an app wants to see it, and there may be no tray to see.
    if (!launch.hidden) openPopover();
  }

  /** Writes what is due, then quits again. Nothing may keep the app from leaving. */
  async function leave(): Promise<void> {
    await engine?.stop().catch(report("stop-failed"));
    await host.close().catch(() => undefined);
    app.quit();
  }

  app.on("second-instance", openPopover);
  app.on("activate", openPopover);
  // The app lives in the tray: closing the last window is not leaving. Without a listener Electron would quit.
  app.on("window-all-closed", () => {});
  app.on("before-quit", () => popover.allowClose());
  app.on("will-quit", (event) => {
    if (stopped) return;
    // Once more when the engine has written what was due.
    event.preventDefault();
    stopped = true;
    tray?.destroy();
    void leave();
  });
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      report("start-failed")(error);
      const why = error instanceof AttachError ? `${error.message}.` : `Its log in ${host.directory} says more.`;
      dialog.showErrorBox("Plimsoll could not start", why);
      app.exit(1);
    });
}

/** macOS takes copy, paste and quit from the menu bar; elsewhere a menu would only take space. */
function setApplicationMenu(): void {
  Menu.setApplicationMenu(
    process.platform === "darwin"
      ? Menu.buildFromTemplate([{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }])
      : null,
  );
}
