import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ProfileError, resolveProfile } from "./profile.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plimsoll-profile-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("is the folder that was asked for, as an absolute path, there or not", () => {
  expect(resolveProfile(root)).toBe(root);
  expect(resolveProfile(join(root, "a", "..", "new"))).toBe(join(root, "new"));
  expect(resolveProfile(relative(process.cwd(), root))).toBe(root);
});

test("is the platform's own place when nothing was asked for", () => {
  expect(resolveProfile(undefined)).toMatch(/[\\/]Plimsoll([\\/]Config)?$/);
});

test("cannot be a file, lie below one, or have no name", () => {
  const file = join(root, "file");
  writeFileSync(file, "");
  expect(() => resolveProfile(file)).toThrow(ProfileError);
  expect(() => resolveProfile(join(file, "below"))).toThrow(/is not a folder/);
  expect(() => resolveProfile("  ")).toThrow(ProfileError);
});
