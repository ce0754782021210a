import type { TrayState } from "./model.ts";

/** Ink for a light panel, for a dark one, or black with alpha that the platform tints itself (macOS). */
export type TrayScheme = "light" | "dark" | "template";

/** Straight (not premultiplied) RGBA, four bytes per pixel, rows from the top. */
export interface TrayImage {
  readonly size: number;
  readonly pixels: Uint8Array;
}

export interface TrayPicture {
  readonly state: TrayState;
  /** Percent left, 0–100; null draws no level. */
  readonly fill: number | null;
}

type Ink = readonly [red: number, green: number, blue: number];
/** True where there is ink. Coordinates in pixels, the origin in the middle, y downwards. */
type Shape = (x: number, y: number) => boolean;

/** Points per pixel and axis at which a shape is asked. Only products and comparisons, so every machine draws the same. */
const SAMPLES = 8;

/**
 * Draws the Plimsoll mark at `size` pixels (16 or more): a ring with a bar across it, filled from below to what is left.
 * States differ by shape, so that they can be told without colour:
 * - ok: ring, bar, level. low: the bar is heavier. used-up: a heavy ring with nothing in it.
 * - trouble: the lower right gives way to an exclamation mark. demo: the ring is broken into pieces.
 * - paused: two upright bars. unknown: the bar is three dots. empty: a plus, for "add one".
 */
export function drawTray(picture: TrayPicture, size: number, scheme: TrayScheme): TrayImage {
  const shape = shapeOf(picture, geometry(size));
  const [red, green, blue] = ink(picture.state, scheme);
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const covered = coverage(shape, column - size / 2, row - size / 2);
      if (covered === 0) continue;
      const at = (row * size + column) * 4;
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      pixels[at + 3] = Math.round((covered * 255) / (SAMPLES * SAMPLES));
    }
  }
  return { size, pixels };
}

function coverage(shape: Shape, left: number, top: number): number {
  let inside = 0;
  for (let j = 0; j < SAMPLES; j += 1) {
    const y = top + (j + 0.5) / SAMPLES;
    for (let i = 0; i < SAMPLES; i += 1) {
      if (shape(left + (i + 0.5) / SAMPLES, y)) inside += 1;
    }
  }
  return inside;
}

interface Geometry {
  /** One sixteenth of the icon. */
  readonly unit: number;
  readonly outer: number;
  readonly stroke: number;
  /** Half the bar's thickness; whole, so that the bar's edges fall on pixel edges. */
  readonly bar: number;
  /** Clear space between the bar and the level. */
  readonly gap: number;
}

function geometry(size: number): Geometry {
  const unit = size / 16;
  const whole = Math.max(1, Math.floor((size + 7) / 16));
  return { unit, outer: size / 2 - whole, stroke: 1.5 * unit, bar: whole, gap: whole };
}

function shapeOf({ state, fill }: TrayPicture, g: Geometry): Shape {
  switch (state) {
    case "ok":
      return either(ring(g, g.stroke), bar(g, g.bar), level(g, g.bar, fill));
    case "low": {
      const heavy = g.bar + Math.max(1, Math.floor(g.bar / 2));
      return either(ring(g, g.stroke), bar(g, heavy), level(g, heavy, fill));
    }
    case "used-up":
      return either(ring(g, 2.5 * g.unit), bar(g, g.bar));
    case "trouble": {
      const mark = either(ring(g, g.stroke), bar(g, g.bar), level(g, g.bar, fill));
      const notch: Shape = (x, y) => x > 2.5 * g.unit && y > -2 * g.unit;
      return either((x, y) => mark(x, y) && !notch(x, y), exclamation(g));
    }
    case "demo": {
      const whole = ring(g, g.stroke);
      // Four pieces: broken where the diagonals cross it.
      const broken: Shape = (x, y) => whole(x, y) && Math.abs(Math.abs(x) - Math.abs(y)) > 2.5 * g.unit;
      const inset = { ...g, outer: g.outer - g.stroke };
      return either(broken, bar(g, g.bar), level(inset, g.bar, fill));
    }
    case "paused":
      return either(ring(g, g.stroke), (x, y) => {
        const across = Math.abs(x);
        return across >= g.bar && across <= 3 * g.unit && Math.abs(y) <= 3 * g.unit;
      });
    case "unknown":
      return either(ring(g, g.stroke), (x, y) => {
        const nearest = Math.abs(x) < 1.75 * g.unit ? 0 : Math.sign(x) * 3.25 * g.unit;
        return inDisc(x - nearest, y, 1.1 * g.unit);
      });
    case "empty":
      return either(ring(g, g.stroke), (x, y) => {
        const a = Math.abs(x);
        const b = Math.abs(y);
        return (a <= g.bar && b <= 3.5 * g.unit) || (b <= g.bar && a <= 3.5 * g.unit);
      });
  }
}

