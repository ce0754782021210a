import type { Scenario } from "../scenarios/scenario.ts";

/** The value with every leaf replaced. Names of members stay. */
export function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change));
  if (typeof value !== "object" || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapLeaves(member, change)]));
}

/** The scenario with the text of every answer rewritten. Answers without a JSON body stay as they are. */
export function rewriteAnswers(
  scenario: Scenario,
  rewrite: (body: unknown) => string,
  headers: Readonly<Record<string, string>> = {},
): Scenario {
  const answers = Object.entries(scenario.answers).map(([route, answer]) => {
    if (answer.body === undefined) return [route, answer];
    const { body, ...others } = answer;
    return [route, { ...others, headers: { ...answer.headers, ...headers }, text: rewrite(body) }];
  });
  return { ...scenario, answers: Object.fromEntries(answers) };
}

/** JSON in which each member stands twice, first with a decoy: what a careless merge of two writers makes. */
export function withDuplicateKeys(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(withDuplicateKeys).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:0,${JSON.stringify(name)}:${withDuplicateKeys(member)}`,
  );
  return `{${members.join(",")}}`;
}

/** JSON with every number beyond what a double can hold. JSON.parse reads it as Infinity. */
export function withHugeNumbers(value: unknown): string {
  const mark = "\u0001huge\u0001";
  return JSON.stringify(mapLeaves(value, (leaf) => (typeof leaf === "number" ? mark : leaf))).replaceAll(
    JSON.stringify(mark),
    "1e400",
  );
}

const ZONED = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|[+-]\d{2}:?\d{2})$/i;

export function withoutZones(value: unknown): unknown {
  return mapLeaves(value, (leaf) => (typeof leaf === "string" ? leaf.replace(ZONED, "$1") : leaf));
}

/** How many leaves a body has: those that a test may replace one by one. */
export function countLeaves(value: unknown): number {
  let leaves = 0;
  mapLeaves(value, (leaf) => {
    leaves += 1;
    return leaf;
  });
  return leaves;
}

/** The value with its nth leaf (modulo their number) replaced. */
export function replaceLeaf(value: unknown, nth: number, replacement: unknown): unknown {
  const wanted = nth % Math.max(1, countLeaves(value));
  let at = -1;
  return mapLeaves(value, (leaf) => {
    at += 1;
    return at === wanted ? replacement : leaf;
  });
}
