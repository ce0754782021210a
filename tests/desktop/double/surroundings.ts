import { EventEmitter } from "node:events";
import type { Display } from "electron";
import { config } from "./config.ts";
import { needReady } from "./life.ts";
import { loud, NotCovered } from "./loud.ts";

type CoveredDisplay = Pick<Display, "bounds" | "workArea" | "scaleFactor">;

const panel = { linux: { top: 32, bottom: 0 }, darwin: { top: 25, bottom: 0 }, win32: { top: 0, bottom: 40 } }[
  config.platform
];
const display: CoveredDisplay = loud("Display", {
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: panel.top, width: 1920, height: 1080 - panel.top - panel.bottom },
  scaleFactor: 1,
});

/** Plugged in, with somebody at it. */
class PowerMonitorDouble extends EventEmitter {
  isOnBatteryPower(): boolean {
    return false;
  }

  getSystemIdleState(): "active" {
    return "active";
  }
}

/** Emits what the computer does; the app hears it through the objects below. */
export const happenings = { screen: new EventEmitter(), power: new PowerMonitorDouble() };

export const screen = loud(
  "screen",
  Object.assign(happenings.screen, {
    getPrimaryDisplay(): CoveredDisplay {
      needReady("screen");
      return display;
    },
    getDisplayMatching(): CoveredDisplay {
      needReady("screen");
      return display;
    },
  }),
);

class NativeThemeDouble extends EventEmitter {
  readonly shouldUseDarkColors = config.dark;

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    if (config.platform === "linux") {
      throw new NotCovered("nativeTheme.shouldUseDarkColorsForSystemIntegratedUI, which Linux does not have");
    }
    return config.dark;
  }
}

export const nativeTheme = loud("nativeTheme", new NativeThemeDouble());

export const powerMonitor = loud("powerMonitor", happenings.power);

/** Addresses that the app opened outside, and errors it showed. */
export const opened: string[] = [];
export const errorBoxes: string[] = [];

export const shell = loud("shell", {
  async openExternal(address: string): Promise<void> {
    opened.push(address);
  },
});

export const dialog = loud("dialog", {
  showErrorBox(title: string, content: string): void {
    errorBoxes.push(`${title}: ${content}`);
    console.error(`double: ${title}: ${content}`);
  },
});
