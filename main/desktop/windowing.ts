import type { TrayScheme } from "../../app/tray/raster.ts";

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

/**
 * Whether windows are placed by the compositor: on Wayland `setPosition` does nothing and bounds are (0, 0)
 * (https://github.com/electron/electron/issues/40886). The popover is then an ordinary window. Electron prefers Wayland
 * since 38, unless it was started with --ozone-platform=x11.
 */
export function placedByCompositor({ platform, env, argv }: Surroundings): boolean {
  if (platform !== "linux" || argv.includes("--ozone-platform=x11")) return false;
  if (argv.includes("--ozone-platform=wayland")) return true;
  return (
    env["XDG_SESSION_TYPE"] === "wayland" || (env["XDG_SESSION_TYPE"] === undefined && hasText(env["WAYLAND_DISPLAY"]))
  );
}

/** Which ink the panel needs. macOS tints templates itself; Windows tells; on Linux it depends on the desktop. */
export function trayScheme({ platform, env }: Surroundings, dark: { system: boolean; apps: boolean }): TrayScheme {
  switch (platform) {
    case "darwin":
      return "template";
    case "win32":
      return dark.system ? "dark" : "light";
    default:
      // GNOME's panel is dark whatever the applications are; elsewhere the panel follows them.
      return dark.apps || /(^|:)(GNOME|Unity|Pantheon)($|:)/.test(env["XDG_CURRENT_DESKTOP"] ?? "") ? "dark" : "light";
  }
}

function hasText(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
