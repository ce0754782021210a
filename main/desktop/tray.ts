import type { MenuItemConstructorOptions, NativeImage } from "electron";
import { Menu, nativeImage, Tray } from "electron";
import type { Clock } from "../../app/ports.ts";
import type { TrayAction, TrayMenuItem } from "../../app/tray/menu.ts";
import type { TrayModel } from "../../app/tray/model.ts";
import type { Rectangle } from "../../app/tray/placement.ts";
import { drawTray, type TrayScheme } from "../../app/tray/raster.ts";
import { encodePng } from "./png.ts";

/** Redraws at most this often: a panel that is asked for more drops or queues them. */
const THROTTLE_MS = 200;

export interface TrayOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly scheme: () => TrayScheme;
  readonly menu: (model: TrayModel) => readonly TrayMenuItem[];
  readonly onClick: () => void;
  readonly onAction: (action: TrayAction) => void;
  readonly onSource: (sourceId: string) => void;
}

export interface TrayIcon {
  /** Shows a model: at once, or when the throttle allows; the last one wins. What did not change is not set again. */
  update(model: TrayModel): void;
  /** Draws again because the panel's colours changed. */
  refreshScheme(): void;
  /** Null where the platform does not tell. */
  bounds(): Rectangle | null;
  destroy(): void;
}

/** Puts the icon into the tray. After `ready` only. */
export function createTrayIcon(options: TrayOptions, first: TrayModel): TrayIcon {
  const { platform, clock } = options;
  let model = first;
  let drawn = { image: imageKey(first, options.scheme()), tooltip: first.tooltip, menu: "" };
  let drawnAt = clock.now();
  let cancel: (() => void) | null = null;
  let menu: Menu | null = null;
  const tray = new Tray(trayImage(first, options.scheme(), platform));
  tray.setToolTip(first.tooltip);
  setMenu();
  if (platform === "darwin") {
    tray.setIgnoreDoubleClickEvents(true);
    // A menu that is set would open on the left click, too, and swallow `click`.
    tray.on("right-click", () => tray.popUpContextMenu(menu ?? Menu.buildFromTemplate([])));
  }
  tray.on("click", () => options.onClick());

  function setMenu(): void {
    const items = options.menu(model);
    const key = JSON.stringify(items);
    if (key === drawn.menu) return;
    drawn = { ...drawn, menu: key };
    menu = Menu.buildFromTemplate(items.map(template));
    // Linux shows a click's menu from here and from nowhere else; a changed menu has to be set again.
    if (platform !== "darwin") tray.setContextMenu(menu);
  }

  function template(item: TrayMenuItem): MenuItemConstructorOptions {
    switch (item.type) {
      case "separator":
        return { type: "separator" };
      case "note":
        return { label: plainLabel(item.label), enabled: false };
      case "source":
        return { label: plainLabel(item.label), click: () => options.onSource(item.sourceId) };
      case "action":
        return { label: plainLabel(item.label), click: () => options.onAction(item.action) };
    }
  }

  /** An ampersand marks an access key everywhere but on macOS. */
  function plainLabel(label: string): string {
    return platform === "darwin" ? label : label.replaceAll("&", "&&");
  }

  function draw(): void {
    cancel = null;
    drawnAt = clock.now();
    const scheme = options.scheme();
    const image = imageKey(model, scheme);
    if (image !== drawn.image) {
      drawn = { ...drawn, image };
      tray.setImage(trayImage(model, scheme, platform));
    }
    if (model.tooltip !== drawn.tooltip) {
      drawn = { ...drawn, tooltip: model.tooltip };
      tray.setToolTip(model.tooltip);
    }
    setMenu();
  }

  function request(): void {
    if (cancel !== null || tray.isDestroyed()) return;
    const allowedAt = drawnAt + THROTTLE_MS;
    if (clock.now() >= allowedAt) draw();
    else cancel = clock.setTimer(allowedAt, draw);
  }

  return {
    update(next) {
      model = next;
      request();
    },
    refreshScheme: request,
    bounds: () => (platform === "linux" ? null : tray.getBounds()),
    destroy() {
      cancel?.();
      if (!tray.isDestroyed()) tray.destroy();
    },
  };
}

function imageKey(model: TrayModel, scheme: TrayScheme): string {
  return `${model.state}/${model.fill}/${scheme}`;
}

/** Pixel sizes and scale factors per platform. Linux takes one: Electron would use the largest anyway. */
function sizes(platform: NodeJS.Platform): readonly { readonly pixels: number; readonly scaleFactor: number }[] {
  switch (platform) {
    case "darwin":
      return [1, 2].map((scaleFactor) => ({ pixels: 18 * scaleFactor, scaleFactor }));
    case "win32":
      return [1, 1.25, 1.5, 2].map((scaleFactor) => ({ pixels: 16 * scaleFactor, scaleFactor }));
    default:
      return [{ pixels: 48, scaleFactor: 1 }];
  }
}

/** PNG and not a bitmap: the byte order of `createFromBitmap` differs between platforms. */
function trayImage(model: TrayModel, scheme: TrayScheme, platform: NodeJS.Platform): NativeImage {
  const [first, ...rest] = sizes(platform).map(({ pixels, scaleFactor }) => ({
    scaleFactor,
    buffer: encodePng(pixels, drawTray(model, pixels, scheme).pixels),
  }));
  if (first === undefined) return nativeImage.createEmpty();
  const image = nativeImage.createFromBuffer(first.buffer, { scaleFactor: first.scaleFactor });
  for (const representation of rest) image.addRepresentation(representation);
  if (scheme === "template") image.setTemplateImage(true);
  return image;
}
