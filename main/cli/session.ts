import * as z from "zod";
import { createEngine, type Engine } from "../../app/engine.ts";
import type { Ports } from "../../app/ports.ts";
import { hostInfo } from "./host-info.ts";
import { openHost } from "./open-host.ts";

/** `--profile` as every command takes it. */
export const profileOption = z.string().optional();

export interface Session {
  readonly engine: Engine;
  readonly ports: Ports;
  readonly profileDir: string;
}

/**
 * Runs one command on an engine that polls only when told to, and frees everything afterwards.
 * Problems of the settings file are told on standard error.
 */
export async function withEngine(
  options: { profile: string | undefined; demo: "only" | "off" },
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const host = await openHost({ profile: options.profile, lasting: false });
  const engine = createEngine(host.ports, {
    host: hostInfo("cli", host.ports.settings.path),
    demo: options.demo,
    automatic: false,
    shell: { openSettings: () => undefined },
  });
  try {
    await engine.start();
    await tellSettingsProblems(engine);
    return await run({ engine, ports: host.ports, profileDir: host.profileDir });
  } finally {
    await engine.stop();
    await host.close();
  }
}

/** What is wrong with the settings file, a line each on standard error. */
export async function tellSettingsProblems(engine: Pick<Engine, "state">): Promise<void> {
  const { settingsProblems } = engine.state();
  if (settingsProblems.length === 0) return;
  const { settingsProblemWords } = await import("./settings-problem-words.ts");
  for (const problem of settingsProblems) process.stderr.write(`plimsoll: ${settingsProblemWords(problem)}\n`);
}
