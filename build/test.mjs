// `npm test`: set-up, lint, types, unit tests, build, the desktop bundle under its double, and the browser tests.
// `npm test -- --only lint,unit` runs those steps alone (a step that needs the build brings it along).
import { mkdirSync, rmSync } from "node:fs";
import { Explained, inProject, root, runCommand, seconds } from "./project.mjs";
import { capture } from "./run.mjs";
import { ensureSetup } from "./setup.mjs";
import { closingLine, readPlaywright, readVitest } from "./test-reports.mjs";

const STEP_LIMIT_MS = 10 * 60_000;
const REPORTS = inProject("dist", "test-reports");
const STEPS = /** @type {const} */ (["lint", "types", "unit", "build", "desktop", "e2e"]);

/** @typedef {typeof STEPS[number]} StepName */
/** @typedef {{ args: string[], env?: Record<string, string>, report?: (file: string) => import("./test-reports.mjs").Count | null }} Step */

/** @param {StepName} name @returns {string} */
const reportOf = (name) => inProject("dist", "test-reports", `${name}.json`);

/**
 * @param {StepName} name
 * @param {string[]} projects of vitest.config.ts
 */
const vitest = (name, projects) => [
  "node_modules/vitest/vitest.mjs",
  "run",
  ...projects.flatMap((project) => ["--project", project]),
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${reportOf(name)}`,
];

/** @type {Record<StepName, Step>} */
const steps = {
  lint: { args: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."] },
  types: { args: ["build/typecheck.mjs"] },
  unit: { args: vitest("unit", ["unit"]), report: readVitest },
  build: { args: ["build/compile.mjs"] },
  desktop: { args: vitest("desktop", ["desktop", "keyring"]), report: readVitest },
  e2e: {
    args: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf("e2e") },
    report: readPlaywright,
  },
};

await runCommand(async () => {
  const started = performance.now();
  const wanted = readOnly(process.argv.slice(2));
  const { node } = await ensureSetup({ browser: wanted.has("desktop") || wanted.has("e2e") });
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  /** @type {Set<StepName>} */
  const failed = new Set();
  /** @type {import("./test-reports.mjs").Count[]} */
  const counts = [];
  const run = async (/** @type {StepName} */ name) => {
    if (wanted.has(name) && !(await runStep(node, name, counts))) failed.add(name);
  };
  // Checks and build side by side; what opens browsers has the machine to itself.
  const checks = async () => {
    for (const name of /** @type {const} */ (["lint", "types", "unit"])) await run(name);
  };
  await Promise.all([run("build"), checks()]);
  for (const name of /** @type {const} */ (["desktop", "e2e"])) {
    if (wanted.has(name) && failed.has("build")) {
      failed.add(name);
      line(name, "not run, because the build failed");
    } else await run(name);
  }

  line("all", `${failed.size === 0 ? "passed" : `failed: ${[...failed].join(", ")}`} in ${seconds(started)}`);
  process.stdout.write(`${closingLine(counts)}\n`);
  return failed.size === 0 ? 0 : 1;
});

/**
 * Runs one step; prints one line, and on failure everything it said before that.
 * @param {string} node
 * @param {StepName} name
 * @param {import("./test-reports.mjs").Count[]} counts
 */
async function runStep(node, name, counts) {
  const started = performance.now();
  const { args, env, report } = steps[name];
  const { code, output, timedOut } = await capture(node, args, {
    cwd: root,
    env: { ...process.env, ...env, FORCE_COLOR: "0", NO_COLOR: "1" },
    timeoutMs: STEP_LIMIT_MS,
  });
  const count = report?.(reportOf(name)) ?? null;
  if (count !== null) counts.push(count);
  const ranNothing = report !== undefined && (count === null || count.passed + count.failed === 0);
  const passed = code === 0 && !timedOut && !ranNothing && (count?.failed ?? 0) === 0;
  if (!passed) process.stdout.write(`${output.trimEnd()}\n`);
  const tally = count === null ? "" : `${closingLine([count])}, `;
  const verdict = passed
    ? "passed"
    : timedOut
      ? "FAILED: stopped after 7 minutes"
      : ranNothing
        ? "FAILED: no test ran"
        : "FAILED";
  line(name, `${verdict} (${tally}${seconds(started)})`);
  return passed;
}

/**
 * @param {string} name
 * @param {string} text
 */
function line(name, text) {
  process.stdout.write(`${name.padEnd(8)}${text}\n`);
}

/**
 * @param {readonly string[]} args
 * @returns {Set<StepName>}
 */
function readOnly(args) {
  if (args.length === 0) return new Set(STEPS);
  const asked = args[0] === "--only" && args.length === 2 ? (args[1] ?? "").split(",") : [];
  const known = STEPS.filter((name) => asked.includes(name));
  if (known.length === 0 || known.length !== asked.length) {
    throw new Explained(`Usage: npm test [-- --only STEP[,STEP…]]  with steps ${STEPS.join(", ")}`);
  }
  if (known.includes("desktop") || known.includes("e2e")) known.push("build");
  return new Set(known);
}
