/**
 * Variables that a program gets of ours: where to find programs, home, language, time zone, temporary files, and what it takes to reach
 * the user's session (a sound, a window, a message). Not among them: keys by reference, proxies with passwords, agents' sockets.
 */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LANGUAGE",
  "TZ",
  "TMPDIR",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "DBUS_SESSION_BUS_ADDRESS",
  "XDG_RUNTIME_DIR",
  "XDG_SESSION_TYPE",
  "XDG_CURRENT_DESKTOP",
  "XDG_DATA_DIRS",
];

const PASSED_ON_WINDOWS = [
  "PATH",
  "PATHEXT",
  "SystemRoot",
  "SystemDrive",
  "windir",
  "ComSpec",
  "TEMP",
  "TMP",
  "USERNAME",
  "USERPROFILE",
  "HOMEDRIVE",
  "HOMEPATH",
  "APPDATA",
  "LOCALAPPDATA",
  "ProgramData",
  "ProgramFiles",
];

/** The part of an environment that a program of the user's gets. */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Record<string, string> {
  const windows = platform === "win32";
  // Windows knows its variables in any case.
  const nameOf = (name: string): string => (windows ? name.toUpperCase() : name);
  const names = new Set((windows ? PASSED_ON_WINDOWS : PASSED_ON).map(nameOf));
  const passed: [string, string][] = [];
  for (const [name, value] of Object.entries(env)) {
    const isLocale = !windows && /^LC_[A-Z_]+$/.test(name);
    if (value !== undefined && (names.has(nameOf(name)) || isLocale)) passed.push([name, value]);
  }
  return Object.fromEntries(passed);
}