function either(...shapes: readonly Shape[]): Shape {
  return (x, y) => shapes.some((shape) => shape(x, y));
}

function inDisc(x: number, y: number, radius: number): boolean {
  return x * x + y * y <= radius * radius;
}

function ring(g: Geometry, stroke: number): Shape {
  return (x, y) => inDisc(x, y, g.outer) && !inDisc(x, y, g.outer - stroke);
}

function bar(g: Geometry, half: number): Shape {
  return (x, y) => Math.abs(y) <= half && Math.abs(x) <= 8 * g.unit;
}

/**
 * The inside of the ring from below up to the level. What the bar and its clear space hide is left out of the scale,
 * so that every percent moves something: the lower part stands for 0–50, the upper for 50–100.
 */
function level(g: Geometry, barHalf: number, fill: number | null): Shape {
  if (fill === null || fill <= 0) return () => false;
  const radius = g.outer - g.stroke / 2;
  const clear = barHalf + g.gap;
  const visible = g.outer - g.stroke - clear;
  // A sliver would be lost at 16 pixels: show at least half a pixel's worth of it.
  const lower = Math.min(1, Math.max(fill / 50, 0.2));
  const upper = Math.min(1, Math.max(0, (fill - 50) / 50));
  const bottom = g.outer - g.stroke;
  return (x, y) => {
    if (!inDisc(x, y, radius)) return false;
    if (y >= clear) return y >= bottom - visible * lower;
    return upper > 0 && y <= -clear && y >= -clear - visible * upper - (upper === 1 ? g.stroke : 0);
  };
}

function exclamation(g: Geometry): Shape {
  const middle = 5.5 * g.unit;
  return (x, y) => {
    const across = Math.abs(x - middle) <= g.unit * 1.25;
    return across && ((y >= -g.unit && y <= 4 * g.unit) || (y >= 5.25 * g.unit && y <= 7.75 * g.unit));
  };
}

const NEUTRAL: Readonly<Record<TrayScheme, Ink>> = {
  light: [0x1f, 0x22, 0x28],
  dark: [0xff, 0xff, 0xff],
  template: [0, 0, 0],
};
const AMBER: Readonly<Record<TrayScheme, Ink>> = {
  light: [0x9a, 0x52, 0x00],
  dark: [0xff, 0xc2, 0x4b],
  template: [0, 0, 0],
};
const RED: Readonly<Record<TrayScheme, Ink>> = {
  light: [0xb3, 0x1b, 0x1b],
  dark: [0xff, 0x8a, 0x80],
  template: [0, 0, 0],
};

function ink(state: TrayState, scheme: TrayScheme): Ink {
  switch (state) {
    case "low":
      return AMBER[scheme];
    case "used-up":
      return RED[scheme];
    case "ok":
    case "trouble":
    case "demo":
    case "empty":
    case "paused":
    case "unknown":
      return NEUTRAL[scheme];
  }
}
