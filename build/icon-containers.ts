/** One square PNG. */
export interface IconImage {
  readonly size: number;
  readonly png: Buffer;
}

/** A Windows icon file that holds PNGs (understood since Vista). Sizes up to 256. */
export function ico(images: readonly IconImage[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + images.length * 16;
  const directory = images.map(({ size, png }) => {
    if (size > 256) throw new RangeError(`an .ico holds no ${size} px image`);
    const entry = Buffer.alloc(16);
    entry[0] = size % 256; // 0 stands for 256
    entry[1] = size % 256;
    entry.writeUInt16LE(1, 4); // colour planes
    entry.writeUInt16LE(32, 6); // bits per pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...images.map(({ png }) => png)]);
}

/** What macOS calls each size; 32, 64, 256, 512 and 1024 are also the doubled ones of half the size. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ["icp4"],
  32: ["icp5", "ic11"],
  64: ["icp6", "ic12"],
  128: ["ic07"],
  256: ["ic08", "ic13"],
  512: ["ic09", "ic14"],
  1024: ["ic10"],
};

/** A macOS icon file that holds PNGs. */
export function icns(images: readonly IconImage[]): Buffer {
  const elements = images.flatMap(({ size, png }) => {
    const types = ICNS_TYPES[size];
    if (types === undefined) throw new RangeError(`an .icns holds no ${size} px image`);
    return types.map((type) => element(type, png));
  });
  return element("icns", Buffer.concat(elements));
}

function element(type: string, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 0, "ascii");
  header.writeUInt32BE(data.length + header.length, 4);
  return Buffer.concat([header, data]);
}
