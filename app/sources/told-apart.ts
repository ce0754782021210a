import type { Label } from "../quota/meter.ts";

interface Named {
  readonly id: string;
  readonly label: Label;
}

/**
 * Items with an id of its own each: the second that has one already gets "-2" at its id and "2" in its label, and so on in the
 * order of the answer. For services that list limits which nothing they tell keeps apart: none of them may be dropped, as it
 * could be the one that runs out first. Labels with a key need their "-of" variant.
 */
export function toldApart<T extends Named>(items: readonly T[]): T[] {
  const taken = new Set(items.map(({ id }) => id));
  const seen = new Map<string, number>();
  return items.map((item) => {
    let count = (seen.get(item.id) ?? 0) + 1;
    if (count === 1) {
      seen.set(item.id, 1);
      return item;
    }
    // "week-2" may be what another one is called.
    while (taken.has(`${item.id}-${count}`)) count += 1;
    seen.set(item.id, count);
    return { ...item, id: `${item.id}-${count}`, label: numbered(item.label, String(count)) };
  });
}

function numbered(label: Label, number: string): Label {
  if ("text" in label) return { text: `${label.text} ${number}` };
  const { key, params = {} } = label;
  const name = params["name"];
  return name === undefined
    ? { key: `${key}-of`, params: { ...params, name: number } }
    : { key, params: { ...params, name: `${name} ${number}` } };
}
