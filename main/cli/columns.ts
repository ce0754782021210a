import stringWidth from "string-width";

/** Between two columns. */
export const GAP = "  ";

/** One text at the left edge of the line, one at its right. */
export function spread(left: string, right: string, width: number): string {
  const room = width - stringWidth(right) - GAP.length;
  const fitted = shorten(left, Math.max(8, room));
  return `${pad(fitted, Math.max(8, room))}${GAP}${right}`.trimEnd();
}

/** A text of at most `width` columns, cut with "…" where it is longer. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let result = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    result += segment;
    used += next;
  }
  return `${result}…`;
}

/** Filled with spaces up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** The same, at the right. */
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - stringWidth(text))) + text;
}

/** Breaks at spaces; continuation lines are indented by two. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S)\s+/)) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (stringWidth(candidate) <= width || line === "") line = candidate;
    else {
      lines.push(line);
      line = `  ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}
