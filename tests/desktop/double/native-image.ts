import type { AddRepresentationOptions, CreateFromBufferOptions } from "electron";
import { PNG } from "pngjs";
import { needReady } from "./life.ts";
import { loud, NotCovered } from "./loud.ts";

/** One picture in several scales. */
export class NativeImageDouble {
  readonly representations = new Map<number, Buffer>();
  isMacTemplateImage = false;

  addRepresentation({ scaleFactor = 1, buffer }: AddRepresentationOptions): void {
    if (buffer === undefined) throw new NotCovered("a representation without a buffer");
    PNG.sync.read(buffer);
    this.representations.set(scaleFactor, buffer);
  }

  isEmpty(): boolean {
    return this.representations.size === 0;
  }

  setTemplateImage(option: boolean): void {
    this.isMacTemplateImage = option;
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }

  getScaleFactors(): number[] {
    return [...this.representations.keys()];
  }

  /** In device-independent pixels of the first scale. */
  getSize(): { width: number; height: number } {
    const [first] = this.representations;
    if (first === undefined) return { width: 0, height: 0 };
    const { width, height } = PNG.sync.read(first[1]);
    return { width: width / first[0], height: height / first[0] };
  }
}

const images = new WeakMap<object, NativeImageDouble>();

/** What lies behind an image that was handed to the app. */
export function imageBehind(image: unknown): NativeImageDouble {
  const found = typeof image === "object" && image !== null ? images.get(image) : undefined;
  if (found === undefined) throw new NotCovered("an image that did not come from nativeImage");
  return found;
}

function handOut(image: NativeImageDouble): NativeImageDouble {
  const proxy = loud("NativeImage", image);
  images.set(proxy, image);
  return proxy;
}

export const nativeImage = loud("nativeImage", {
  createEmpty: () => handOut(new NativeImageDouble()),
  /** Throws where Electron would return an empty image: when the buffer is no PNG. */
  createFromBuffer(buffer: Buffer, options: CreateFromBufferOptions = {}): NativeImageDouble {
    needReady("nativeImage.createFromBuffer");
    const image = new NativeImageDouble();
    image.addRepresentation({ scaleFactor: options.scaleFactor ?? 1, buffer });
    return handOut(image);
  },
  createFromBitmap(): never {
    throw new Error("the byte order of createFromBitmap depends on the platform");
  },
});
