import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlacementInput, placePopover, type Rectangle } from "./placement.ts";

const window = { width: 380, height: 560 };
const bounds: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };

interface Row {
  name: string;
  tray: Rectangle | null;
  workArea: Rectangle;
  bounds?: Rectangle;
  at: { x: number; y: number };
}

const rows: Row[] = [
  {
    name: "taskbar below: above it, centred on the icon",
    tray: { x: 1500, y: 1044, width: 24, height: 32 },
    workArea: { x: 0, y: 0, width: 1920, height: 1040 },
    at: { x: 1322, y: 472 },
  },
  {
    name: "icon near the right end: pushed back into the work area",
    tray: { x: 1880, y: 1044, width: 24, height: 32 },
    workArea: { x: 0, y: 0, width: 1920, height: 1040 },
    at: { x: 1540, y: 472 },
  },
  {
    name: "menu bar above",
    tray: { x: 1200, y: 0, width: 30, height: 24 },
    workArea: { x: 0, y: 25, width: 1920, height: 1055 },
    at: { x: 1025, y: 33 },
  },
  {
    name: "taskbar on the left",
    tray: { x: 10, y: 900, width: 32, height: 24 },
    workArea: { x: 62, y: 0, width: 1858, height: 1080 },
    at: { x: 70, y: 520 },
  },
  {
    name: "taskbar on the right",
    tray: { x: 1870, y: 600, width: 32, height: 24 },
    workArea: { x: 0, y: 0, width: 1858, height: 1080 },
    at: { x: 1470, y: 332 },
  },
  {
    name: "overflow flyout inside the work area: the nearest edge",
    tray: { x: 1500, y: 980, width: 24, height: 24 },
    workArea: { x: 0, y: 0, width: 1920, height: 1040 },
    at: { x: 1322, y: 472 },
  },
  {
    name: "second display left of the main one",
    bounds: { x: -1280, y: 0, width: 1280, height: 1024 },
    tray: { x: -200, y: 1000, width: 24, height: 20 },
    workArea: { x: -1280, y: 0, width: 1280, height: 984 },
    at: { x: -380, y: 416 },
  },
  {
    name: "no place known, panel above: top right corner",
    tray: null,
    workArea: { x: 0, y: 32, width: 1920, height: 1048 },
    at: { x: 1532, y: 40 },
  },
  {
    name: "no place known, panel below: bottom right corner",
    tray: null,
    workArea: { x: 0, y: 0, width: 1920, height: 1036 },
    at: { x: 1532, y: 468 },
  },
  {
    name: "an empty rectangle is no place",
    tray: { x: 0, y: 0, width: 0, height: 0 },
    workArea: { x: 0, y: 0, width: 1920, height: 1036 },
    at: { x: 1532, y: 468 },
  },
  {
    name: "a place off the display (a hidden menu bar item) is no place",
    tray: { x: 500, y: 1080, width: 30, height: 24 },
    workArea: { x: 0, y: 25, width: 1920, height: 1055 },
    at: { x: 1532, y: 33 },
  },
  {
    name: "too small a work area: the top left corner stays visible",
    tray: null,
    bounds: { x: 0, y: 0, width: 320, height: 240 },
    workArea: { x: 0, y: 20, width: 320, height: 220 },
    at: { x: 0, y: 20 },
  },
];

describe("placePopover", () => {
  it.each(rows)("$name", ({ tray, workArea, bounds: own, at }) => {
    expect(
      placePopover({ tray, window, display: { bounds: own ?? bounds, workArea }, placedByCompositor: false }),
    ).toEqual(at);
  });

  it("leaves placing to the compositor", () => {
    expect(
      placePopover({ tray: null, window, display: { bounds, workArea: bounds }, placedByCompositor: true }),
    ).toBeNull();
  });

  it("is inside the work area whenever it fits, wherever the icon is", () => {
    const side = fc.integer({ min: -4000, max: 4000 });
    const input: fc.Arbitrary<PlacementInput> = fc
      .record({
        x: side,
        y: side,
        width: fc.integer({ min: 400, max: 4000 }),
        height: fc.integer({ min: 300, max: 3000 }),
        insets: fc.tuple(fc.nat(90), fc.nat(90), fc.nat(90), fc.nat(90)),
        tray: fc.option(
          fc.record({
            x: side,
            y: side,
            width: fc.integer({ min: 0, max: 60 }),
            height: fc.integer({ min: 0, max: 60 }),
          }),
        ),
        window: fc.record({ width: fc.integer({ min: 1, max: 800 }), height: fc.integer({ min: 1, max: 900 }) }),
      })
      .map(({ x, y, width, height, insets: [top, right, bottom, left], tray, window: size }) => ({
        tray,
        window: size,
        display: {
          bounds: { x, y, width, height },
          workArea: { x: x + left, y: y + top, width: width - left - right, height: height - top - bottom },
        },
        placedByCompositor: false,
      }));
    fc.assert(
      fc.property(input, (given) => {
        const at = placePopover(given);
        const { workArea } = given.display;
        if (at === null) throw new Error("not placed");
        expect(Number.isInteger(at.x) && Number.isInteger(at.y)).toBe(true);
        expect(at.x).toBeGreaterThanOrEqual(workArea.x);
        expect(at.y).toBeGreaterThanOrEqual(workArea.y);
        if (given.window.width <= workArea.width) {
          expect(at.x + given.window.width).toBeLessThanOrEqual(workArea.x + workArea.width);
        }
        if (given.window.height <= workArea.height) {
          expect(at.y + given.window.height).toBeLessThanOrEqual(workArea.y + workArea.height);
        }
      }),
    );
  });
});
