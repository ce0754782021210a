import { mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ownUser } from "./ownership.ts";
import { newSocketPlace } from "./socket-place.ts";

let folder: string;
let profile: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "place-"));
  profile = join(folder, "profile");
  await mkdir(profile);
  await mkdir(join(folder, "run"), { mode: 0o700 });
  await mkdir(join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const place = (env: Readonly<Record<string, string>>, user = ownUser()) =>
  newSocketPlace(profile, { platform: "linux", env, user, temporary: join(folder, "tmp") });

it("lies in a private folder of the runtime folder, under a name that is used once", async () => {
  const env = { XDG_RUNTIME_DIR: join(folder, "run") };
  const [one, two] = [await place(env), await place(env)];
  expect(dirname(one)).toBe(join(folder, "run/plimsoll"));
  expect(statSync(dirname(one)).mode & 0o777).toBe(0o700);
  expect(one).not.toBe(two);
  expect(basename(one)).toMatch(/^[\da-f]{16}-[\da-f]{12}\.sock$/);
});

it("tells profiles apart, and takes two ways to one for one", async () => {
  const env = { XDG_RUNTIME_DIR: join(folder, "run") };
  await mkdir(join(folder, "other"));
  symlinkSync(profile, join(folder, "link"));
  const options = { platform: "linux", env } as const;
  const mark = async (path: string) => basename(await newSocketPlace(path, options)).slice(0, 16);
  expect(await mark(join(folder, "link"))).toBe(await mark(profile));
  expect(await mark(join(folder, "other"))).not.toBe(await mark(profile));
});

it("goes to a private folder of the temporary one where there is no runtime folder, or no room for a name in it", async () => {
  for (const env of [
    { XDG_RUNTIME_DIR: join(folder, "not-there") },
    { XDG_RUNTIME_DIR: `/${"deep/".repeat(20)}` },
    { XDG_RUNTIME_DIR: join(folder, "run"), broken: "by a folder that all can open" },
  ]) {
    if ("broken" in env) {
      await mkdir(join(folder, "run/plimsoll"), { recursive: true });
      await chmod(join(folder, "run/plimsoll"), 0o755);
    }
    const found = await place(env);
    expect(dirname(found)).toBe(join(folder, `tmp/plimsoll-${ownUser()}`));
    expect(statSync(dirname(found)).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(found)).toBeLessThan(104);
  }
});

it("takes a name that nobody foresaw when somebody else has taken its own", async () => {
  await mkdir(join(folder, `tmp/plimsoll-${ownUser()}`), { mode: 0o777 });
  await chmod(join(folder, `tmp/plimsoll-${ownUser()}`), 0o777);
  const found = await place({ XDG_RUNTIME_DIR: join(folder, "not-there") });
  expect(basename(dirname(found))).toMatch(/^plimsoll-\w{6}$/);
  expect(statSync(dirname(found)).mode & 0o777).toBe(0o700);
});

it("is a named pipe on Windows", async () => {
  expect(await newSocketPlace(profile, { platform: "win32" })).toMatch(
    /^\\\\\.\\pipe\\plimsoll-[\da-f]{16}-[\da-f]{12}$/,
  );
});
