import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";

/** Entry of the `plimsoll` command. Each command loads its own parts when it runs. */
try {
  process.exitCode = await run();
} catch (error) {
  // Only the class of an unforeseen error is told: its message could hold anything.
  process.stderr.write(
    `plimsoll: stopped by an error of its own (${error instanceof Error ? error.name : "unknown"})\n`,
  );
  if (process.env["PLIMSOLL_DEBUG"] === "1" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  process.exitCode = EXIT.failed;
}

async function run(): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    // Commander has printed help, the version, or what was wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUsage;
    throw error;
  }
  return exitCode;
}
