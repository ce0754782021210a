import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "./file-lock.ts";

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-lock-"));
  lock = join(folder, "deep", "settings.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lets one in at a time, and leaves nothing behind", async () => {
  let inside = 0;
  let most = 0;
  const work = () =>
    withFileLock(lock, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 8 }, work));
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test("loses no addition of several processes", async () => {
  const sum = join(folder, "sum");
  writeFileSync(sum, "0");
  const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { withFileLock } from ${JSON.stringify(new URL("./file-lock.ts", import.meta.url).href)};
    for (let turn = 0; turn < 10; turn += 1) {
      await withFileLock(process.argv[1], async () => {
        const before = Number(readFileSync(process.argv[2], "utf8"));
        await new Promise((resolve) => setTimeout(resolve, 1));
        writeFileSync(process.argv[2], String(before + 1));
      });
    }`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", script, lock, sum], { stdio: "inherit" }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, "close"))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(readFileSync(sum, "utf8")).toBe("40");
});

test("takes over from a process that is gone, and from one that hangs", async () => {
  await withFileLock(lock, async () => undefined);
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "close");
  writeFileSync(lock, String(gone.pid));
  await expect(withFileLock(lock, async () => "in")).resolves.toBe("in");
  writeFileSync(lock, String(process.pid));
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  await expect(withFileLock(lock, async () => "in")).resolves.toBe("in");
});

test("lets go when the work fails", async () => {
  await expect(withFileLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(existsSync(lock)).toBe(false);
});

test("says why a lock cannot be made", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  await expect(withFileLock(join(file, "settings.lock"), async () => undefined)).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
});
