import type { CommandRunner } from "../../ports.ts";
import type { CommandHook } from "../../settings/sink-settings.ts";
import type { Attempt } from "./attempt.ts";
import { commandFacts } from "./command-facts.ts";
import type { SinkMessage } from "./sink-message.ts";

/** Runs a command hook once. A program that fails is not run again: it may have done its work, and would do it twice. */
export async function runCommandHook(
  hook: CommandHook,
  message: SinkMessage,
  runner: CommandRunner,
  signal: AbortSignal,
): Promise<Attempt> {
  const { ok, detail } = await runner.run({
    argv: hook.argv,
    env: commandFacts(message),
    timeoutMs: hook.timeoutSeconds * 1000,
    signal,
  });
  return { type: ok ? "delivered" : "failed", detail };
}
