import * as z from "zod";
import type { AnyCallResult, ContractHost } from "../../../app/contract/host.ts";
import type { Engine } from "../../../app/engine.ts";
import type { HostDiagnosis } from "../diagnosis.ts";
import type { AttachedFace } from "./host-socket.ts";

/** What attached faces ask of a host beside the calls of the contract, which pages make. */
export const hostCalls = {
  /** Who is attached. */
  faces: "host.faces",
  /** The computer woke up, or somebody looks now. */
  wake: "host.wake",
  /** What `doctor` tells of the process that does the work: its folders, proxies, trust and keys. */
  diagnosis: "host.diagnosis",
  /** Polls every source; answered when all have ended. */
  pollAll: "host.pollAll",
  /** Whether an environment variable is set where the host runs. What it holds is never told. */
  hasVariable: "host.hasVariable",
} as const;

const wakeSchema = z.object({ reason: z.enum(["resumed", "unlocked", "opened", "changed"]) });
const variableSchema = z.object({ name: z.string().max(200) });

export const facesSchema = z.array(
  z.object({
    face: z.enum(["desktop", "web", "cli"]),
    pid: z.number(),
    stay: z.enum(["once", "lasting"]),
  }),
);

/** What a host's engine is asked for by attached faces. */
export type HostEngine = ContractHost & Pick<Engine, "wake" | "pollAll">;

export interface HostCallsParts {
  /** Resolves when the engine has started: until then calls wait. */
  readonly started: Promise<HostEngine>;
  readonly faces: () => readonly AttachedFace[];
  readonly diagnose: () => Promise<HostDiagnosis>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * A host as attached faces see it: the contract, and the few calls of `hostCalls`. Windows stay each face's own: neither calls
 * nor events of the shell cross.
 */
export function createHostCalls({ started, faces, diagnose, env = process.env }: HostCallsParts): ContractHost {
  const own = async (engine: HostEngine, name: string, input: unknown): Promise<AnyCallResult> => {
    switch (name) {
      case hostCalls.faces:
        return { ok: true, value: faces() };
      case hostCalls.diagnosis:
        return { ok: true, value: await diagnose() };
      case hostCalls.pollAll:
        await engine.pollAll();
        return { ok: true, value: undefined };
      case hostCalls.wake: {
        const parsed = wakeSchema.safeParse(input);
        if (!parsed.success) return invalid;
        engine.wake(parsed.data.reason);
        return { ok: true, value: undefined };
      }
      case hostCalls.hasVariable: {
        const parsed = variableSchema.safeParse(input);
        if (!parsed.success) return invalid;
        return { ok: true, value: (env[parsed.data.name] ?? "").trim() !== "" };
      }
      default:
        return invalid;
    }
  };
  return {
    async handle(name, input) {
      if (name.startsWith("shell.")) return invalid;
      const engine = await started;
      return name.startsWith("host.") ? own(engine, name, input) : engine.handle(name, input);
    },
    subscribe(listener) {
      let unsubscribe: (() => void) | null = null;
      let ended = false;
      started.then(
        (engine) => {
          if (ended) return;
          unsubscribe = engine.subscribe((event) => {
            if (!event.name.startsWith("shell.")) listener(event);
          });
        },
        // Whoever started it hears of that; there is nothing to listen to.
        () => undefined,
      );
      return () => {
        ended = true;
        unsubscribe?.();
      };
    },
  };
}

const invalid: AnyCallResult = { ok: false, error: { code: "invalid-input", detail: "no such call" } };
