// One simulation in a process of its own, its options and what went wrong as JSON.
import * as z from "zod";
import { runSimulation } from "./run-simulation.ts";

const options = z
  .object({
    days: z.number(),
    sources: z.number(),
    seed: z.string(),
    restarts: z.number(),
    intervalSeconds: z.number(),
    bustle: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));
const { violations } = await runSimulation(options);
console.log(JSON.stringify({ violations: violations.map(({ trace: _, ...violation }) => violation) }));
