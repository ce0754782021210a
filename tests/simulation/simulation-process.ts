import { spawn } from "node:child_process";
import { join } from "node:path";
import * as z from "zod";
import type { SimulationOptions } from "./run-simulation.ts";

export const optionsSchema = z.object({
  days: z.number(),
  sources: z.number(),
  seed: z.string(),
  restarts: z.number(),
  intervalSeconds: z.number(),
  bustle: z.number().default(1),
});

const outcomeSchema = z.object({
  counts: z.object({ polls: z.number(), alerts: z.number(), starts: z.number(), actions: z.number() }),
  violations: z.array(z.object({ invariant: z.string(), source: z.string(), message: z.string() })),
  /** Figures; where something went wrong also what it was, what led to it, and the command that shows it again. */
  text: z.string(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

const LIMIT_MS = 280_000;
const ROOT = join(import.meta.dirname, "..", "..");

/**
 * A simulation in a process of its own, as on the command line: test runners load modules in their own way and time, and what is
 * loaded late would be there only hours of virtual time later. `tree` holds the app that is tried.
 */
export function simulateInProcess(options: SimulationOptions, tree = ROOT): Promise<Outcome> {
  const child = spawn(process.execPath, [join(tree, "tests/simulation/simulate-json.ts"), JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  const texts = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.error += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      try {
        resolve(outcomeSchema.parse(JSON.parse(texts.out)));
      } catch {
        const said = texts.error.slice(0, 4_000);
        reject(new Error(`the simulation ended with ${code ?? signal} and without a result: ${said}`));
      }
    });
  });
}
