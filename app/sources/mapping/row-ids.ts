import { wholeSlug } from "../slug.ts";

const LONGEST = 40;

/** A text as a meter's id: small letters, digits and hyphens; empty where it has none of them. */
export function idPart(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
}

/** The id of a meter that a row gave. Neither a meter's id nor a row's slug holds a dot, so no two pairs make the same. */
export function idInRow(meter: string, row: string): string {
  return `${meter}.${row}`;
}

/**
 * Ids of rows from what they are called, each only once: the same for the same names whatever their order, as alerts are kept under
 * them. Names of one slug ("Swift", "SWIFT") are numbered in the order of the names; only rows of the very same name, and those
 * without any ("row_2", which no slug can be), are told apart by their order.
 */
export function rowIds(labels: readonly (string | null)[]): readonly string[] {
  const bySlug = new Map<string, string[]>();
  for (const label of labels) {
    if (label === null) continue;
    const slug = wholeSlug(label);
    bySlug.set(slug, [...(bySlug.get(slug) ?? []), label]);
  }
  const given = new Map<string, number>();
  return labels.map((label, index) => {
    if (label === null) return `row_${index + 1}`;
    const slug = wholeSlug(label);
    const before = given.get(label) ?? 0;
    given.set(label, before + 1);
    const number = (bySlug.get(slug) ?? []).filter((other) => other < label).length + before + 1;
    return number === 1 ? slug : `${slug}.${number}`;
  });
}
