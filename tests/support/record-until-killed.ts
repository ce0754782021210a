// A host that records until it is killed: `node record-until-killed.ts PROFILE FIRST`. An hour of its clock passes in a second,
// so that roll-ups are under way at many moments. Prints "due N" when what it recorded as N had a second to reach the disk.
import { writeSync } from "node:fs";
import { createHistoryStore } from "../../main/host/history/history-store.ts";
import { sampleFor, seriesFor } from "./history-samples.ts";

const [directory = "", first = "0"] = process.argv.slice(2);
const SPEED = 3_600;
const ORIGIN = Date.UTC(2026, 10, 20);

const begun = performance.now();
const start = ORIGIN + Number(first) * 1_000;
const now = (): number => Math.round(start + (performance.now() - begun) * SPEED);
const store = createHistoryStore({
  directory,
  logger: { log: (level, event, fields) => writeSync(1, `log ${level} ${event} ${JSON.stringify(fields ?? {})}\n`) },
  now,
});
const series = Array.from({ length: 5 }, (_, index) => seriesFor(`s${index}`));
await store.status();
writeSync(1, "ready\n");

let count = Number(first);
let last = 0;
setInterval(() => {
  const at = Math.max(last + 1, now());
  last = at;
  count += 1;
  const number = count;
  for (const one of series) store.record(one, sampleFor(one, at, number));
  setTimeout(() => writeSync(1, `due ${number}\n`), 1_000);
}, 5);
