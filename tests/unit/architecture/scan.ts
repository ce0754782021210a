import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** How one file gets at another module. */
export type ImportForm = "static" | "type" | "re-export" | "dynamic" | "require" | "meta" | "reference";

export interface FoundImport {
  /** As written; null where it is computed at run time and cannot be judged. */
  readonly specifier: string | null;
  readonly form: ImportForm;
  readonly line: number;
}

export interface ScannedFile {
  /** Relative to the scanned root, with forward slashes. */
  readonly path: string;
  readonly isTest: boolean;
  readonly lines: number;
  readonly imports: readonly FoundImport[];
  /** Every string literal, template text, property name and JSX attribute text, with its line. */
  readonly words: readonly { readonly text: string; readonly line: number }[];
}

const SOURCE_FILE = /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const TEST_FILE = /\.test\.tsx?$/;

/** All source files below the given layers, as paths relative to root. A layer that does not exist throws. */
export function listSourceFiles(root: string, layers: readonly string[]): string[] {
  return layers.flatMap((layer) => {
    if (!existsSync(join(root, layer))) throw new Error(`${layer}/ does not exist`);
    return readdirSync(join(root, layer), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE_FILE.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll("\\", "/"),
      );
  });
}

/** Parses every source file below the layers. A file that does not parse throws: what was not read was not checked. */
export function scan(root: string, layers: readonly string[]): ScannedFile[] {
  return listSourceFiles(root, layers).map((path) => scanFile(path, readFileSync(join(root, path), "utf8")));
}

function scanFile(path: string, code: string): ScannedFile {
  const { program, comments, errors } = parseSync(path, code);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);

  const imports: FoundImport[] = [];
  const words: { text: string; line: number }[] = [];
  const lineAt = (offset: number) => code.slice(0, offset).split("\n").length;
  const found = (form: ImportForm, specifier: string | null, start: number) =>
    imports.push({ form, specifier, line: lineAt(start) });

  new Visitor({
    ImportDeclaration: (node) => found(node.importKind === "type" ? "type" : "static", node.source.value, node.start),
    ExportNamedDeclaration: (node) => node.source !== null && found("re-export", node.source.value, node.start),
    ExportAllDeclaration: (node) => found("re-export", node.source.value, node.start),
    ImportExpression: (node) => found("dynamic", literalText(node.source), node.start),
    TSImportType: (node) => found("type", node.source.value, node.start),
    TSExternalModuleReference: (node) => found("require", node.expression.value, node.start),
    CallExpression: (node) => {
      const callee = code.slice(node.callee.start, node.callee.end);
      const form = callFormOf(callee);
      if (form === null) return;
      const [first] = node.arguments;
      found(form, first === undefined ? null : literalText(first), node.start);
    },
    Literal: (node) => {
      if (typeof node.value === "string") words.push({ text: node.value, line: lineAt(node.start) });
    },
    TemplateElement: (node) => words.push({ text: node.value.cooked ?? node.value.raw, line: lineAt(node.start) }),
    Property: (node) => {
      if (node.key.type === "Identifier" && !node.computed)
        words.push({ text: node.key.name, line: lineAt(node.start) });
    },
    MemberExpression: (node) => {
      if (!node.computed && node.property.type === "Identifier")
        words.push({ text: node.property.name, line: lineAt(node.start) });
    },
  }).visit(program);

  for (const comment of comments) {
    const reference = /^\/\s*<reference\s+(?:types|path|lib)\s*=\s*["']([^"']+)["']/.exec(comment.value);
    if (reference?.[1] !== undefined) found("reference", reference[1], comment.start);
  }
  return { path, isTest: TEST_FILE.test(path), lines: code.trimEnd().split("\n").length, imports, words };
}

/** Calls that load a module without an import statement. */
function callFormOf(callee: string): ImportForm | null {
  switch (callee) {
    case "require":
    case "require.resolve":
    case "module.require":
    case "process.getBuiltinModule":
    case "createRequire(import.meta.url)":
      return "require";
    case "import.meta.resolve":
    case "import.meta.glob":
      return "meta";
    default:
      return null;
  }
}

function literalText(node: { readonly type: string }): string | null {
  if (node.type === "Literal" && "value" in node && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && "expressions" in node && "quasis" in node) {
    const { expressions, quasis } = node;
    if (!Array.isArray(expressions) || expressions.length > 0 || !Array.isArray(quasis)) return null;
    const text: unknown = quasis[0]?.value?.cooked;
    return typeof text === "string" ? text : null;
  }
  return null;
}
