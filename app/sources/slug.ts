/** Ids are kept for as long as a source is; a service's text is cut to this. */
const LONGEST = 48;

/** Letters, digits and signs of which nothing is left in a slug. Latin ones stay what they were, as ids are for good. */
const OTHER_SCRIPT = /(?=[\p{L}\p{N}])[^\p{Script=Latin}\p{Script=Common}]/u;
const ANY_SIGN = /[\p{L}\p{N}\p{S}]/u;

/**
 * A service's own name as a part of a meter's id: lower case, letters and digits of ASCII with single dashes, at most 48
 * characters. The same text gives the same slug, and names in other scripts, of which less or nothing would remain, end in a mark
 * of the whole text ("other-0x1y2z3"). "other" where there is nothing at all.
 */
export function slug(text: string): string {
  const plain = plainOf(text, LONGEST);
  if (OTHER_SCRIPT.test(text) || (plain === "" && ANY_SIGN.test(text))) return marked(text);
  return plain === "" ? "other" : plain;
}

/** As `slug`, but what is too long ends in a mark of the whole text, too: for names that may be alike for long. */
export function wholeSlug(text: string): string {
  return plainOf(text, Number.POSITIVE_INFINITY).length > LONGEST ? marked(text) : slug(text);
}

function plainOf(text: string, longest: number): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
}

function marked(text: string): string {
  const whole = text.trim().normalize("NFKD").toLowerCase();
  const mark = markOf(whole);
  const plain = plainOf(whole, LONGEST - mark.length - 1);
  return `${plain === "" ? "other" : plain}-${mark}`;
}

/** FNV-1a over the code points, 32 bits in seven digits: to tell names apart, not to hide them. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, "0");
}

/** Those of the items whose id none before them has: two meters under one id could not be told apart. */
export function firstOfEachId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
