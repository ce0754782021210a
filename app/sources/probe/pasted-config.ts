import { type Found, keyOf, type PastedKey } from "./pasted-found.ts";

const ADDRESS_NAME = "(?:base_?url|api_?base|api_?base_?url|azure_endpoint|endpoint|api_?url|url)";
const KEY_NAME = "(?:api_?key|auth_?token|api_?token|access_?token|key|token)";

/** Name and value as Python, JavaScript, JSON and YAML write them: `base_url="…"`, `"baseURL": "…"`, `api_base: …`. */
const ADDRESS = new RegExp(
  `(?:^|[\\s{(,"'])${ADDRESS_NAME}["']?[ \\t]*[:=][ \\t]*["'\`]?(https?://[^\\s"'\`,)}]+)`,
  "i",
);
const KEY = new RegExp(
  `(?:^|[\\s{(,"'])${KEY_NAME}["']?[ \\t]*[:=][ \\t]*(?:"([^"\\n]+)"|'([^'\\n]+)'|\`([^\`\\n]+)\`|([^\\s,"'\`(){}]+))`,
  "i",
);

/** How programs read a variable: `os.environ["NAME"]`, `os.getenv("NAME")`, `process.env.NAME`, `Deno.env.get("NAME")`. */
const FROM_ENVIRONMENT = new RegExp(
  `(?:^|[\\s{(,"'])${KEY_NAME}["']?[ \\t]*[:=][ \\t]*(?:os\\.environ|os\\.getenv|process\\.env|import\\.meta\\.env|Deno\\.env|Bun\\.env|System\\.getenv)(?:\\.get|\\.)?[(["'. \\t]*([A-Za-z_]\\w*)`,
  "i",
);

/**
 * Address and key in the configuration of a tool (opencode, LiteLLM, Continue …) or in client code; null where it holds neither.
 * Read by its names rather than as JSON, since what is pasted is often a piece of a file, with comments and commas left over.
 */
export function readClientConfig(text: string): Found | null {
  const code = withoutComments(text);
  const addressAt = ADDRESS.exec(code);
  const baseUrl = addressAt?.[1] ?? null;
  const key = addressAt === null ? keyIn(code) : keyBeside(code, addressAt.index);
  return baseUrl === null && key === null ? null : { baseUrl, key };
}

/** In a file with several providers, the key that belongs to an address stands in the same block, or is the only one there is. */
function keyBeside(code: string, at: number): PastedKey | null {
  const block = blockAround(code, at);
  const behind = block === code ? code.slice(at) : block;
  const keys = [...code.matchAll(new RegExp(KEY, "gi"))].length;
  return keyIn(behind) ?? (keys === 1 ? keyIn(code) : null);
}

function keyIn(code: string): PastedKey | null {
  const name = FROM_ENVIRONMENT.exec(code)?.[1];
  if (name !== undefined) return { type: "env", name };
  const [, double, single, back, bare] = KEY.exec(code) ?? [];
  const value = double ?? single ?? back ?? bare;
  // "{file:~/.key}" names a place that is not ours to read.
  return value === undefined || /^\{file:/.test(value) ? null : keyOf(value);
}

/** The innermost braces or parentheses around a place; the whole where there are none. */
function blockAround(code: string, at: number): string {
  let depth = 0;
  let start = at;
  for (; start > 0; start -= 1) {
    const character = code.charAt(start);
    if (character === "}" || character === ")") depth += 1;
    if ((character === "{" || character === "(") && depth-- === 0) break;
  }
  depth = 0;
  let end = at + 1;
  for (; end < code.length; end += 1) {
    const character = code.charAt(end);
    if (character === "{" || character === "(") depth += 1;
    if ((character === "}" || character === ")") && depth-- === 0) break;
  }
  return code.slice(start, end);
}

/** Line and block comments, but not the "//" of an address. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, " ")
    .replace(/(^|[\s,{}])\/\/[^\n]*/g, "$1")
    .replace(/(^|\n)[ \t]*#[^\n]*/g, "$1");
}
