import * as z from "zod";
import type { Engine } from "../../app/engine.ts";
import type { Ports } from "../../app/ports.ts";
import { mayHaveHost } from "../host/attach/may-have-host.ts";
import { resolveProfile } from "../host/profile.ts";
import type { RunningHost } from "./running-host.ts";

/** `--profile` as every command takes it. */
export const profileOption = z.string().optional();

/** A command on an engine of its own, because no host runs on the profile (or it is not to be asked). */
export interface OwnSession {
  readonly running: null;
  /** Why the host that runs cannot be spoken to; null where none runs. */
  readonly unreached: string | null;
  readonly engine: Engine;
  readonly ports: Ports;
  readonly profileDir: string;
}

/** A command that speaks to the host that runs on the profile: it polls nothing and writes nothing by itself. */
export interface AttachedSession {
  readonly running: RunningHost;
  readonly engine: Pick<Engine, "handle" | "state">;
  readonly profileDir: string;
}

export type Session = OwnSession | AttachedSession;

export interface SessionOptions {
  readonly profile: string | undefined;
  readonly demo: "only" | "off";
  /**
   * What becomes of a command when there is a host that it cannot speak to. needed: it fails, because it would write what the host
   * writes. preferred: it does it by itself, and says so. unasked: it never speaks to one.
   */
  readonly host: "needed" | "preferred" | "unasked";
}

/**
 * Runs one command: through the host of the profile where one runs, else on an engine that polls only when told to. Frees everything
 * afterwards. Problems of the settings file are told on standard error.
 */
export async function withEngine(options: SessionOptions, run: (session: Session) => Promise<number>): Promise<number> {
  const profileDir = resolveProfile(options.profile);
  let unreached: string | null = null;
  if (options.demo === "off" && options.host !== "unasked" && mayHaveHost(profileDir)) {
    const { attachSession } = await import("./attached-session.ts");
    const attached = await attachSession(profileDir, options.host);
    if (attached.session === null) unreached = attached.unreached;
    else {
      try {
        await tellSettingsProblems(attached.session.engine);
        return await run(attached.session);
      } finally {
        await attached.close();
      }
    }
  }
  const { openOwnSession } = await import("./own-session.ts");
  const own = await openOwnSession(options, unreached);
  try {
    await own.session.engine.start();
    await tellSettingsProblems(own.session.engine);
    return await run(own.session);
  } finally {
    await own.close();
    // It looked at the settings before this command wrote them, and found nobody to ask.
    if (options.host === "needed" && mayHaveHost(profileDir)) {
      const { tellLateHost } = await import("./attached-session.ts");
      await tellLateHost(profileDir);
    }
  }
}

/** What is wrong with the settings file, a line each on standard error. */
export async function tellSettingsProblems(engine: Pick<Engine, "state">): Promise<void> {
  const { settingsProblems } = engine.state();
  if (settingsProblems.length === 0) return;
  const { settingsProblemWords } = await import("./settings-problem-words.ts");
  for (const problem of settingsProblems) process.stderr.write(`plimsoll: ${settingsProblemWords(problem)}\n`);
}
