/**
 * A copy of a JSON document with the value at a JSON pointer replaced; `undefined` takes the member away. Throws where the
 * pointer leads to nothing: a test that changes nothing would prove nothing.
 */
export function setAt(document: unknown, pointer: string, value: unknown): unknown {
  const [, ...names] = pointer.split("/");
  return step(document, names, value, pointer);
}

function step(node: unknown, names: readonly string[], value: unknown, pointer: string): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return value;
  if (Array.isArray(node)) {
    const index = Number(name);
    if (!(index in node)) throw new Error(`nothing at ${pointer}`);
    return node.with(index, step(node[index], rest, value, pointer));
  }
  if (typeof node !== "object" || node === null) throw new Error(`nothing at ${pointer}`);
  const members = new Map<string, unknown>(Object.entries(node));
  if (!members.has(name)) throw new Error(`nothing at ${pointer}`);
  members.set(name, step(members.get(name), rest, value, pointer));
  return Object.fromEntries(members);
}
