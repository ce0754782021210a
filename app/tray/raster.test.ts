import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { TrayState } from "./model.ts";
import { drawTray, type TrayImage, type TrayPicture, type TrayScheme } from "./raster.ts";

const STATES: readonly TrayState[] = ["ok", "low", "used-up", "trouble", "demo", "empty", "paused", "unknown"];
const SCHEMES: readonly TrayScheme[] = ["light", "dark", "template"];
const SIZES = [16, 18, 20, 22, 24, 32, 36, 48] as const;

function alpha(image: TrayImage, x: number, y: number): number {
  return image.pixels[(y * image.size + x) * 4 + 3] ?? 0;
}

/** One character per pixel by coverage, trailing blanks cut. */
function ascii(image: TrayImage): string[] {
  return Array.from({ length: image.size }, (_, y) =>
    Array.from({ length: image.size }, (_, x) => " .:-=+*%@#"[Math.min(9, Math.floor(alpha(image, x, y) / 25.6))])
      .join("")
      .trimEnd(),
  );
}

function picture(state: TrayState): TrayPicture {
  return {
    state,
    fill: { low: 15, "used-up": 0, ok: 70, demo: 70, trouble: 70, empty: null, paused: null, unknown: null }[state],
  };
}

/** How many pixels two images tell apart by more than half their alpha. */
function difference(a: TrayImage, b: TrayImage): number {
  let count = 0;
  for (let at = 3; at < a.pixels.length; at += 4) {
    if (Math.abs((a.pixels[at] ?? 0) - (b.pixels[at] ?? 0)) > 127) count += 1;
  }
  return count;
}

describe("drawTray", () => {
  it("is readable at 16 pixels: ok", () => {
    expect(ascii(drawTray({ state: "ok", fill: 70 }, 16, "template"))).toMatchInlineSnapshot(`
      [
        "",
        "     +@##@+",
        "   -##%++%##-",
        "  -#%.    .%#-",
        "  ##--------##",
        " +############+",
        " @%          %@",
        "################",
        "################",
        " @%          %@",
        " +############+",
        "  ############",
        "  -##########-",
        "   -########-",
        "     +@##@+",
        "",
      ]
    `);
  });

  it("is readable at 16 pixels: low", () => {
    expect(ascii(drawTray({ state: "low", fill: 15 }, 16, "template"))).toMatchInlineSnapshot(`
      [
        "",
        "     +@##@+",
        "   -##%++%##-",
        "  -#%.    .%#-",
        "  #%        %#",
        " +#.        .#+",
        "################",
        "################",
        "################",
        "################",
        " +#.        .#+",
        "  #%        %#",
        "  -#%::::::%#-",
        "   -########-",
        "     +@##@+",
        "",
      ]
    `);
  });

  it("is readable at 16 pixels: used up", () => {
    expect(ascii(drawTray({ state: "used-up", fill: 0 }, 16, "template"))).toMatchInlineSnapshot(`
      [
        "",
        "     +@##@+",
        "   -########-",
        "  -###%++%###-",
        "  ###:    :###",
        " +##:      :##+",
        " @#%        %#@",
        "################",
        "################",
        " @#%        %#@",
        " +##:      :##+",
        "  ###:    :###",
        "  -###%++%###-",
        "   -########-",
        "     +@##@+",
        "",
      ]
    `);
  });

  it("is readable at 16 pixels: trouble", () => {
    expect(ascii(drawTray({ state: "trouble", fill: null }, 16, "template"))).toMatchInlineSnapshot(`
      [
        "",
        "     +@##@+",
        "   -##%++%##-",
        "  -#%.    .%#-",
        "  #%        %#",
        " +#.        .#+",
        " @%",
        "##########+ %#%",
        "##########+ %#%",
        " @%         %#%",
        " +#.        %#%",
        "  #%        %#%",
        "  -#%.",
        "   -##%++%= +%+",
        "     +@##@- %#%",
        "            +%+",
      ]
    `);
  });

  it("is readable at 16 pixels: paused", () => {
    expect(ascii(drawTray({ state: "paused", fill: null }, 16, "template"))).toMatchInlineSnapshot(`
      [
        "",
        "     +@##@+",
        "   -##%++%##-",
        "  -#%.    .%#-",
        "  #%        %#",
        " +#. ##  ## .#+",
        " @%  ##  ##  %@",
        " #+  ##  ##  +#",
        " #+  ##  ##  +#",
        " @%  ##  ##  %@",
        " +#. ##  ## .#+",
        "  #%        %#",
        "  -#%.    .%#-",
        "   -##%++%##-",
        "     +@##@+",
        "",
      ]
    `);
  });

  it.each(SIZES)("draws the same at %i pixels as it did", (size) => {
    const hash = createHash("sha256");
    for (const scheme of SCHEMES) {
      for (const state of STATES) hash.update(drawTray(picture(state), size, scheme).pixels);
    }
    expect(hash.digest("hex").slice(0, 16)).toMatchSnapshot();
  });

  it.each(SIZES)("tells every state by shape alone at %i pixels", (size) => {
    for (const a of STATES) {
      for (const b of STATES) {
        if (a === b) continue;
        const apart = difference(drawTray(picture(a), size, "template"), drawTray(picture(b), size, "template"));
        expect(apart, `${a} and ${b}`).toBeGreaterThan(size / 2);
      }
    }
  });

  it("moves with what is left and never the other way", () => {
    for (const size of SIZES) {
      let before = -1;
      for (let fill = 0; fill <= 100; fill += 1) {
        const { pixels } = drawTray({ state: "ok", fill }, size, "dark");
        const sum = pixels.filter((_, at) => at % 4 === 3).reduce((total, value) => total + value, 0);
        expect(sum, `${fill} % at ${size}`).toBeGreaterThanOrEqual(before);
        before = sum;
      }
    }
  });

  it("shows a little left as something and used up as nothing", () => {
    const little = drawTray({ state: "ok", fill: 1 }, 16, "template");
    const nothing = drawTray({ state: "ok", fill: 0 }, 16, "template");
    expect(little.pixels).not.toEqual(nothing.pixels);
  });

  it("leaves colour to the platform in the template and keeps transparent pixels black", () => {
    for (const state of STATES) {
      const { pixels } = drawTray(picture(state), 32, "template");
      for (let at = 0; at < pixels.length; at += 4) {
        expect([pixels[at], pixels[at + 1], pixels[at + 2]]).toEqual([0, 0, 0]);
      }
    }
  });

  it("has a clear row above and below, so that no panel cuts the ring", () => {
    for (const size of SIZES) {
      for (const state of ["ok", "low", "used-up", "paused", "unknown", "empty"] as const) {
        const image = drawTray({ ...picture(state) }, size, "dark");
        for (let x = 0; x < size; x += 1) {
          expect(alpha(image, x, 0)).toBe(0);
          expect(alpha(image, x, size - 1)).toBe(0);
        }
      }
    }
  });
});
