import { setTimeout as wait } from "node:timers/promises";
import { type AppState, probeInputSchema } from "../../app/contract/contract.ts";
import { type AnyCallResult, CallFailure } from "../../app/contract/host.ts";
import { firstIssue } from "../../app/sources/first-issue.ts";
import { AttachError, hostName } from "../host/attach/attach-error.ts";
import { type AttachedEngine, attachEngine } from "../host/attach/attached-engine.ts";
import { findHost } from "../host/attach/find-host.ts";
import { facesSchema, hostCalls } from "../host/attach/host-calls.ts";
import { hostDiagnosisSchema } from "../host/diagnosis.ts";
import { hostInfo } from "./host-info.ts";
import type { RunningHost } from "./running-host.ts";
import type { AttachedSession, SessionOptions } from "./session.ts";
import { isStillPolling } from "./still-polling.ts";

/** Longer than a poll takes, and the pause before one that is asked for. */
const POLL_PATIENCE_MS = 30_000;
const INTERRUPTED_PAUSES_MS = [50, 200];

/**
 * A session with the host that runs on the profile. None where none runs, and where it cannot be spoken to but the command can do
 * without (told on standard error, and why in `unreached`). Throws AttachError where it cannot.
 */
export async function attachSession(
  profileDir: string,
  need: SessionOptions["host"],
): Promise<
  | { readonly session: AttachedSession; close(): Promise<void> }
  | { readonly session: null; readonly unreached: string | null }
> {
  let engine: AttachedEngine | null;
  try {
    engine = await reach(profileDir);
  } catch (error) {
    if (need === "needed" || !(error instanceof AttachError)) throw error;
    process.stderr.write(`plimsoll: ${error.message}. This command did it by itself.\n`);
    return { session: null, unreached: error.message };
  }
  if (engine === null) return { session: null, unreached: null };
  const local = openLocal();
  return {
    session: {
      running: runningHost(engine),
      engine: { state: () => ownState(engine.state()), handle: (name, input) => handle(engine, local, name, input) },
      profileDir,
    },
    async close() {
      engine.close();
      await local.close();
    },
  };
}

/** Null where no host runs. Throws AttachError. */
async function reach(profileDir: string): Promise<AttachedEngine | null> {
  for (const pause of INTERRUPTED_PAUSES_MS) {
    try {
      return await attach(profileDir);
    } catch (error) {
      // It has just ended: then another one follows, or none.
      if (!(error instanceof AttachError) || error.problem !== "interrupted") throw error;
      await wait(pause);
    }
  }
  return attach(profileDir);
}

async function attach(profileDir: string): Promise<AttachedEngine | null> {
  const { version } = hostInfo("cli", "");
  const found = await findHost(profileDir, { face: "cli", pid: process.pid, version, stay: "once" });
  if (found.type === "none") return null;
  return attachEngine(found.connection, ({ face, pid }) => ({
    ...hostInfo("cli", profileDir),
    attachedTo: { face, pid, lostSince: null },
  }));
}

/**
 * Has a host that began while a command wrote by itself take up what it wrote. Changes nothing; whoever cannot be reached takes it up
 * with its next change.
 */
export async function tellLateHost(profileDir: string): Promise<void> {
  const engine = await reach(profileDir).catch(() => null);
  await engine?.handle("preferences.set", {});
  engine?.close();
}

/** The user's own sources. A host shows the demo in their place; a command must not take it for them. */
function ownState(state: AppState): AppState {
  return state.demo === "shown" ? { ...state, sources: [], demo: "none" } : state;
}

function runningHost(engine: AttachedEngine): RunningHost {
  return {
    facts: engine.host,
    name: hostName(engine.host),
    async faces() {
      const answer = await engine.handle(hostCalls.faces, undefined);
      const faces = answer.ok ? (facesSchema.safeParse(answer.value).data ?? []) : [];
      return faces.filter(({ pid, stay }) => pid !== process.pid && stay === "lasting");
    },
    async diagnosis() {
      const answer = await engine.handle(hostCalls.diagnosis, undefined);
      return answer.ok ? (hostDiagnosisSchema.safeParse(answer.value).data ?? null) : null;
    },
    async hasVariable(name) {
      const answer = await engine.handle(hostCalls.hasVariable, { name });
      return answer.ok && answer.value === true;
    },
    reload: () => engine.reload(),
    async untilPolled(fresh) {
      if (fresh) {
        await engine.handle("sources.refresh", { id: null });
        await engine.reload();
      }
      const isDone = (state: AppState): boolean =>
        !state.sources.some((source) => isStillPolling(source, fresh, Date.now()));
      if (isDone(engine.state())) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const off = engine.onState((state) => {
        if (isDone(state)) resolve();
      });
      const timer = setTimeout(resolve, POLL_PATIENCE_MS);
      await Promise.race([promise, engine.closed]);
      clearTimeout(timer);
      off();
    },
  };
}

interface Local {
  readonly ports: () => Promise<import("../../app/ports.ts").Ports>;
  close(): Promise<void>;
}

/** Ports of this process, opened with the first need. */
function openLocal(): Local {
  let opening: Promise<import("./open-host.ts").OpenHost> | null = null;
  return {
    async ports() {
      opening ??= import("./open-host.ts").then(({ openHost }) => openHost({ profile: undefined, lasting: false }));
      return (await opening).ports;
    },
    async close() {
      if (opening !== null) await (await opening).close();
    },
  };
}

/**
 * Calls go to the host, but for the two that look at the surroundings of whoever asks: variables that are set where the command runs
 * are not set where the host does. Neither polls a source, nor writes.
 */
async function handle(engine: AttachedEngine, local: Local, name: string, input: unknown): Promise<AnyCallResult> {
  if (name !== "sources.probe" && name !== "sources.discover") return engine.handle(name, input);
  try {
    const ports = await local.ports();
    if (name === "sources.probe") {
      const asked = probeInputSchema.safeParse(input);
      if (!asked.success) return { ok: false, error: { code: "invalid-input", detail: firstIssue(asked.error) } };
      const { answerProbe } = await import("../../app/probe-handler.ts");
      return { ok: true, value: await answerProbe(asked.data, ports) };
    }
    const [{ discover }, { sources }] = await Promise.all([
      import("../../app/discovery/discover.ts"),
      import("../../app/sources/registry.ts"),
    ]);
    return { ok: true, value: await discover(engine.state().configs, sources, ports) };
  } catch (error) {
    if (error instanceof CallFailure) return { ok: false, error: error.error };
    throw error;
  }
}
