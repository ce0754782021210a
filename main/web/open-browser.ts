/** What says whether there is a browser to open: the environment that this process was started in. */
export interface BrowserSurroundings {
  /** The user did not say --no-open. */
  readonly wanted: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether to open the user's browser. Not over SSH, where it would open on the wrong computer's screen or not at all
 * (unless the screen is forwarded), and on Linux only with a display. WSL has none and hands over to Windows.
 */
export function shouldOpenBrowser({ wanted, platform, env }: BrowserSurroundings): boolean {
  if (!wanted) return false;
  const hasDisplay = isSet(env["DISPLAY"]) || isSet(env["WAYLAND_DISPLAY"]);
  if (isSet(env["SSH_CONNECTION"]) || isSet(env["SSH_TTY"])) return isSet(env["DISPLAY"]);
  if (platform === "darwin" || platform === "win32") return true;
  return hasDisplay || isSet(env["WSL_DISTRO_NAME"]) || isSet(env["WSL_INTEROP"]);
}

/** Opens an address in the default browser. `onFailure` hears, once, a plain clause on why that did not work. */
export async function openBrowser(url: string, onFailure: (detail: string) => void): Promise<void> {
  try {
    const { default: open } = await import("open");
    const opener = await open(url);
    // The opener (xdg-open and its like) ends soon, and tells by its code whether it found a browser.
    opener.once("exit", (code) => {
      if (code !== null && code !== 0) onFailure(`the opener ended with code ${code}`);
    });
  } catch (error) {
    onFailure(error instanceof Error && "code" in error ? String(error.code) : "no opener");
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
