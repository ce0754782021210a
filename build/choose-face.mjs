// Which face `npm start` opens, decided from facts alone.

/**
 * @typedef {object} Facts
 * @property {boolean} webAsked `--web` was given
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot effective user 0 (never on Windows)
 * @property {boolean} hasDisplay DISPLAY or WAYLAND_DISPLAY is set; asked on Linux only
 * @property {boolean} runtimePresent Electron's program is on this machine
 * @property {{ state: "unasked" } | { state: "reachable" } | { state: "unreachable", why: string }} download
 *   whether Electron's runtime could be fetched
 */

/**
 * @typedef {{ face: "desktop", fetchFirst: boolean } | { face: "web", why: string | null } | { face: "undecided" }} Choice
 *   `why` is null where the browser face was asked for; "undecided" until somebody finds out about the download
 */

/**
 * Where there is no window to open, that is said before anybody looks for Electron or fetches it.
 * @param {Facts} facts
 * @returns {Choice}
 */
export function chooseFace(facts) {
  if (facts.webAsked) return { face: "web", why: null };
  if (facts.platform === "linux") {
    if (!facts.hasDisplay)
      return { face: "web", why: "there is no graphical display here (DISPLAY and WAYLAND_DISPLAY are not set)" };
    if (facts.isRoot)
      return { face: "web", why: "Electron's sandbox does not run as root, and Plimsoll does not switch it off" };
  }
  if (facts.runtimePresent) return { face: "desktop", fetchFirst: false };
  switch (facts.download.state) {
    case "unasked":
      return { face: "undecided" };
    case "reachable":
      return { face: "desktop", fetchFirst: true };
    case "unreachable":
      return { face: "web", why: `Electron's runtime is not installed and cannot be fetched (${facts.download.why})` };
  }
}

/**
 * Splits what `npm start --` was given into what it decides itself and what the face gets.
 * @param {readonly string[]} args
 * @returns {{ webAsked: boolean, rest: string[] }}
 */
export function readStartArguments(args) {
  return { webAsked: args.includes("--web"), rest: args.filter((arg) => arg !== "--web") };
}
