const WARM_UP = 3;
const CYCLES = 12;

/** Runs a cycle until it is warm, then prints the CPU milliseconds of each further one as a JSON list. */
export async function measureCycles(cycle: () => Promise<void>): Promise<void> {
  const costs: number[] = [];
  for (let run = 0; run < WARM_UP + CYCLES; run += 1) {
    const before = process.cpuUsage();
    await cycle();
    const { user, system } = process.cpuUsage(before);
    if (run >= WARM_UP) costs.push((user + system) / 1000);
  }
  console.log(JSON.stringify(costs));
}
