import { describe, expect, it } from "vitest";
import { type SimulationOptions, STANDARD } from "./run-simulation.ts";
import { type Outcome, simulateInProcess } from "./simulation-process.ts";

/** Far longer than any of them takes, so that no slow machine fails them. */
const PATIENCE_MS = 300_000;

/** Fails with what went wrong, what led to it, and the command that shows it again. */
async function holds(change: Partial<SimulationOptions> & { seed: string }): Promise<Outcome["counts"]> {
  const { counts, violations, text } = await simulateInProcess({ ...STANDARD, ...change });
  console.log(`  seed ${change.seed}: ${text.split("\n").find((line) => line.includes(" days of ")) ?? ""}`);
  if (violations.length > 0) throw new Error(`A promise was broken.\n\n${text}`);
  return counts;
}

describe("in months of virtual time, every promise is kept", { timeout: PATIENCE_MS }, () => {
  it("to two hundred sources through sixty days", async () => {
    const counts = await holds({ seed: "load-line" });
    expect(counts.polls).toBeGreaterThan(100_000);
    expect(counts.alerts).toBeGreaterThan(3_000);
    expect(counts.actions).toBeGreaterThan(200);
  });

  it.each(["ballast", "keel"])("over hundreds of ends at random moments: nothing is told twice (%s)", async (seed) => {
    const counts = await holds({ days: 20, sources: 25, restarts: 800, intervalSeconds: 1_800, seed });
    expect(counts.starts).toBeGreaterThan(450);
  });

  it("when everything happens at once, at the usual interval", async () => {
    const counts = await holds({ days: 6, sources: 30, restarts: 60, intervalSeconds: 300, bustle: 8, seed: "squall" });
    expect(counts.polls).toBeGreaterThan(5_000);
  });

  it("in another world each day", async () => {
    const seed = new Date().toISOString().slice(0, 10);
    const counts = await holds({ days: 20, sources: 40, restarts: 40, intervalSeconds: 1_800, bustle: 2, seed });
    expect(counts.polls).toBeGreaterThan(1_000);
  });
});
