import { findBrowser as find } from "../build/find-browser.mjs";

export interface Browser {
  /** Absent where no browser was found: Playwright then names the one it would have downloaded. */
  readonly executablePath?: string;
  readonly args: string[];
}

/** The Chromium that tests launch, as launch options: PLIMSOLL_CHROMIUM, Playwright's own download, or the system's. */
export function findBrowser(): Browser {
  const { executablePath, args } = find();
  return executablePath === undefined ? { args } : { executablePath, args };
}
