import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkPrivate, type Kind, ownUser } from "./ownership.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "own-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const me = ownUser() ?? 0;

it.each<[string, number, Kind, number, string | null]>([
  ["a folder of one's own", 0o700, "folder", me, null],
  ["a folder that the group may enter", 0o710, "folder", me, "is open to other users (mode 710)"],
  ["a folder that all may look into", 0o704, "folder", me, "is open to other users (mode 704)"],
  ["a folder of another user", 0o700, "folder", me + 1, "belongs to another user"],
  ["a folder in the place of a file", 0o700, "file", me, "is no file"],
])("%s", async (_, mode, kind, user, problem) => {
  const path = join(folder, "there");
  await mkdir(path);
  await chmod(path, mode);
  const checked = checkPrivate(path, kind, user);
  if (problem === null) await expect(checked).resolves.toBeUndefined();
  else
    await expect(checked).rejects.toMatchObject({ problem: "not-private", message: expect.stringContaining(problem) });
});

it("takes no link for what it leads to", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "", { mode: 0o600 });
  symlinkSync(file, join(folder, "link"));
  await expect(checkPrivate(file, "file")).resolves.toBeUndefined();
  await expect(checkPrivate(join(folder, "link"), "file")).rejects.toMatchObject({ problem: "not-private" });
  await expect(checkPrivate(join(folder, "nothing"), "file")).rejects.toMatchObject({ code: "ENOENT" });
});

it("knows a socket", async () => {
  const path = join(folder, "socket");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  await chmod(path, 0o666);
  await expect(checkPrivate(path, "socket")).rejects.toMatchObject({ problem: "not-private" });
  await chmod(path, 0o600);
  await expect(checkPrivate(path, "socket")).resolves.toBeUndefined();
  await expect(checkPrivate(path, "file")).rejects.toMatchObject({ problem: "not-private" });
  await new Promise((resolve) => server.close(resolve));
});
