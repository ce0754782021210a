import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { encodePng } from "./png.ts";

describe("encodePng", () => {
  it("is read back by another decoder as it was", () => {
    const image = fc
      .integer({ min: 1, max: 24 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.uint8Array({ minLength: size * size * 4, maxLength: size * size * 4 })),
      );
    fc.assert(
      fc.property(image, ([size, pixels]) => {
        const read = PNG.sync.read(encodePng(size, pixels));
        expect([read.width, read.height]).toEqual([size, size]);
        expect(Buffer.from(read.data).equals(Buffer.from(pixels))).toBe(true);
      }),
    );
  });

  it("refuses pixels that do not fill the image", () => {
    expect(() => encodePng(2, new Uint8Array(15))).toThrow(RangeError);
  });
});
