// The bare floor of one poll cycle: fetch and parse every answer, eight at a time.
import { measureCycles } from "./measure-cycles.ts";
import { BENCH_KEY, targets } from "./targets.ts";

const urls = targets(process.argv.slice(2));

await measureCycles(async () => {
  const queue = urls.values();
  const worker = async (): Promise<void> => {
    for (const url of queue) {
      const response = await fetch(`${url}/quota`, { headers: { authorization: `Bearer ${BENCH_KEY}` } });
      await response.json();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
});
