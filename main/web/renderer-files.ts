import { readdir } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

/** A file of the built UI. */
export interface RendererFile {
  readonly diskPath: string;
  readonly contentType: string;
  /** A page, as opposed to what pages load. */
  readonly isDocument: boolean;
  /** Its name changes with its content, so a browser may keep it for good. */
  readonly immutable: boolean;
}

/** Request paths ("/assets/x.js") and the files behind them. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/** The UI was not built, or not completely. */
export class RendererMissing extends Error {
  override readonly name = "RendererMissing";
}

const TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
  [".woff", "font/woff"],
]);

const HASHED = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/**
 * Lists what may be served, once, at start. A request is only ever looked up in this list, so no path is made from
 * what a client sends. Links and files of other types are left out.
 * Throws RendererMissing when the pages are not there.
 */
export async function listRendererFiles(dir: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  for (const entry of await entriesOf(dir)) {
    const contentType = TYPES.get(extname(entry.name));
    if (!entry.isFile() || contentType === undefined) continue;
    const diskPath = join(entry.parentPath, entry.name);
    const path = `/${relative(dir, diskPath).split(sep).join("/")}`;
    files.set(path, {
      diskPath,
      contentType,
      isDocument: extname(entry.name) === ".html",
      immutable: HASHED.test(path),
    });
  }
  const popover = files.get("/popover.html");
  if (popover === undefined || !files.has("/settings.html")) {
    throw new RendererMissing(`the built pages are not in ${dir}`);
  }
  return files.set("/", popover);
}

async function entriesOf(dir: string) {
  try {
    return await readdir(dir, { recursive: true, withFileTypes: true });
  } catch {
    throw new RendererMissing(`the built pages are not in ${dir}`);
  }
}
