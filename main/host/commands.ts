import type { CommandRunner } from "../../app/ports.ts";

/** Runs programs; what does that is loaded with the first, because most users have none. */
export function createCommands(env: Readonly<Record<string, string | undefined>>): CommandRunner {
  return {
    async run(options) {
      const { createCommandRunner } = await import("./command-runner.ts");
      return createCommandRunner({ env }).run(options);
    },
  };
}
