/** The longest name of a source. */
const MAX_LENGTH = 80;

/** A name that nothing has yet: the given one, or "… (2)", "… (3)" and so on, within 80 characters. */
export function uniqueLabel(label: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const whole = label.slice(0, MAX_LENGTH);
  for (let count = 2, name = whole; ; count += 1) {
    if (!used.has(name)) return name;
    const end = ` (${count})`;
    name = `${label.slice(0, MAX_LENGTH - end.length)}${end}`;
  }
}
