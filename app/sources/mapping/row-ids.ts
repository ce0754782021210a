const LONGEST = 40;

/** A text as part of a meter's id: small letters, digits and hyphens; empty where it has none of them. */
export function idPart(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
}

/**
 * Ids of rows from what they are called: the same for the same names whatever their order, as alerts are kept under them.
 * Rows without a name, or of a name that another has, are told apart by their order.
 */
export function rowIds(labels: readonly (string | null)[]): readonly string[] {
  const taken = new Set<string>();
  return labels.map((label, index) => {
    const wanted = (label === null ? "" : idPart(label)) || `row-${index + 1}`;
    let id = wanted;
    for (let copy = 2; taken.has(id); copy += 1) id = `${wanted}-${copy}`;
    taken.add(id);
    return id;
  });
}
