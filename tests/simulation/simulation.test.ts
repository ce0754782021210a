import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MUTATIONS } from "./mutation-list.ts";
import { occurrences } from "./run-mutations.ts";

/** Longer than any of them takes on a slow machine. */
const PATIENCE_MS = 400_000;
const SCRIPT = join(import.meta.dirname, "simulate.ts");

/** Runs a simulation in a process of its own: here, modules that are loaded late would take time that its clock knows nothing of. */
async function simulate(args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, output };
}

it.each([
  ["two hundred sources through twenty days", ["--seed", "3", "--stop-after", "20"]],
  ["forty sources through sixty days and four hundred ends", ["--seed", "4", "--sources", "40", "--restarts", "400"]],
])(
  "keeps every promise to %s",
  async (_name, args) => {
    const { code, output } = await simulate(args);
    expect(output).toMatch(/\d{5,} polls \(\d+ without figures\), \d{4,} alerts/);
    expect(code, output).toBe(0);
  },
  PATIENCE_MS,
);

it.each(MUTATIONS.map((mutation) => [mutation.rule, mutation] as const))(
  "finds each text that breaks a rule exactly once: %s",
  (_rule, { edits }) => {
    for (const edit of edits) expect([edit.file, edit.find, occurrences(edit)]).toEqual([edit.file, edit.find, 1]);
  },
);
