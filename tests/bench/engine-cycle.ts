// One poll cycle of the engine over the real transport: key, request, parse, record, state.
import { createEngine } from "../../app/engine.ts";
import { createTransport } from "../../main/host/transport.ts";
import { createMemoryPorts } from "../engine/memory-ports.ts";
import { createVirtualClock } from "../engine/virtual-clock.ts";
import { measureCycles } from "./measure-cycles.ts";
import { BENCH_KEY, targets } from "./targets.ts";

const urls = targets(process.argv.slice(2));
const transport = createTransport({ env: process.env });
const ports = createMemoryPorts(createVirtualClock(Date.now()), () => {
  throw new Error("the bench uses the real transport");
});
ports.env.set("BENCH_KEY", BENCH_KEY);
ports.file = {
  kind: "text",
  text: JSON.stringify({
    version: 1,
    sources: urls.map((baseUrl, index) => ({
      id: `g${index}`,
      kind: "neutral",
      label: `Gateway ${index}`,
      baseUrl,
      credential: { type: "env", name: "BENCH_KEY" },
    })),
  }),
};
const engine = createEngine(
  { ...ports, http: transport },
  {
    host: { face: "cli", version: "bench", platform: process.platform, settingsPath: "" },
    demo: "off",
    automatic: false,
    shell: { openSettings: () => undefined },
  },
);
await engine.start();
engine.subscribe(() => undefined);

await measureCycles(async () => {
  await engine.pollAll();
  const fresh = engine.state().sources.filter((source) => source.status.state === "fresh").length;
  if (fresh !== urls.length) throw new Error(`${fresh} of ${urls.length} sources were read`);
});
await engine.stop();
await transport.close();
