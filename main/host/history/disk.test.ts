import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";

const TRIAL = join(import.meta.dirname, "../../../tests/support/history-disk-trial.ts");

/** A file system of its own needs a user namespace, which Linux has and some containers forbid. */
const canMount = spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]).status === 0;

let disk: string;
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "plimsoll-disk-"));
});
afterEach(() => {
  rmSync(disk, { recursive: true, force: true });
});

/** Runs the trial on a file system of 512 KiB. */
function trial(name: "full" | "read-only"): unknown {
  const script = `mount -t tmpfs -o size=512k tmpfs "$0" && exec "$1" "$2" "$3" "$0"`;
  const args = ["-rm", "sh", "-c", script, disk, process.execPath, TRIAL, name];
  return JSON.parse(execFileSync("unshare", args, { encoding: "utf8" }));
}

describe.skipIf(!canMount)("a disk that refuses", () => {
  test("full: it is named, told once, and nothing is lost once there is room", { timeout: 60_000 }, () => {
    const result = trial("full");
    expect(result).toMatchObject({ full: "disk-full", end: null, logged: ["history-not-written"] });
    const { before, whileFull, polls, afterwards, restarted } = z
      .object({
        before: z.number(),
        whileFull: z.number(),
        polls: z.number(),
        afterwards: z.number(),
        restarted: z.number(),
      })
      .parse(result);
    expect(before).toBe(1);
    expect(whileFull).toBeGreaterThanOrEqual(before);
    expect(polls).toBeGreaterThan(whileFull);
    expect([afterwards, restarted]).toEqual([polls, polls]);
  });

  test("not writable: history is off and says so, and the app goes on", { timeout: 60_000 }, () => {
    expect(trial("read-only")).toEqual({
      status: { kind: "off", reason: "not-writable", detail: "EROFS" },
      found: 0,
      readable: { ok: false, reason: "not-writable", detail: expect.any(String) },
      logged: ["history-off"],
    });
  });
});
