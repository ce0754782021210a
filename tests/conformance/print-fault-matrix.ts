// `npm run fault-matrix`: what every source makes of every fault, over real HTTP, as a table. Exit status 1 where something is wrong.
import { conformanceFaults } from "./faults.ts";
import { type Cell, runFaultMatrix } from "./run-matrix.ts";

/** Two letters each, so that all faults fit beside each other. */
const CODES: Readonly<Record<string, string>> = {
  reading: "ok",
  "key-refused": "kr",
  "key-lacks-permission": "kp",
  "quota-used-up": "qu",
  "rate-limited": "rl",
  "not-found": "nf",
  "unexpected-shape": "us",
  "challenge-page": "cp",
  "tls-untrusted": "tu",
  "timed-out": "to",
  unreachable: "ur",
  "answer-too-large": "tl",
  "redirected-elsewhere": "re",
  "server-error": "se",
  "invalid-options": "io",
};

const codes = new Map(Object.entries(CODES));
const cells = await runFaultMatrix();
const names = [...new Set(cells.map(({ source }) => source))];
const width = Math.max(...names.map((name) => name.length));
const columns = conformanceFaults.map((_, index) => String(index + 1).padStart(2));

console.log(`${"".padEnd(width)}  ${columns.join(" ")}`);
for (const name of names) {
  const row = cells.filter(({ source }) => source === name).map(mark);
  console.log(`${name.padEnd(width)}  ${row.join(" ")}`);
}
console.log("\nFaults");
for (const [index, { name }] of conformanceFaults.entries()) console.log(`  ${String(index + 1).padStart(2)}  ${name}`);
console.log("\nEnds");
for (const [name, code] of codes) console.log(`  ${code}  ${name === "reading" ? "figures were read" : name}`);
console.log("  !!  crashed, unnamed, or not as it must be\n");

const wrong = cells.filter(({ problems }) => problems.length > 0);
for (const { source, fault, problems } of wrong) console.log(`${source}, ${fault}: ${problems.join("; ")}`);
console.log(
  `${names.length} sources × ${conformanceFaults.length} faults = ${cells.length} cells, ${wrong.length} wrong.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

function mark({ result, problems }: Cell): string {
  return problems.length > 0 ? "!!" : (codes.get(result) ?? "!!");
}
