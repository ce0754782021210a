import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Protocol } from "electron";
import type { Logger } from "../../app/ports.ts";
import { isOurs, UI_SCHEME } from "./identity.ts";

/** What a page may do. Styles are files, scripts are files, nothing is loaded from anywhere else and nothing is sent. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** What the build puts out: two pages at the top, and the files they load in one folder. */
const ALLOWED = /^\/(?:[a-z]+\.html|assets\/[A-Za-z0-9_.-]+\.(?:js|css|woff2|svg|png))$/;

const MIME_TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  png: "image/png",
};

/** The file below the pages' folder that an address stands for, or null when it is none that we serve. */
export function fileFor(address: string): { readonly path: string; readonly mimeType: string } | null {
  if (!isOurs(address)) return null;
  const { pathname } = new URL(address);
  if (!ALLOWED.test(pathname) || pathname.includes("..")) return null;
  const mimeType = MIME_TYPES[pathname.slice(pathname.lastIndexOf(".") + 1)];
  return mimeType === undefined ? null : { path: pathname.slice(1), mimeType };
}

/** Before `ready`: makes app:// a standard, secure scheme, so that its pages have an origin that 'self' means. */
export function registerScheme(protocol: Pick<Protocol, "registerSchemesAsPrivileged">): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: UI_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** After `ready`: answers app://ui/… from the built pages and nothing else. */
export function serveUi(protocol: Pick<Protocol, "handle">, folder: string, logger: Logger): void {
  protocol.handle(UI_SCHEME, async (request) => {
    const file = request.method === "GET" ? fileFor(request.url) : null;
    if (file === null) return refuse(404);
    try {
      const body = await readFile(join(folder, file.path));
      return new Response(new Uint8Array(body), {
        headers: {
          "content-type": file.mimeType,
          "content-security-policy": CONTENT_SECURITY_POLICY,
          "x-content-type-options": "nosniff",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "referrer-policy": "no-referrer",
        },
      });
    } catch {
      logger.log("error", "ui-file-missing", { path: file.path });
      return refuse(404);
    }
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { "content-security-policy": CONTENT_SECURITY_POLICY } });
}
