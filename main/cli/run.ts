import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";

/** Runs the `plimsoll` command of this process and sets its exit status. Each command loads its own parts. */
export async function run(): Promise<void> {
  // A reader such as `head` has seen enough: that is no failure, and nothing is left to say.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? EXIT.fine : EXIT.failed),
  );
  try {
    process.exitCode = await runCommand();
  } catch (error) {
    process.stderr.write(`plimsoll: ${words(error)}\n`);
    if (process.env["PLIMSOLL_DEBUG"] === "1" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
    process.exitCode = isNamed(error, "ProfileError") ? EXIT.wrongUsage : EXIT.failed;
  }
}

async function runCommand(): Promise<number> {
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

/** Errors with words of their own are told; of an unforeseen one only its class, since its message could hold anything. */
function words(error: unknown): string {
  if (isNamed(error, "ProfileError") || isNamed(error, "AttachError")) return error.message;
  return `stopped by an error of its own (${error instanceof Error ? error.name : "unknown"})`;
}

// By name, so that the entry need not load what throws it.
function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}
