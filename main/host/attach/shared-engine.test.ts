import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AppState, appStateSchema, type HostInfo, type StatePatch } from "../../../app/contract/contract.ts";
import { applyPatch } from "../../../app/contract/patch.ts";
import { createSmallEngine, type SmallEngine, type SmallEngineOptions } from "../../../tests/support/small-engine.ts";
import { diagnoseHost } from "../diagnosis.ts";
import { createSessionVault } from "../session-vault.ts";
import { createSystemClock } from "../system-clock.ts";
import { findHost } from "./find-host.ts";
import { readHosts } from "./host-record.ts";
import { createSharedEngine, type Role, type SharedEngine, type SharedEngineOptions } from "./shared-engine.ts";

/** On a busy machine everything takes its time. */
const patient = { timeout: 15_000 };

let folder: string;
let profileDir: string;
let faces: SharedEngine[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shared-"));
  profileDir = join(folder, "profile");
  faces = [];
});
afterEach(async () => {
  for (const face of faces) await face.stop();
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

interface Face extends SharedEngine {
  /** The engines that it made for itself. */
  readonly own: readonly SmallEngine[];
  /** Those of them whose ports were closed. */
  readonly closed: readonly SmallEngine[];
  /** With the sources of which host each began. */
  readonly resumed: readonly (readonly string[])[];
  readonly roles: Role["type"][];
  readonly opened: unknown[];
}

function face(
  change: Partial<SharedEngineOptions> & { small?: Partial<SmallEngineOptions>; version?: string } = {},
): Face {
  const info: HostInfo = {
    face: "web",
    version: change.version ?? "1.0.0",
    platform: "linux",
    settingsPath: join(profileDir, "settings.json"),
  };
  const own: SmallEngine[] = [];
  const roles: Role["type"][] = [];
  const closed: SmallEngine[] = [];
  const resumed: string[][] = [];
  const opened: unknown[] = [];
  const made = createSharedEngine({
    profileDir,
    info,
    openEngine: async (resume) => {
      resumed.push(resume.map(({ id }) => id));
      const engine = createSmallEngine({ info, clock: createSystemClock(), ...change.small });
      own.push(engine);
      return {
        engine,
        diagnose: () => diagnoseHost({ profileDir, vault: createSessionVault({ learn: () => undefined }, "a test") }),
        close: async () => {
          closed.push(engine);
        },
      };
    },
    shell: { openSettings: (place) => opened.push(place) },
    logger: { log: () => undefined },
    env: { XDG_RUNTIME_DIR: folder },
    ...change,
  });
  made.onRole(({ type }) => roles.push(type));
  faces.push(made);
  return Object.assign(made, { own, closed, resumed, roles, opened });
}

async function started(change: Parameters<typeof face>[0] = {}): Promise<Face> {
  const made = face(change);
  await made.start();
  return made;
}

/** What a page does with the patches of its face: follows them, and counts those that it could not. */
function page(shared: SharedEngine): { current(): AppState; readonly seen: AppState[]; readonly gaps: number } {
  let state = shared.state();
  let gaps = 0;
  const seen = [state];
  shared.subscribe((event) => {
    if (event.name !== "state.changed") return;
    const patch: StatePatch = JSON.parse(JSON.stringify(event.value));
    const next = applyPatch(state, patch);
    if (next === null) gaps += 1;
    else {
      state = next;
      seen.push(next);
    }
  });
  return {
    current: () => state,
    seen,
    get gaps() {
      return gaps;
    },
  };
}

const hostless = ({ host: _host, ...state }: AppState) => state;

describe("of several faces of one profile", () => {
  it("one is the host, in many rounds of eight at once", async () => {
    for (let round = 0; round < 6; round += 1) {
      const eight = Array.from({ length: 8 }, () => face());
      await Promise.all(eight.map((one) => one.start()));
      const types = eight.map((one) => one.role().type).toSorted();
      expect(types).toEqual([...Array.from({ length: 7 }, () => "attached"), "host"]);
      expect(eight.flatMap((one) => one.own)).toHaveLength(1);
      // Those that are attached first: nobody takes over.
      for (const one of eight.toSorted((a) => (a.role().type === "host" ? 1 : -1))) await one.stop();
      expect(eight.flatMap((one) => one.own)).toHaveLength(1);
      expect(readdirSync(profileDir)).toEqual([]);
      expect(readdirSync(join(folder, "plimsoll"))).toEqual([]);
    }
  });

  it("each sees the states of the host, under the host's revisions", async () => {
    const host = await started();
    const [one, two] = [await started(), await started()];
    const pages = [page(host), page(one), page(two)];
    for (let turn = 0; turn < 40; turn += 1) {
      host.own[0]?.poll(String(turn % 3));
      await new Promise((resolve) => setTimeout(resolve, turn % 4 === 0 ? 45 : 1));
    }
    const last = host.state().revision;
    await expect.poll(() => pages.map((each) => each.current().revision), patient).toEqual([last, last, last]);
    const byRevision = new Map<number, Omit<AppState, "host">>();
    for (const each of pages) {
      expect(each.gaps).toBe(0);
      expect(each.seen.length).toBeGreaterThan(5);
      for (const state of each.seen) {
        const known = byRevision.get(state.revision);
        if (known === undefined) byRevision.set(state.revision, hostless(state));
        else expect(hostless(state)).toEqual(known);
      }
    }
    expect(pages[1]?.current().host.attachedTo).toEqual({ face: "web", pid: process.pid, lostSince: null });
    expect(pages[0]?.current().host.attachedTo).toBeUndefined();
    expect(appStateSchema.safeParse(two.state()).success).toBe(true);
  });

  it("an attached one passes calls on, and keeps to itself what belongs to its own windows", async () => {
    const host = await started();
    const attached = await started();
    expect(await attached.handle("sources.save", { label: "x" })).toEqual({
      ok: true,
      value: { name: "sources.save", input: { label: "x" } },
    });
    attached.wake("opened");
    await attached.pollAll();
    expect(await attached.handle("shell.openSettings", { type: "add" })).toMatchObject({ ok: true });
    expect(await attached.handle("shell.openSettings", { type: "nowhere" })).toMatchObject({ ok: false });
    expect(attached.opened).toEqual([{ type: "add" }]);
    expect(host.opened).toEqual([]);
    expect(host.own[0]?.happened).toEqual(["start", "state.get", "sources.save", "wake opened", "pollAll"]);

    const shown: string[][] = [[], []];
    for (const [index, one] of [host, attached].entries()) one.subscribe(({ name }) => shown[index]?.push(name));
    host.showSource("a");
    attached.showSource("b");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown).toEqual([["shell.showSource"], ["shell.showSource"]]);
  });

  it("each saves a file where its own user says, whoever made it", async () => {
    const file = { name: "history.csv", mediaType: "text/csv", text: "a,b" };
    const answer = async (name: string) => ({ ok: true, value: name === "history.export" ? { file } : null }) as const;
    const saved: unknown[] = [];
    const shell = { openSettings: () => undefined, saveFile: async (one: unknown) => void saved.push(one) };
    await started({ small: { answer } });
    const [dialog, page] = [await started({ shell }), await started()];
    expect(await page.handle("history.export", {})).toEqual({ ok: true, value: { file } });
    expect(saved).toEqual([]);
    expect(await dialog.handle("history.export", {})).toEqual({ ok: true, value: { file: null } });
    expect(saved).toEqual([file]);
  });

  it("the host builds no patches while nobody watches", async () => {
    const host = await started();
    expect(host.own[0]?.isWatched()).toBe(false);
    const off = host.subscribe(() => undefined);
    expect(host.own[0]?.isWatched()).toBe(true);
    off();
    expect(host.own[0]?.isWatched()).toBe(false);
    const attached = await started();
    await expect.poll(() => host.own[0]?.isWatched(), patient).toBe(true);
    await attached.stop();
    await expect.poll(() => host.own[0]?.isWatched(), patient).toBe(false);
  });
});

describe("when the host ends", () => {
  it("exactly one takes its place after all was written, and pages go on without a gap", async () => {
    const order: string[] = [];
    const onStop = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push("written");
    };
    const onStart = async () => {
      order.push("begun");
    };
    const host = await started({ small: { onStop } });
    const others = await Promise.all(Array.from({ length: 4 }, () => started({ small: { onStart } })));
    for (let turn = 0; turn < 5; turn += 1) host.own[0]?.poll(String(turn));
    await expect.poll(() => others.every((one) => one.state().sources.length === 5), patient).toBe(true);
    const pages = others.map(page);
    await host.stop();
    expect(host.own[0]?.happened.at(-1)).toBe("stop");
    expect(host.closed).toEqual(host.own);
    await expect
      .poll(() => others.map((one) => one.role().type).toSorted(), patient)
      .toEqual(["attached", "attached", "attached", "host"]);
    expect(others.flatMap((one) => one.own)).toHaveLength(1);
    expect(order).toEqual(["written", "begun"]);
    const next = others.find((one) => one.role().type === "host");
    expect(host.resumed).toEqual([[]]);
    expect(next?.resumed).toEqual([["0", "1", "2", "3", "4"]]);
    // Its revisions begin anew, below those that the pages have seen.
    next?.own[0]?.poll("after");
    await expect
      .poll(() => pages.map((each) => each.current().sources.map(({ id }) => id)), patient)
      .toEqual(others.map(() => ["after"]));
    expect(pages.map((each) => each.gaps)).toEqual([0, 0, 0, 0]);
    for (const [index, one] of others.entries()) expect(pages[index]?.current()).toEqual(one.state());
  });

  it("a call that is made meanwhile waits for the next one", async () => {
    const host = await started();
    const begin = Promise.withResolvers<void>();
    const attached = await started({ small: { onStart: () => begin.promise } });
    await host.stop();
    await expect.poll(() => attached.role().type, patient).toBe("lost");
    const call = attached.handle("sources.refresh", { id: null });
    begin.resolve();
    expect(await call).toEqual({ ok: true, value: undefined });
    expect(attached.own[0]?.happened).toEqual(["start", "sources.refresh"]);
  });

  it("says since when, and keeps the last figures, as long as nobody can take its place", async () => {
    const host = await started();
    let broken = true;
    const attached = await started({
      small: {
        onStart: async () => {
          if (broken) throw new Error("cannot");
        },
      },
    });
    host.own[0]?.poll("a");
    await expect.poll(() => attached.state().sources, patient).toHaveLength(1);
    const each = page(attached);
    await host.stop();
    await expect.poll(() => attached.state().host.attachedTo?.lostSince ?? null, patient).not.toBeNull();
    expect(each.current().sources).toHaveLength(1);
    expect(each.current().host.attachedTo?.lostSince).toEqual(expect.any(Number));
    broken = false;
    await expect.poll(() => attached.role().type, patient).toBe("host");
    await expect.poll(() => each.current().host.attachedTo, patient).toBeUndefined();
    expect(each.gaps).toBe(0);
  });
});

