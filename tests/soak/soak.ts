// `npm run soak -- --minutes 10`: the built product against gateways that misbehave, in real time, and an honest table of it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { serveLoopback } from "../fault-gateway/loopback.ts";
import { behaviours, LINES, type ModelGateway, startModelGateway } from "./model-gateway.ts";
import { usageOf } from "./process-usage.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const KEY = "soak-key-0123456789";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, each: { type: "string", default: "2" } },
});
const minutes = z.coerce.number().min(0.5).max(1440).parse(values.minutes);
/** Gateways of each behaviour. */
const each = z.coerce.number().int().min(1).max(50).parse(values.each);

const alertSchema = z.object({
  alerts: z.array(z.object({ id: z.string(), kind: z.string(), source: z.object({ id: z.string() }) })),
});

const compiled = spawnSync(process.execPath, [join(ROOT, "build/compile.mjs"), "cli", "desktop"], { stdio: "inherit" });
if (compiled.status !== 0) process.exit(1);

const profile = mkdtempSync(join(tmpdir(), "plimsoll-soak-"));
const startedAt = Date.now();
const gateways: ModelGateway[] = [];
for (const behaviour of behaviours) {
  for (let count = 0; count < each; count += 1) gateways.push(await startModelGateway(behaviour, KEY, startedAt));
}
const alerts = new Map<string, string[]>();
const hook = await serveLoopback((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    response.writeHead(204).end();
    for (const alert of alertSchema.parse(JSON.parse(body)).alerts) {
      if (alert.kind !== "percent-left") continue;
      alerts.set(alert.source.id, [...(alerts.get(alert.source.id) ?? []), alert.id]);
    }
  });
});

writeFileSync(
  join(profile, "settings.json"),
  JSON.stringify({
    version: 1,
    preferences: {
      intervalSeconds: 60,
      thresholds: LINES,
      alertRules: { amountsLeft: [], runwayDays: null, beforeReset: false, failingMinutes: null, quotaBack: false },
    },
    sources: gateways.map(({ origin, behaviour }, index) => ({
      id: `g${index}`,
      kind: "neutral",
      label: `${behaviour} ${index}`,
      baseUrl: origin,
      credential: { type: "env", name: "SOAK_KEY" },
      options: { quotaPath: "/quota" },
    })),
    sinks: [
      {
        type: "webhook",
        id: "soak",
        label: "soak",
        format: "json",
        origin: hook.origin,
        address: { type: "env", name: "SOAK_HOOK" },
      },
    ],
  }),
);

const host = spawn(
  process.execPath,
  ["--expose-gc", join(ROOT, "dist/cli/plimsoll.cjs"), "serve", "--no-open", "--profile", profile],
  {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: profile,
      SOAK_KEY: KEY,
      SOAK_HOOK: `${hook.origin}/alerts`,
      PLIMSOLL_KEYRING: "off",
    },
  },
);
const ended = once(host, "exit");
await Promise.race([once(host.stdout, "data"), ended]);
if (host.exitCode !== null) throw new Error("the host ended at once: what it said stands above");
const pid = host.pid ?? 0;
// The first polls load what they need; memory is compared from then on.
await wait(15_000);
const first = usageOf(pid);
console.log(
  `${cpus()[0]?.model ?? "unknown CPU"} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
console.log(`${gateways.length} gateways, asked each minute at most, for ${minutes} min\n`);
await wait(Math.max(0, startedAt + minutes * 60_000 - Date.now()));
const last = usageOf(pid);
// What fired in the last moment is on its way for a few seconds.
await wait(8_000);
host.kill("SIGTERM");
await ended;

const rows = behaviours.map((behaviour) => {
  const of = gateways.flatMap((gateway, index) => (gateway.behaviour === behaviour ? [{ gateway, index }] : []));
  const sum = (figure: (gateway: ModelGateway) => number): number =>
    of.reduce((total, { gateway }) => total + figure(gateway), 0);
  const fired = of.flatMap(({ index }) => alerts.get(`g${index}`) ?? []);
  return {
    behaviour,
    requests: sum(({ tally }) => tally.requests),
    // One at the start, and one in each minute that has passed.
    "at most": of.length * (Math.floor(minutes) + 1),
    "too early": sum(({ tally }) => tally.tooEarly),
    crossings: sum(({ tally }) => tally.crossings),
    alerts: fired.length,
    "told twice": fired.length - new Set(fired).size,
  };
});
console.table(rows);
if (first !== null && last !== null) {
  const seconds = last.cpuSeconds - first.cpuSeconds;
  const share = (seconds / (minutes * 60)) * 100;
  console.log(
    `CPU: ${last.cpuSeconds.toFixed(2)} s in all, ${seconds.toFixed(2)} s after the first 15 s (${share.toFixed(2)} % of one core)`,
  );
  console.log(`Memory: ${first.residentMiB.toFixed(1)} MiB after 15 s, ${last.residentMiB.toFixed(1)} MiB at the end`);
} else {
  console.log("CPU and memory are read from /proc, which only Linux has.");
}

const wrong = rows.filter(
  (row) =>
    row["too early"] > 0 || row.alerts !== row.crossings || row["told twice"] > 0 || row.requests > row["at most"],
);
for (const gateway of gateways) await gateway.close();
await hook.close();
rmSync(profile, { recursive: true, force: true });
console.log(
  wrong.length === 0 ? "\nNothing wrong." : `\nWrong: ${wrong.map(({ behaviour }) => behaviour).join(", ")}.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
