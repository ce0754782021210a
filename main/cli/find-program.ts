import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, isAbsolute, join, resolve } from "node:path";
import { refusedProgram } from "../host/command-runner.ts";

/** A program by its path, or why there is none. */
export type FoundProgram =
  | { readonly ok: true; readonly path: string; readonly name: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Where a program lies that was named in a terminal. Its whole path is kept, because a desktop app looks for programs in other
 * folders than a shell does, and runs elsewhere. On Windows a bare name stays as it is.
 */
export function findProgram(
  named: string,
  {
    platform = process.platform,
    path = process.env["PATH"] ?? "",
  }: { readonly platform?: NodeJS.Platform; readonly path?: string } = {},
): FoundProgram {
  const refusal = refusedProgram(named, platform);
  if (refusal !== null) return { ok: false, problem: refusal };
  const name = basename(named);
  if (/[\\/]/.test(platform === "win32" ? named : named.replaceAll("\\", ""))) {
    const whole = isAbsolute(named) ? named : resolve(named);
    return isProgram(whole) ? { ok: true, path: whole, name } : { ok: false, problem: "there is no such program" };
  }
  if (platform === "win32") return { ok: true, path: named, name };
  const found = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, named))
    .find(isProgram);
  return found === undefined
    ? { ok: false, problem: "there is no such program in the folders of PATH" }
    : { ok: true, path: found, name };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
