import { isMap, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Found, PasteProblem } from "./pasted-found.ts";
import { isKeyHeader } from "./pasted-names.ts";
import { chooseParty, type Statement, statementOf } from "./pasted-parties.ts";

/** Servers of tools, whose addresses and keys are no gateway's. */
const NOT_GATEWAYS = /^mcp(?:[-_]?servers?)?$/i;
const HEADERS = /^(?:(?:default|extra|custom|request)[-_]?)?headers$/i;

/**
 * Address and key in a JSON file with or without comments, or in YAML: what stands in one mapping belongs together. Null where the
 * text is neither, or holds neither.
 */
export function readStructure(text: string): Found | { readonly problem: PasteProblem } | null {
  const roots = parsed(/^\s*(?:[{["]|\/[/*])/.test(text) ? withoutComments(text) : text);
  return roots === null ? null : chooseParty(roots.flatMap((root, index) => statementsIn(root, String(index))));
}

/** The roots of all documents; null where any is broken. Duplicate names stay, for both may be meant. */
function parsed(text: string): readonly unknown[] | null {
  // What is nested deeper than this was written by nobody, and would exhaust the parser.
  if (maxDepth(text) > 100) return null;
  try {
    const documents = parseAllDocuments(text, {
      schema: "failsafe",
      uniqueKeys: false,
      strict: false,
      logLevel: "silent",
      prettyErrors: false,
    });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
    return documents.map(({ contents }) => contents);
  } catch {
    return null;
  }
}

function maxDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  const indented = Math.max(0, ...text.split("\n").map((line) => /^(?:[ ?-]{2})*/.exec(line)?.[0].length ?? 0));
  return Math.max(deepest, indented / 2);
}

function statementsIn(node: unknown, scope: string): Statement[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }, index): Statement[] => {
      const name = textOf(key);
      if (name === null || NOT_GATEWAYS.test(name)) return [];
      const text = textOf(value);
      if (text !== null) return stated(scope, name, text);
      if (HEADERS.test(name) && isMap(value)) {
        return value.items.flatMap((header) => {
          const headerName = textOf(header.key) ?? "";
          // A header of the request to this address, whatever its name begins with.
          return isKeyHeader(headerName) ? stated(scope, "authorization", textOf(header.value) ?? "") : [];
        });
      }
      return statementsIn(value, `${scope}.${index}`);
    });
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index): Statement[] => {
    const [, name = "", value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(textOf(item) ?? "") ?? [];
    return name === "" ? statementsIn(item, `${scope}.${index}`) : stated(scope, name, value);
  });
}

function stated(scope: string, name: string, value: string): Statement[] {
  const statement = statementOf(scope, name, value);
  return statement === null ? [] : [statement];
}

function textOf(node: unknown): string | null {
  return isScalar(node) && typeof node.value === "string" ? node.value : null;
}

/** Line and block comments outside of strings. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*")|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|\/\/[^\n]*/g,
    (_, kept: string | undefined) => kept ?? " ",
  );
}
