// `npm run simulate:mutations`: breaks each rule of the app that an invariant guards, and shows which invariant notices.
import { availableParallelism } from "node:os";
import { MUTATIONS, type Mutation } from "./mutation-list.ts";
import { type Caught, runMutations, UNBROKEN } from "./run-mutations.ts";

const only = process.argv[2];
const chosen = MUTATIONS.filter(({ rule }) => only === undefined || rule.includes(only));
/** The app as it is, in each of the worlds in which it is broken. */
const worlds = new Map(chosen.map(({ run = {} }) => [JSON.stringify(run), run]));
const unbroken: Mutation[] = [...worlds.values()].map((run) => ({ ...UNBROKEN, run }));
const width = Math.max(...chosen.map(({ rule }) => rule.length));
const began = performance.now();

const line = ({ mutation, violated, isAsExpected, message }: Caught): string => {
  const expected = mutation.noticedBy.join(" or ").padEnd(34);
  if (mutation.edits.length === 0)
    return `${isAsExpected ? "holds   " : "FAILS   "}  ${mutation.rule.padEnd(width)}  ${message}`;
  const found = isAsExpected ? message : `violated: ${violated.join(", ") || "nothing"}`;
  return `${isAsExpected ? "noticed " : "MISSED  "}  ${mutation.rule.padEnd(width)}  ${expected}  ${found}`;
};

const all = await runMutations([...unbroken, ...chosen], Math.min(4, availableParallelism()), (each) =>
  console.log(line(each)),
);
const broken = all.filter(({ mutation }) => mutation.edits.length > 0);
const noticed = broken.filter(({ isAsExpected }) => isAsExpected).length;
const seconds = Math.round((performance.now() - began) / 1_000);
console.log(`\n${noticed} of ${broken.length} broken rules were noticed, in ${seconds} s.`);
process.exitCode = all.every(({ isAsExpected }) => isAsExpected) ? 0 : 1;
