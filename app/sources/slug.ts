/** Ids are kept for as long as a source is; a service's text is cut to this. */
const LONGEST = 48;

/**
 * A service's own name as a part of a meter's id: lower case, letters and digits of ASCII with single dashes, at most 48
 * characters. The same text gives the same slug; "other" where nothing of it remains.
 */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "other" : plain;
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
