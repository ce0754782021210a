import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { oneAtATime } from "../../build/one-at-a-time.mjs";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nobody = () => {
  throw new Error("nobody should have been waited for");
};

describe("oneAtATime", () => {
  it("lets one finish before the other begins, and says who is waited for", async () => {
    const lock = join(folder, "a", "lock");
    const steps: string[] = [];
    const owners: number[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await sleep(50);
      steps.push(`${name} ends`);
    };
    const onWait = (pid: number) => owners.push(pid);
    await Promise.all([
      oneAtATime(lock, onWait, work("first")),
      oneAtATime(lock, onWait, work("second")),
      oneAtATime(lock, onWait, work("third")),
    ]);
    expect(steps).toHaveLength(6);
    for (const at of [0, 2, 4]) expect(steps[at]?.replace("begins", "ends")).toBe(steps[at + 1]);
    expect(owners).toEqual([process.pid, process.pid]);
    expect(existsSync(lock)).toBe(false);
  });

  it("takes over from an owner that died", async () => {
    const lock = join(folder, "dead");
    writeFileSync(lock, String(spawnSync(process.execPath, ["--version"]).pid));
    expect(await oneAtATime(lock, nobody, () => "done")).toBe("done");
    expect(existsSync(lock)).toBe(false);
  });

  it("lets go when the work fails", async () => {
    const lock = join(folder, "failing");
    const fail = () => Promise.reject(new Error("broken"));
    await expect(oneAtATime(lock, nobody, fail)).rejects.toThrow("broken");
    expect(await oneAtATime(lock, nobody, () => "free")).toBe("free");
  });
});
