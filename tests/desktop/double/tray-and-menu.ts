import { EventEmitter } from "node:events";
import type { Tray as ElectronTray, MenuItemConstructorOptions } from "electron";
import { config } from "./config.ts";
import { needReady } from "./life.ts";
import { loudClass, NotCovered } from "./loud.ts";
import { imageBehind, type NativeImageDouble } from "./native-image.ts";

/** A menu as the app made it. */
class MenuDouble {
  static applicationMenu: MenuDouble | null = null;
  readonly items: readonly MenuItemConstructorOptions[];

  constructor(items: readonly MenuItemConstructorOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): MenuDouble {
    needReady("Menu.buildFromTemplate");
    for (const item of template) {
      if (item.type !== "separator" && item.label === undefined && item.role === undefined) {
        throw new TypeError("Required option: label or role");
      }
    }
    return new MenuDouble(template);
  }

  static setApplicationMenu(menu: MenuDouble | null): void {
    MenuDouble.applicationMenu = menu;
  }
}

export const Menu = loudClass("Menu", MenuDouble);

type Covered = "setImage" | "setToolTip" | "isDestroyed" | "destroy" | "getBounds" | "setIgnoreDoubleClickEvents";

/** The icons in the tray, for the tests. */
export const trays: TrayDouble[] = [];

class TrayDouble extends EventEmitter implements Pick<ElectronTray, Covered> {
  image: NativeImageDouble;
  tooltip = "";
  menu: MenuDouble | null = null;
  poppedUp: MenuDouble | null = null;
  destroyed = false;
  /** How often each part was set. */
  readonly sets = { image: 1, tooltip: 0, menu: 0 };

  constructor(image: unknown) {
    super();
    needReady("new Tray");
    this.image = notEmpty(image);
    trays.push(this);
  }

  setImage(image: unknown): void {
    this.image = notEmpty(image);
    this.sets.image += 1;
  }

  setToolTip(toolTip: string): void {
    if (config.platform === "win32" && toolTip.length > 127) throw new Error("Windows shows at most 127 characters");
    this.tooltip = toolTip;
    this.sets.tooltip += 1;
  }

  setContextMenu(menu: MenuDouble | null): void {
    if (config.platform === "darwin") throw new Error("on macOS a context menu swallows the left click");
    this.menu = menu;
    this.sets.menu += 1;
  }

  setIgnoreDoubleClickEvents(): void {
    only("setIgnoreDoubleClickEvents", "darwin");
  }

  popUpContextMenu(menu?: MenuDouble): void {
    only("popUpContextMenu", "darwin", "win32");
    this.poppedUp = menu ?? this.menu;
  }

  getBounds(): { x: number; y: number; width: number; height: number } {
    only("getBounds", "darwin", "win32");
    return config.platform === "darwin"
      ? { x: 1200, y: 0, width: 30, height: 24 }
      : { x: 1700, y: 1044, width: 24, height: 32 };
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

export const Tray = loudClass("Tray", TrayDouble, (tray) => tray.destroyed);

function only(method: string, ...platforms: readonly string[]): void {
  if (!platforms.includes(config.platform))
    throw new NotCovered(`tray.${method}, which ${config.platform} does not have`);
}

function notEmpty(image: unknown): NativeImageDouble {
  const behind = imageBehind(image);
  if (behind.isEmpty()) throw new Error("an empty image makes an invisible icon");
  return behind;
}
