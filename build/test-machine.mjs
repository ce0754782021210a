// What the tests need of the machine beyond npm packages: a Chromium, and on Linux a keyring in a private D-Bus session.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findBrowser } from "./find-browser.mjs";
import { Explained, inProject, root, say, seconds } from "./project.mjs";
import { capture } from "./run.mjs";

const APT_LIMIT_MS = 8 * 60_000;
const DOWNLOAD_LIMIT_MS = 4 * 60_000;

/** Installs what is missing where that can be done without asking anybody (Debian as root, Playwright's own download); else says what to do. */
export async function ensureTestMachine() {
  if (process.platform === "linux") await ensureKeyring();
  if (findBrowser().executablePath !== undefined) return;
  if (canApt()) await apt(["chromium", "fonts-dejavu-core"], "a Chromium for the browser tests");
  else await playwrightDownload();
  if (findBrowser().executablePath !== undefined) return;
  throw new Explained(
    "Set-up: the tests need a Chromium and none was found. Install Chromium, Chrome or Edge with your system's package manager, " +
      "or run `npx playwright install chromium`, or name one in PLIMSOLL_CHROMIUM.",
  );
}

async function ensureKeyring() {
  if (onPath("gnome-keyring-daemon") && onPath("dbus-run-session")) return;
  if (canApt()) await apt(["gnome-keyring", "dbus"], "a keyring for the secret-store tests");
  else
    say(
      "Set-up: gnome-keyring-daemon or dbus-run-session is missing, so the tests against a real Secret Service will be skipped " +
        "(on Debian or Ubuntu: sudo apt-get install gnome-keyring dbus).",
    );
}

async function playwrightDownload() {
  const started = performance.now();
  say("Set-up: downloading a Chromium for the browser tests (playwright install chromium) …");
  const cli = inProject("node_modules", "@playwright", "test", "cli.js");
  const { code, output, timedOut } = await capture(process.execPath, [cli, "install", "chromium"], {
    cwd: root,
    timeoutMs: DOWNLOAD_LIMIT_MS,
  });
  if (code === 0 && !timedOut) say(`Set-up: Chromium downloaded in ${seconds(started)}.`);
  else say(`${output.trimEnd()}\nSet-up: the download ${timedOut ? "did not finish in time" : "failed"}.`);
}

function canApt() {
  return (
    process.platform === "linux" && process.getuid?.() === 0 && existsSync("/etc/debian_version") && onPath("apt-get")
  );
}

/**
 * @param {string[]} packages
 * @param {string} purpose
 */
async function apt(packages, purpose) {
  const started = performance.now();
  say(`Set-up: installing ${packages.join(", ")} with apt-get: ${purpose} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const get = (/** @type {string[]} */ args) =>
    capture("apt-get", ["-q", "-y", ...args], { env, timeoutMs: APT_LIMIT_MS });
  let done = await get(["install", "--no-install-recommends", ...packages]);
  if (done.code !== 0 && !done.timedOut) {
    await get(["update"]);
    done = await get(["install", "--no-install-recommends", ...packages]);
  }
  if (done.code === 0) say(`Set-up: installed in ${seconds(started)}.`);
  else say(`${done.output.trimEnd()}\nSet-up: apt-get could not install them.`);
}

/** @param {string} program */
function onPath(program) {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .some((folder) => folder !== "" && existsSync(join(folder, program)));
}
