// Which Chromium the tests run in. Plain JavaScript: set-up asks before TypeScript can be run.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/**
 * Looks at PLIMSOLL_CHROMIUM, then at what Playwright downloaded, then at the system's Chromium, Chrome and Edge.
 * @returns {{ executablePath: string | undefined, args: string[] }} executablePath is undefined where none was found;
 *   args are for every launch: no traffic of the browser's own, and no sandbox for root, which Chromium refuses.
 */
export function findBrowser() {
  const root = process.platform === "linux" && process.getuid?.() === 0;
  const args = root ? ["--no-sandbox", ...QUIET] : QUIET;
  const asked = process.env["PLIMSOLL_CHROMIUM"];
  if (asked) return { executablePath: asked, args };
  return { executablePath: playwrightsOwn() ?? systemBrowsers().find((path) => existsSync(path)), args };
}

function playwrightsOwn() {
  const folder = { darwin: "Library/Caches", win32: "AppData/Local" }[String(process.platform)] ?? ".cache";
  const cache = process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? join(homedir(), folder, "ms-playwright");
  // "0" means inside node_modules. Loading Playwright takes a while, so not where it has downloaded nothing.
  if (cache !== "0" && !existsSync(cache)) return undefined;
  try {
    const path = String(createRequire(import.meta.url)("playwright-core").chromium.executablePath());
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function systemBrowsers() {
  switch (process.platform) {
    case "darwin":
      return ["Chromium", "Google Chrome", "Microsoft Edge"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
        const folder = process.env[name];
        return folder === undefined
          ? []
          : [
              join(folder, "Google", "Chrome", "Application", "chrome.exe"),
              join(folder, "Chromium", "Application", "chrome.exe"),
              join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
            ];
      });
    default: {
      const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
      const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
      return names.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}
