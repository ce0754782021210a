import { setTimeout as wait } from "node:timers/promises";
import { type AppState, contract, type HostInfo, settingsPlaceSchema } from "../../../app/contract/contract.ts";
import type { AnyCallResult, ContractHost, HostEvent } from "../../../app/contract/host.ts";
import { diffState } from "../../../app/contract/patch.ts";
import type { Engine } from "../../../app/engine.ts";
import type { Shell } from "../../../app/engine-handlers.ts";
import type { Logger } from "../../../app/ports.ts";
import type { HostDiagnosis } from "../diagnosis.ts";
import { AttachError } from "./attach-error.ts";
import { type AttachedEngine, attachEngine } from "./attached-engine.ts";
import { type Claim, claimProfile } from "./claim.ts";
import { createHostCalls, type HostEngine } from "./host-calls.ts";
import type { ConnectOptions } from "./host-connection.ts";
import type { HostFacts } from "./host-record.ts";

/** What a face that stays needs of an engine, whether it is its own or another process's. */
export type FaceEngine = Pick<
  Engine,
  "start" | "stop" | "handle" | "subscribe" | "state" | "onState" | "wake" | "pollAll" | "showSource"
>;

/** What a face is to its profile. */
export type Role =
  /** It polls and writes. `problem`: why nobody can attach to it. */
  | { readonly type: "host"; readonly problem: string | null }
  /** Another process polls and writes. */
  | { readonly type: "attached"; readonly host: HostFacts }
  /** The other process has ended or does not answer, and nobody has taken its place yet. */
  | { readonly type: "lost"; readonly host: HostFacts; readonly why: string | null };

export interface SharedEngine extends FaceEngine {
  role(): Role;
  /** Hears each change of the role; returns the function that stops listening. */
  onRole(listener: (role: Role) => void): () => void;
}

/** An engine and what it alone uses. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** What `doctor` tells of this process while it is the host. */
  readonly diagnose: () => Promise<HostDiagnosis>;
  /** Frees what the engine used, after its end. */
  close(): Promise<void>;
}

export interface SharedEngineOptions {
  readonly profileDir: string;
  /** What this face tells of itself. */
  readonly info: HostInfo;
  /**
   * A new engine on new ports each time: this process may become the host more than once. `resume` is what the host before told last.
   * Its shell opens no windows: `shell` does.
   */
  readonly openEngine: (resume: AppState["sources"]) => Promise<OpenedEngine>;
  readonly shell: Shell;
  readonly logger: Logger;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly connect?: ConnectOptions;
}

/** How long a call waits for the next host when the last one has just ended. */
const CALL_PATIENCE_MS = 10_000;
const INTERRUPTED_PAUSES_MS = [50, 200, 800];
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

/**
 * One host per profile, for faces that stay: the engine of the process that opened the profile first, wherever that is. When that
 * process ends, one of those that were attached takes its place, and the others attach to it. Pages and trays see one state that
 * goes on: each patch follows on the one before, over a change of hosts, too.
 *
 * `start` throws AttachError when there is a host that cannot be spoken to, and what the engine's own start throws.
 */
