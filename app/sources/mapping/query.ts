import { JSONPathEnvironment, JSONPathError, type JSONPathQuery, type JSONValue, jsonpath } from "json-p3";
import { cleanText } from "../clean-text.ts";
import { DEEPEST } from "./json-value.ts";

/** Longest query that is read. */
export const LONGEST_QUERY = 500;

/** Most values that a query may match in one answer. */
export const MOST_MATCHES = 1000;

/** A query that may be run, or why not and at which character (from 1). */
export type CompiledQuery =
  | { readonly ok: true; readonly query: JSONPathQuery; readonly descends: boolean }
  | { readonly ok: false; readonly problem: string };

const environment = new JSONPathEnvironment({
  // It counts the scalars below the deepest container, too, and stops one short.
  maxRecursionDepth: DEEPEST + 3,
});
// The regular expressions of match and search could be made to run for hours; count and value need queries of many values.
for (const name of ["match", "search", "count", "value"]) environment.functionRegister.delete(name);

const compiled = new Map<string, CompiledQuery>();
const MOST_KEPT = 500;

/**
 * Reads a JSONPath query (RFC 9535). Some queries of the standard are refused so that none takes long, whatever the answer: the
 * functions but `length`, a second "..", lists of selectors in more than one place, and filters that ask for more than
 * one value at a time below the value they judge, or for many of them.
 */
export function compileQuery(text: string): CompiledQuery {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  if (compiled.size >= MOST_KEPT) compiled.clear();
  const result = compileAnew(text);
  compiled.set(text, result);
  return result;
}

function compileAnew(text: string): CompiledQuery {
  if (text.length > LONGEST_QUERY) return { ok: false, problem: `longer than ${LONGEST_QUERY} characters` };
  if (text.trim() === "") return { ok: false, problem: "empty; a query begins with $" };
  try {
    const query = environment.compile(text);
    const problem = costProblem(query);
    if (problem !== null) return { ok: false, problem };
    return { ok: true, query, descends: descents(query) > 0 };
  } catch (error) {
    if (error instanceof JSONPathError) return { ok: false, problem: syntaxProblem(error, text) };
    return { ok: false, problem: "cannot be read" };
  }
}

/** The library's words without the piece of the query that it repeats, and where it stopped. */
function syntaxProblem({ message, token }: JSONPathError, text: string): string {
  const at = Math.min(Math.max(0, token.index), text.length);
  const words = /backup beyond start/.test(message)
    ? "ends too early"
    : cleanText(message.replace(/ \('[\s\S]*'?:\d+\)$/, ""), 120);
  return `${words} (at character ${at + 1})`;
}

function descents(query: JSONPathQuery): number {
  // The classes' own names do not survive a bundler, so the text decides: a descent is written "..".
  return query.segments.filter((segment) => segment.toString().startsWith("..")).length;
}

/** Why running it could take too long; null when it cannot. */
function costProblem(query: JSONPathQuery): string | null {
  if (descents(query) > 1) return 'has ".." more than once';
  if (query.segments.filter(({ selectors }) => selectors.length > 1).length > 1) {
    return "lists several selectors in more than one place";
  }
  const asked = query.segments
    .flatMap(({ selectors }) => selectors)
    .flatMap((selector) =>
      selector instanceof jsonpath.selectors.FilterSelector ? queriesIn(selector.expression) : [],
    );
  if (asked.some((inner) => inner instanceof jsonpath.expressions.RootQuery)) {
    return "a filter may look at its own value (@) only, not at the root";
  }
  if (asked.some(({ path }) => !path.singularQuery())) {
    return "a filter may ask for one value only, by names and indexes";
  }
  return asked.length > MOST_ASKED ? `its filters ask for more than ${MOST_ASKED} values` : null;
}

/** Most values that the filters of one query may look at, for each entry that they judge. */
const MOST_ASKED = 8;

type Expression = InstanceType<typeof jsonpath.selectors.FilterSelector>["expression"]["expression"];
type Asked = InstanceType<typeof jsonpath.expressions.RelativeQuery>;

/** The queries within a filter. */
function queriesIn(expression: Expression): readonly Asked[] {
  const { expressions } = jsonpath;
  if (expression instanceof expressions.RelativeQuery || expression instanceof expressions.RootQuery) {
    return [expression];
  }
  if (expression instanceof expressions.LogicalExpression) return queriesIn(expression.expression);
  if (expression instanceof expressions.PrefixExpression) return queriesIn(expression.right);
  if (expression instanceof expressions.InfixExpression) {
    return [...queriesIn(expression.left), ...queriesIn(expression.right)];
  }
  return expression instanceof expressions.FunctionExtension ? expression.args.flatMap(queriesIn) : [];
}

/** What a query matches, in document order; null when that is more than `max`. */
export function selectUpTo(query: JSONPathQuery, value: JSONValue, max: number): readonly JSONValue[] | null {
  const found: JSONValue[] = [];
  for (const node of query.lazyQuery(value)) {
    if (found.length === max) return null;
    found.push(node.value);
  }
  return found;
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The query that matches exactly the value at this place: `["data", 0, "used"]` is `$.data[0].used`. */
export function queryAt(place: readonly (string | number)[]): string {
  return `$${place.map(step).join("")}`;
}

function step(part: string | number): string {
  if (typeof part === "number") return `[${part}]`;
  return PLAIN_NAME.test(part) ? `.${part}` : `[${quoted(part)}]`;
}

/** JSON's escapes are those of RFC 9535's double-quoted names. */
function quoted(name: string): string {
  return JSON.stringify(name);
}
