/** Device-independent pixels, origin at the top left of the main display. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacementInput {
  /** The tray icon; null where the platform does not tell (Linux). */
  readonly tray: Rectangle | null;
  readonly window: { readonly width: number; readonly height: number };
  /** The display that holds the tray: all of it, and the part that no panel covers. */
  readonly display: { readonly bounds: Rectangle; readonly workArea: Rectangle };
  /** The windowing system ignores positions (Wayland): the compositor places the window. */
  readonly placedByCompositor: boolean;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

type Side = "top" | "bottom" | "left" | "right";

/** Clear space between the window and the edge it hangs from. */
const MARGIN = 8;

/**
 * Where the popover goes: beside the icon, on the side of the panel that holds it, centred on the icon along the panel;
 * without an icon's place, into the corner where the panel's status area usually is. Always inside the work area when it
 * fits; when it does not, its top left corner is. Whole pixels. Null: do not place, the compositor does.
 */
export function placePopover({ tray, window, display, placedByCompositor }: PlacementInput): Position | null {
  if (placedByCompositor) return null;
  const { workArea } = display;
  const known = tray !== null && tray.width > 0 && tray.height > 0 && touches(tray, display.bounds) ? tray : null;
  const side = known === null ? thickestPanel(display) : sideOf(known, display);
  const right = workArea.x + workArea.width - window.width - MARGIN;
  const bottom = workArea.y + workArea.height - window.height - MARGIN;
  const alongX = known === null ? right : known.x + known.width / 2 - window.width / 2;
  const alongY = known === null ? bottom : known.y + known.height / 2 - window.height / 2;
  switch (side) {
    case "top":
      return inside(alongX, workArea.y + MARGIN, window, workArea);
    case "bottom":
      return inside(alongX, bottom, window, workArea);
    case "left":
      return inside(workArea.x + MARGIN, alongY, window, workArea);
    case "right":
      return inside(right, alongY, window, workArea);
  }
}

function touches(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The edge that the icon is at: outside the work area where there is a panel, else (auto-hidden, overflow) the nearest edge. */
function sideOf(tray: Rectangle, { bounds, workArea }: PlacementInput["display"]): Side {
  const x = tray.x + tray.width / 2;
  const y = tray.y + tray.height / 2;
  if (y < workArea.y) return "top";
  if (y >= workArea.y + workArea.height) return "bottom";
  if (x < workArea.x) return "left";
  if (x >= workArea.x + workArea.width) return "right";
  const distances: readonly (readonly [Side, number])[] = [
    ["bottom", bounds.y + bounds.height - y],
    ["top", y - bounds.y],
    ["right", bounds.x + bounds.width - x],
    ["left", x - bounds.x],
  ];
  return distances.reduce((least, next) => (next[1] < least[1] ? next : least))[0];
}

/** The side with the thickest panel; the bottom when there is none. */
function thickestPanel({ bounds, workArea }: PlacementInput["display"]): Side {
  const insets: readonly (readonly [Side, number])[] = [
    ["bottom", bounds.y + bounds.height - (workArea.y + workArea.height)],
    ["top", workArea.y - bounds.y],
    ["right", bounds.x + bounds.width - (workArea.x + workArea.width)],
    ["left", workArea.x - bounds.x],
  ];
  return insets.reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

function inside(x: number, y: number, window: PlacementInput["window"], area: Rectangle): Position {
  return {
    x: clamp(x, area.x, area.x + area.width - window.width),
    y: clamp(y, area.y, area.y + area.height - window.height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(value, most)));
}
