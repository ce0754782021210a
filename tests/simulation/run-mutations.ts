import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { Edit, Mutation } from "./mutation-list.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What a simulation needs of the tree. */
const PARTS = ["app", "tests/engine", "tests/simulation", "package.json"] as const;
const LIMIT_MS = 120_000;

/** What a broken rule led to. */
export interface Caught {
  readonly mutation: Mutation;
  /** The invariants that were violated; empty where nobody noticed. */
  readonly violated: readonly string[];
  /** An expected one was; of the app as it is, none. */
  readonly isAsExpected: boolean;
  /** What the first of the expected violations said. */
  readonly message: string;
}

/** How often the text of an edit stands in its file. */
export function occurrences({ file, find }: Edit, root = ROOT): number {
  return readFileSync(join(root, file), "utf8").split(find).length - 1;
}

/** The app as it is: whatever it is tried with must hold, or a broken rule would be noticed for another reason. */
export const UNBROKEN: Mutation = { rule: "(as it is)", edits: [], noticedBy: [] };

/** Breaks each rule in a copy of the tree, lets some days pass, and says which invariants noticed. So many at a time. */
export async function runMutations(
  mutations: readonly Mutation[],
  atOnce: number,
  onCaught: (caught: Caught) => void = () => undefined,
): Promise<Caught[]> {
  const waiting = [...mutations];
  const results = new Map<Mutation, Caught>();
  const worker = async (): Promise<void> => {
    const tree = copyOfTree();
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const caught = await runOne(next, tree);
        results.set(next, caught);
        onCaught(caught);
      }
    } finally {
      rmSync(tree, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return mutations.flatMap((mutation) => results.get(mutation) ?? []);
}

function copyOfTree(): string {
  const tree = mkdtempSync(join(tmpdir(), "plimsoll-mutation-"));
  for (const part of PARTS) cpSync(join(ROOT, part), join(tree, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
  return tree;
}

const resultSchema = z.object({
  violations: z.array(z.object({ invariant: z.string(), source: z.string(), message: z.string() })),
});

async function runOne(mutation: Mutation, tree: string): Promise<Caught> {
  const originals = new Map<string, string>();
  for (const change of mutation.edits) {
    const path = join(tree, change.file);
    const text = readFileSync(path, "utf8");
    if (!originals.has(path)) originals.set(path, text);
    if (occurrences(change, tree) !== 1) throw new Error(`${change.file} does not hold once: ${change.find}`);
    writeFileSync(
      path,
      text.replace(change.find, () => change.replace),
    );
  }
  try {
    const { violations } = await simulate(mutation, tree);
    const expected = violations.find(({ invariant }) => mutation.noticedBy.some((each) => each === invariant));
    const told = expected ?? violations[0];
    return {
      mutation,
      violated: [...new Set(violations.map(({ invariant }) => invariant))],
      isAsExpected: mutation.edits.length === 0 ? violations.length === 0 : expected !== undefined,
      message: told === undefined ? "" : `${told.source}: ${told.message}`,
    };
  } finally {
    for (const [path, text] of originals) writeFileSync(path, text);
  }
}

function simulate({ run }: Mutation, tree: string): Promise<z.infer<typeof resultSchema>> {
  const options = { days: 6, sources: 40, restarts: 40, intervalSeconds: 600, bustle: 4, seed: "mutation", ...run };
  const child = spawn(process.execPath, [join(tree, "tests/simulation/simulate-json.ts"), JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
  });
  const texts = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.error += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      try {
        resolve(resultSchema.parse(JSON.parse(texts.out)));
      } catch {
        reject(new Error(`the simulation said nothing: ${texts.error.slice(0, 2_000)}`));
      }
    });
  });
}