describe("a face that stays", () => {
  it("does not start beside a host of another version, and says what to do", async () => {
    await started({ version: "2.0.0" });
    await expect(face().start()).rejects.toMatchObject({
      problem: "other-version",
      message: expect.stringContaining("Update this one"),
    });
    expect((await readHosts(profileDir)).length).toBe(1);
  });

  it("works alone, and says why, where nothing can be written", async () => {
    writeFileSync(join(folder, "file"), "");
    const alone = await started({ profileDir: join(folder, "file/profile") });
    expect(alone.role()).toEqual({ type: "host", problem: expect.stringMatching(/ENOTDIR|cannot be written/) });
    expect(alone.own[0]?.happened).toEqual(["start"]);
  });

  it("gives the profile up again when its engine does not start", async () => {
    const broken = face({ small: { onStart: () => Promise.reject(new Error("no")) } });
    await expect(broken.start()).rejects.toThrow("no");
    expect(broken.own[0]?.happened).toEqual(["stop"]);
    expect(broken.closed).toEqual(broken.own);
    const next = await started();
    expect(next.role().type).toBe("host");
  });

  it("lets faces in while it starts, and answers when it has", async () => {
    let go: () => void = () => undefined;
    const host = face({
      small: {
        onStart: () =>
          new Promise((resolve) => {
            go = resolve;
          }),
      },
    });
    const starting = host.start();
    await expect.poll(() => existsSync(join(profileDir, "host.json")), patient).toBe(true);
    const attached = face();
    const attaching = attached.start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(attached.roles).toEqual([]);
    go();
    await Promise.all([starting, attaching]);
    expect([...host.roles, ...attached.roles]).toEqual(["host", "attached"]);
  });

  it("meets nobody of another profile", async () => {
    const other = join(folder, "other");
    const [one, two] = [await started(), await started({ profileDir: other })];
    expect([one.role().type, two.role().type]).toEqual(["host", "host"]);
    one.own[0]?.poll("a");
    expect(two.state().sources).toEqual([]);
  });

  it("leaves in the record, for its owner alone, who it is; and asks to be let in, not only known", async () => {
    await started();
    const path = join(profileDir, "host.json");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [entry] = await readHosts(profileDir);
    expect(entry).toMatchObject({ face: "web", pid: process.pid, version: "1.0.0" });
    chmodSync(path, 0o644);
    await expect(face().start()).rejects.toMatchObject({ problem: "not-private" });
    chmodSync(path, 0o600);
    expect((await started()).role().type).toBe("attached");
  });

  it("does not take a host of another computer for its own, nor for gone", async () => {
    const host = await started();
    const record = await readHosts(profileDir);
    await host.stop();
    // As if the home were shared: its socket lies on another computer.
    await mkdir(profileDir, { recursive: true });
    writeFileSync(join(profileDir, "host.json"), JSON.stringify({ version: 1, hosts: record }), { mode: 0o600 });
    const here = await started();
    expect(here.role().type).toBe("host");
    expect(await readHosts(profileDir)).toHaveLength(2);
    await here.stop();
    expect(await readHosts(profileDir)).toEqual(record);
    const me = { face: "cli", pid: 1, version: "1.0.0", stay: "once" } as const;
    expect(await findHost(profileDir, me)).toMatchObject({ type: "none", elsewhere: record });
  });
});
