import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ExpandedPath, expandPath, locateFile, type PathSurroundings } from "./file-paths.ts";

const posix: PathSurroundings = {
  platform: "linux",
  home: "/home/ada",
  env: { CODEX_HOME: "/srv/codex", RELATIVE: "here", EMPTY: "" },
};
const windows: PathSurroundings = {
  platform: "win32",
  home: "C:\\Users\\ada",
  env: { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local", SHARE: "\\\\host\\share", "ProgramFiles(x86)": "C:\\P86" },
};

const path = (text: string): ExpandedPath => ({ ok: true, path: text });
const not = (problem: "variable-not-set" | "not-absolute"): ExpandedPath => ({ ok: false, problem });

test.each([
  ["~/.codex/auth.json", path("/home/ada/.codex/auth.json")],
  ["~", path("/home/ada")],
  ["$CODEX_HOME/auth.json", path("/srv/codex/auth.json")],
  ["/etc/../etc/key.json", path("/etc/key.json")],
  ["$MISSING/auth.json", not("variable-not-set")],
  ["$EMPTY/auth.json", not("variable-not-set")],
  ["%LOCALAPPDATA%\\tool\\auth.json", not("variable-not-set")],
  ["%CODEX_HOME%\\tool\\auth.json", path("/srv/codex/tool/auth.json")],
  ["$RELATIVE/auth.json", not("not-absolute")],
  ["auth.json", not("not-absolute")],
  ["./auth.json", not("not-absolute")],
  ["~ada/auth.json", not("not-absolute")],
  ["C:\\Users\\ada\\auth.json", not("not-absolute")],
  ["", not("not-absolute")],
])("%s", (text, expected) => {
  expect(expandPath(text, posix)).toEqual(expected);
});

test.each([
  ["~/.codex/auth.json", path("C:\\Users\\ada\\.codex\\auth.json")],
  ["~\\.codex\\auth.json", path("C:\\Users\\ada\\.codex\\auth.json")],
  ["%LOCALAPPDATA%\\github-copilot\\apps.json", path("C:\\Users\\ada\\AppData\\Local\\github-copilot\\apps.json")],
  ["%ProgramFiles(x86)%\\x.json", path("C:\\P86\\x.json")],
  ["D:/keys/auth.json", path("D:\\keys\\auth.json")],
  ["C:auth.json", not("not-absolute")],
  ["\\\\host\\share\\auth.json", not("not-absolute")],
  ["//host/share/auth.json", not("not-absolute")],
  ["%SHARE%\\auth.json", not("not-absolute")],
  ["$XDG_DATA_HOME/opencode/auth.json", not("variable-not-set")],
])("%s on Windows", (text, expected) => {
  expect(expandPath(text, windows)).toEqual(expected);
});

test("ways to one file lead to the same place; a file that is not there is where it would be", async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), "plimsoll-paths-")));
  try {
    await mkdir(join(root, "tool"));
    await writeFile(join(root, "tool", "auth.json"), "{}");
    await symlink(join(root, "tool"), join(root, "link"));
    const surroundings: PathSurroundings = { home: root, env: { TOOL_HOME: join(root, "tool") } };
    const real = join(root, "tool", "auth.json");
    for (const way of ["~/tool/auth.json", "~/link/auth.json", "$TOOL_HOME/auth.json", "~/tool/../tool/auth.json"]) {
      expect(await locateFile(way, surroundings)).toBe(real);
    }
    expect(await locateFile("~/tool/other.json", surroundings)).toBe(join(root, "tool", "other.json"));
    expect(await locateFile("$MISSING/auth.json", surroundings)).toBeNull();
    await link(real, join(root, "mine.json"));
    const hard = await locateFile("~/mine.json", surroundings);
    expect(hard).not.toBeNull();
    expect(await locateFile("~/link/auth.json", surroundings)).toBe(hard);
    await writeFile(join(root, "copy.json"), "{}");
    expect(await locateFile("~/copy.json", surroundings)).toBe(join(root, "copy.json"));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
