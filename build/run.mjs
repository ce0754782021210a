// Child processes: one that is captured, and one that stands in for this process.
import { spawn } from "node:child_process";
import { say } from "./project.mjs";

/**
 * Runs a program to its end with everything it prints captured (stdout and stderr in order of arrival).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code is 127 where it could not be started
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    let timedOut = false;
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill("SIGKILL");
        }, options.timeoutMs)
      : undefined;
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}\n`, timedOut });
    });
    // "exit" rather than "close" after a time-out: a grandchild may keep the pipes open.
    child.on("exit", (code) => {
      if (timedOut) resolve({ code: code ?? 1, output, timedOut });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output, timedOut });
    });
  });
}

const FORWARDED = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Runs a program in this one's place: same terminal, signals passed on, and its exit code returned
 * (128 + the signal's number where a signal ended it, as shells have it).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function standIn(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: "inherit",
    });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // A terminal sends Ctrl+C to both of us; passed on as well, it would look like a second, impatient one.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const stopWatching = whenNpmDies(() => child.kill("SIGTERM"));
    const done = (/** @type {number} */ code) => {
      for (const signal of FORWARDED) process.off(signal, forward);
      stopWatching();
      resolve(code);
    };
    child.on("error", (error) => {
      say(`${program} could not be started: ${error.message}`);
      done(127);
    });
    child.on("exit", (code, signal) => {
      const known = FORWARDED.find((name) => name === signal) ?? "SIGKILL";
      done(code ?? 128 + SIGNAL_NUMBERS[known]);
    });
  });
}

/**
 * Calls back when the npm that runs this script is gone: killed, it ends the shell between it and us, but not us.
 * Does nothing for a script that npm did not start, nor on Windows, which gives orphans no new parent to notice.
 * @param {() => void} act
 * @returns {() => void} stops watching
 */
export function whenNpmDies(act) {
  if (process.env["npm_lifecycle_event"] === undefined || process.platform === "win32") return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}
