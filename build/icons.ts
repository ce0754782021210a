// Draws the packages' icons from assets/app-icon.svg into build/: PNG in the usual sizes, and the two containers that
// Windows and macOS want. Run `node build/icons.ts` after changing the drawing, and commit what it writes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { icns, ico } from "./icon-containers.ts";

const root = join(import.meta.dirname, "..");
const out = join(root, "build");
const svg = readFileSync(join(root, "assets/app-icon.svg"), "utf8");

function draw(size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: "width", value: size }, font: { loadSystemFonts: false } }).render().asPng();
}

const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const images = new Map(PNG_SIZES.map((size) => [size, draw(size)]));
const pick = (sizes: readonly number[]): { size: number; png: Buffer }[] =>
  sizes.flatMap((size) => {
    const png = images.get(size);
    return png === undefined ? [] : [{ size, png }];
  });

// Linux: electron-builder takes a folder of sizes.
mkdirSync(join(out, "icons"), { recursive: true });
for (const [size, png] of images) writeFileSync(join(out, "icons", `${size}x${size}.png`), png);
writeFileSync(join(out, "icon.png"), draw(1024));
writeFileSync(join(out, "icon.ico"), ico(pick([16, 24, 32, 48, 64, 128, 256])));
writeFileSync(join(out, "icon.icns"), icns(pick([16, 32, 64, 128, 256, 512, 1024])));
console.log(`icons: ${images.size} sizes, icon.ico and icon.icns in ${out}`);
