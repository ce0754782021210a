/** Ends a segment of a pattern that stands for each member whose name begins so. In a pointer it is a character like any other. */
const EACH = "*";

/** A pattern leads to at most so many places: more are no sign-ins. */
const MAX_PLACES = 100;
/** Of so many members of an object or a list at most is it looked whether they are such a place. */
const MAX_MEMBERS = 1_000;

/**
 * What a JSON pointer (RFC 6901) leads to; undefined where it leads nowhere or is none. Only own members are followed, so that
 * no pointer reaches what an object inherits.
 */
export function resolvePointer(document: unknown, pointer: string): unknown {
  return tokensOf(pointer)?.reduce(member, document);
}

/**
 * The pointers to everything that a pattern leads to: a pointer in which a segment "*" stands for each member of an object or
 * a list, and "github.com:*" for each whose name begins with "github.com:". In the document's order, at most a hundred, and among
 * the first thousand members.
 */
export function expandPattern(document: unknown, pattern: string): string[] {
  return expand(document, pattern).pointers;
}

/** Whether a segment is left open by a "*", so that it is no place but stands for several. */
export function isPattern(pointer: string): boolean {
  return tokensOf(pointer)?.some(isOpen) ?? false;
}

/** Whether there is more than `expandPattern` looks at. */
export function leavesMore(document: unknown, pattern: string): boolean {
  return expand(document, pattern).isCut;
}

function expand(document: unknown, pattern: string): { readonly pointers: string[]; readonly isCut: boolean } {
  const tokens = tokensOf(pattern);
  if (tokens === null) return { pointers: [], isCut: false };
  let places: { readonly pointer: string; readonly value: unknown }[] = [{ pointer: "", value: document }];
  let isCut = false;
  const first = <T>(all: readonly T[], count: number): T[] => {
    isCut ||= all.length > count;
    return all.slice(0, count);
  };
  for (const token of tokens) {
    const found = places.flatMap(({ pointer, value }) =>
      (isOpen(token) ? memberNames(value).filter((name) => fits(token, name)) : [token]).map((name) => ({
        pointer: `${pointer}/${escapeToken(name)}`,
        value: member(value, name),
      })),
    );
    places = first(
      found.filter(({ value }) => value !== undefined),
      MAX_MEMBERS,
    );
  }
  return { pointers: first(places, MAX_PLACES).map(({ pointer }) => pointer), isCut };
}

/** What the segments with "*" of a pattern stand for at a place, in order and whole; null where the place is none of the pattern's. */
export function matchPattern(pattern: string, pointer: string): string[] | null {
  const [wanted, given] = [tokensOf(pattern), tokensOf(pointer)];
  if (wanted === null || given === null || wanted.length !== given.length) return null;
  return wanted.every((token, index) => fits(token, given[index] ?? "")) ? openNames(wanted, given) : null;
}

/** The same for a place that shares its object with a match (`sharedDepth`); null where the place lies elsewhere. */
export function namesAround(pattern: string, pointer: string): string[] | null {
  const [wanted, given] = [tokensOf(pattern)?.slice(0, -1), tokensOf(pointer)];
  if (wanted === undefined || given === null || sharedDepth(pattern, pointer) === null) return null;
  return openNames(wanted, given);
}

/** A pattern with its segments with "*" replaced by names, in order: the way to something beside the place that matched. */
export function fillPattern(pattern: string, names: readonly string[]): string {
  const left = [...names];
  return (tokensOf(pattern) ?? [])
    .map((token) => `/${escapeToken(isOpen(token) ? (left.shift() ?? token) : token)}`)
    .join("");
}

/**
 * How deep in the document the object lies that a pattern's member is in and that holds a place, too: 0 for the document itself;
 * null where the place lies elsewhere. Here "github.com:*" stands for any name: what lies where a tool keeps its sign-ins is one
 * of them, whichever service it is for.
 */
export function sharedDepth(pattern: string, pointer: string): number | null {
  const [wanted, given] = [tokensOf(pattern)?.slice(0, -1), tokensOf(pointer)];
  if (wanted === undefined || given === null) return null;
  return wanted.every((token, index) => index < given.length && (isOpen(token) || token === given[index]))
    ? wanted.length
    : null;
}

function isOpen(token: string): boolean {
  return token.endsWith(EACH);
}

function fits(token: string, name: string): boolean {
  return isOpen(token) ? name.startsWith(token.slice(0, -EACH.length)) : name === token;
}

/** Of a place's segments those that stand where the pattern leaves them open. */
function openNames(wanted: readonly string[], given: readonly string[]): string[] {
  return given.filter((_name, index) => isOpen(wanted[index] ?? ""));
}

/** A member's name as it stands in a pointer. */
export function escapeToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Null for what is no pointer: no slash in front, or a "~" that escapes nothing. */
function tokensOf(pointer: string): string[] | null {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function member(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  // No getter runs: what JSON holds has none.
  const held: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return held;
}

function memberNames(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