export function createSharedEngine(options: SharedEngineOptions): SharedEngine {
  const { logger, shell, info } = options;
  type Seat =
    | {
        readonly type: "host";
        readonly engine: Engine;
        close(): Promise<void>;
        readonly claim: Exclude<Claim, { type: "attached" }>;
      }
    | { readonly type: "attached"; readonly engine: AttachedEngine };
  let seat: Seat | null = null;
  let role: Role | null = null;
  let stopped = false;
  /** The state that listeners were told last; null while nobody listens. */
  let shown: AppState | null = null;
  /** The last one there was, while there is no host. */
  let lastState: AppState | null = null;
  let release: (() => void) | null = null;
  const ending = new AbortController();
  let seated = Promise.withResolvers<void>();
  const listeners = new Set<(event: HostEvent) => void>();
  const stateListeners = new Set<(state: AppState) => void>();
  const roleListeners = new Set<(role: Role) => void>();

  const become = (next: Role): void => {
    role = next;
    for (const listener of [...roleListeners]) listener(next);
  };

  const emit = (event: HostEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };

  const tell = (next: AppState): void => {
    const before = shown;
    if (before === next) return;
    shown = next;
    if (before === null) return;
    if (listeners.size > 0) emit({ name: "state.changed", value: diffState(before, next) });
    for (const listener of [...stateListeners]) listener(next);
  };

  const isWatched = (): boolean => listeners.size > 0 || stateListeners.size > 0;

  /** Follows the engine of the day while anybody watches; an engine that nobody watches builds no patches. */
  const follow = (): void => {
    if (release !== null || seat === null || !isWatched()) return;
    const { engine } = seat;
    const offs = [
      engine.onState(tell),
      seat.type === "host"
        ? seat.engine.subscribe((event) => {
            if (event.name !== "state.changed") emit(event);
          })
        : seat.engine.onEvent(emit),
    ];
    release = () => {
      for (const off of offs) off();
      release = null;
    };
    const now = engine.state();
    if (shown === null) shown = now;
    else tell(now);
  };

  const unfollow = (): void => {
    if (isWatched()) return;
    release?.();
    shown = null;
  };

  const claim = (opened: Promise<OpenedEngine>): Promise<Claim> => {
    const started = opened.then(({ engine }): HostEngine => engine);
    // A start that fails is told to whoever wanted it, and to those who call meanwhile.
    started.catch(() => undefined);
    return claimProfile({
      profileDir: options.profileDir,
      me: { face: info.face, pid: process.pid, version: info.version, stay: "lasting" },
      host: (faces) =>
        createHostCalls({ started, diagnose: async () => (await opened).diagnose(), faces, ...env(options) }),
      logger,
      now: Date.now,
      ...env(options),
      ...(options.connect !== undefined && { connect: options.connect }),
    });
  };

  /** Becomes the host, or attaches to it. */
  const sit = async (): Promise<void> => {
    const started = Promise.withResolvers<OpenedEngine>();
    const claimed = await claim(started.promise);
    if (claimed.type === "attached") {
      const engine = await attachEngine(claimed.connection, ownInfo);
      if (stopped) return engine.close();
      return settle({ type: "attached", engine }, { type: "attached", host: engine.host });
    }
    let opened: OpenedEngine | null = null;
    try {
      opened = await options.openEngine(lastState?.sources ?? []);
      await opened.engine.start();
      if (stopped) throw new Error("stopped while it started");
    } catch (error) {
      started.reject(error);
      await opened?.engine.stop().catch(() => undefined);
      await opened?.close().catch(() => undefined);
      if (claimed.type === "host") await claimed.release();
      throw error;
    }
    started.resolve(opened);
    const problem = claimed.type === "alone" ? claimed.problem : null;
    const { engine, close } = opened;
    settle({ type: "host", engine, close, claim: claimed }, { type: "host", problem });
  };

  const start = async (): Promise<void> => {
    for (const pause of INTERRUPTED_PAUSES_MS) {
      try {
        return await sit();
      } catch (error) {
        // The host that was to be attached to has just ended.
        if (!(error instanceof AttachError) || error.problem !== "interrupted") throw error;
        await wait(pause);
      }
    }
    return sit();
  };

  const ownInfo = ({ face, pid }: HostFacts): HostInfo => ({ ...info, attachedTo: { face, pid, lostSince: null } });

  const settle = (next: Seat, nextRole: Role): void => {
    seat = next;
    seated.resolve();
    if (next.type === "attached") void next.engine.closed.then(() => lose(next.engine));
    follow();
    become(nextRole);
  };

  /** The host is gone. Until there is another one the last state stays, and says since when. */
  const lose = (engine: AttachedEngine): void => {
    if (stopped || seat?.type !== "attached" || seat.engine !== engine) return;
    const last = engine.state();
    release?.();
    seat = null;
    seated = Promise.withResolvers<void>();
    become({ type: "lost", host: engine.host, why: null });
    lastState = last;
    void regain(engine.host, last);
  };

  const regain = async (host: HostFacts, last: AppState): Promise<void> => {
    const lostSince = Date.now();
    for (let pause = FIRST_RETRY_MS; !stopped; pause = Math.min(pause * 2, LONGEST_RETRY_MS)) {
      try {
        return await sit();
      } catch (error) {
        const why = error instanceof AttachError ? error.message : null;
        logger.log("warn", "host-not-regained", { reason: error instanceof AttachError ? error.problem : "start" });
        const { face, pid } = host;
        lastState = { ...last, host: { ...info, attachedTo: { face, pid, lostSince } } };
        if (isWatched()) tell(lastState);
        become({ type: "lost", host, why });
        await wait(pause, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };

  const current = (): AppState => {
    const state = seat?.engine.state() ?? lastState;
    if (state === null) throw new Error("the engine was not started");
    return state;
  };

  /** The engine of the day; null when there is none for too long. */
  const engineSoon = async (): Promise<ContractHost["handle"] | null> => {
    if (seat === null && !stopped)
      await Promise.race([seated.promise, wait(CALL_PATIENCE_MS, undefined, { ref: false })]);
    const engine = seat?.engine;
    return engine === undefined ? null : (name, input) => engine.handle(name, input);
  };

  return {
    start,
    async stop() {
      if (stopped) return;
      stopped = true;
      ending.abort();
      release?.();
      listeners.clear();
      stateListeners.clear();
      if (seat?.type === "attached") seat.engine.close();
      if (seat?.type !== "host") return;
      // What is due is written before anybody else may write.
      await seat.engine.stop();
      await seat.close();
      if (seat.claim.type === "host") await seat.claim.release();
    },
    async handle(name, input): Promise<AnyCallResult> {
      // From the copy that the patches lead on from.
      if (name === "state.get") return { ok: true, value: current() };
      if (name === "shell.openSettings") return openSettings(shell, input);
      const handle = await engineSoon();
      if (handle === null) return { ok: false, error: { code: "host-lost", detail: null } };
      const result = await handle(name, input);
      return name === "history.export" ? saved(shell, result) : result;
    },
    subscribe(listener) {
      listeners.add(listener);
      follow();
      return () => {
        listeners.delete(listener);
        unfollow();
      };
    },
    state: current,
    onState(listener) {
      stateListeners.add(listener);
      follow();
      return () => {
        stateListeners.delete(listener);
        unfollow();
      };
    },
    wake: (reason) => seat?.engine.wake(reason),
    async pollAll() {
      await seat?.engine.pollAll();
    },
    // Only the windows of this face turn to it.
    showSource: (sourceId) => emit({ name: "shell.showSource", value: { sourceId } }),
    role: () => role ?? { type: "host", problem: null },
    onRole(listener) {
      roleListeners.add(listener);
      return () => {
        roleListeners.delete(listener);
      };
    },
  };
}

function openSettings(shell: Shell, input: unknown): AnyCallResult {
  const place = settingsPlaceSchema.safeParse(input);
  if (!place.success) return { ok: false, error: { code: "invalid-input", detail: null } };
  shell.openSettings(place.data);
  return { ok: true, value: undefined };
}

/** Where this face asks where to save a file, it does, whoever made the file. */
async function saved(shell: Shell, result: AnyCallResult): Promise<AnyCallResult> {
  if (!result.ok || shell.saveFile === undefined) return result;
  const output = contract.history.export.output.safeParse(result.value);
  if (!output.success || output.data.file === null) return result;
  await shell.saveFile(output.data.file);
  return { ok: true, value: { file: null } };
}

function env(options: SharedEngineOptions): Pick<SharedEngineOptions, "env"> {
  return options.env === undefined ? {} : { env: options.env };
}
