import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse } from "node:path";
import type { CommandRunner } from "../../app/ports.ts";
import { commandEnvironment } from "./command-environment.ts";

export interface CommandRunnerOptions {
  /** Where the few variables come from that a program gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

/** What a program that was asked to end may take before it is made to. */
const KILL_AFTER_MS = 1_000;

/**
 * Runs programs as they are named, without a shell, in the user's home, with a minimal environment, an empty standard input, and
 * their output thrown away: it could hold anything. Each leads a process group of its own, so that a time-out ends what it started, too.
 */
export function createCommandRunner({ env, platform = process.platform }: CommandRunnerOptions): CommandRunner {
  return {
    run({ argv, env: facts, timeoutMs, signal }) {
      const [program = "", ...args] = argv;
      const refusal = refusedProgram(program, platform);
      if (refusal !== null) return Promise.resolve({ ok: false, detail: refusal });
      if (signal.aborted) return Promise.resolve(ENDED);
      const started = start(program, args, { ...commandEnvironment(env, platform), ...facts }, platform);
      if ("problem" in started) return Promise.resolve({ ok: false, detail: started.problem });
      const { child } = started;
      return new Promise((resolve) => {
        let stopped: { readonly outcome: Outcome; readonly gone: Promise<void> } | null = null;
        const stop = (outcome: Outcome): void => {
          stopped ??= { outcome, gone: endGroup(child, platform, env) };
        };
        const timer = setTimeout(
          () => stop({ ok: false, detail: `took longer than ${timeoutMs / 1000} s and was ended` }),
          timeoutMs,
        );
        const cancel = (): void => stop(ENDED);
        signal.addEventListener("abort", cancel, { once: true });
        const settle = (outcome: Outcome): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
          if (stopped === null) resolve(outcome);
          else void stopped.gone.then(() => resolve(stopped?.outcome ?? outcome));
        };
        child.once("error", (error) => settle({ ok: false, detail: startProblem(error) }));
        child.once("exit", (code, killedBy) => settle(outcomeOf(code, killedBy)));
      });
    },
  };
}

type Outcome = Awaited<ReturnType<CommandRunner["run"]>>;

const ENDED: Outcome = { ok: false, detail: "Plimsoll ended before it was done" };

/**
 * Why a program is not run at all; null when it may be. Windows hands batch files to cmd.exe, which reads their arguments as a shell
 * does, whatever was quoted. It also drops dots and spaces at the end of a name.
 */
export function refusedProgram(program: string, platform: NodeJS.Platform): string | null {
  if (program === "" || program.includes("\0")) return "no program is named";
  if (platform === "win32" && /\.(?:cmd|bat)[. ]*$/i.test(program)) {
    return "batch files (.cmd, .bat) need a shell, and none is used: name the program that they run";
  }
  return null;
}

function start(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): { readonly child: ChildProcess } | { readonly problem: string } {
  const home = homedir();
  try {
    const child = spawn(program, [...args], {
      // A folder that is not there would be told as a program that is not.
      cwd: existsSync(home) ? home : parse(process.execPath).root,
      env,
      shell: false,
      stdio: "ignore",
      windowsHide: true,
      // A group of its own; on Windows it would open a console window.
      detached: platform !== "win32",
    });
    return { child };
  } catch (error) {
    return { problem: startProblem(error) };
  }
}

/** Ends a program with all that it started: asked first, then made to. Resolves when that is done. */
function endGroup(
  child: ChildProcess,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return Promise.resolve();
  return platform === "win32" ? endTree(child, pid, env) : endPosixGroup(child, pid);
}

function endPosixGroup(child: ChildProcess, pid: number): Promise<void> {
  return new Promise((resolve) => {
    signalGroup(pid, "SIGTERM");
    const timer = setTimeout(() => {
      signalGroup(pid, "SIGKILL");
      resolve();
    }, KILL_AFTER_MS);
    // What it started may stay when it has gone.
    child.once("exit", () => {
      if (signalGroup(pid, 0)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whether there was anybody to signal. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function endTree(child: ChildProcess, pid: number, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  return new Promise((resolve) => {
    const taskkill = join(env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
    const killer = spawn(taskkill, ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    killer.once("exit", () => resolve());
    killer.once("error", () => {
      child.kill();
      resolve();
    });
  });
}

function outcomeOf(code: number | null, killedBy: NodeJS.Signals | null): Outcome {
  if (code === 0) return { ok: true, detail: "ended with status 0" };
  return { ok: false, detail: code === null ? `was ended by ${killedBy ?? "a signal"}` : `ended with status ${code}` };
}

/** In words of ours: an error's message could quote arguments. */
function startProblem(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";
  switch (code) {
    case "ENOENT":
      return "there is no such program";
    case "EACCES":
    case "EPERM":
      return "the program may not be run (no permission)";
    case "E2BIG":
      return "its arguments are too long";
    case "EINVAL":
      return "the program cannot be run without a shell";
    case "ERR_INVALID_ARG_VALUE":
      return "its name or arguments hold a character that no program takes";
    default:
      return `the program could not be started (${code})`;
  }
}
