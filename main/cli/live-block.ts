import stringWidth from "string-width";

/** The part of a terminal that a live block draws on. Sizes are undefined where they are not known. */
export interface BlockTerminal {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Lines at the end of a terminal that are drawn anew in place; what is printed stays above them. */
export interface LiveBlock {
  /** Draws lines in the place of those before. What does not fit the terminal's height is counted in a last line. */
  show(lines: readonly string[]): void;
  /** Prints lines above the block, for good. */
  print(lines: readonly string[]): void;
}

const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/** Terminals that know it show what stands between these two at once; others ignore them. */
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";

export function createLiveBlock(terminal: BlockTerminal): LiveBlock {
  let drawn: readonly string[] = [];

  /** Back to the beginning of what is drawn, by the rows that it takes at the width of now: a narrower terminal has wrapped it. */
  const erase = (): string => {
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, terminal.columns ?? USUAL_COLUMNS), 0);
    // What has scrolled off the top cannot be reached.
    const reachable = Math.min(rows, (terminal.rows ?? USUAL_ROWS) - 1);
    return reachable === 0 ? "\r\x1b[J" : `\r\x1b[${reachable}A\x1b[J`;
  };

  return {
    show(lines) {
      const next = fitted(lines, (terminal.rows ?? USUAL_ROWS) - 1);
      terminal.write(`${BEGIN}${erase()}${text(next)}${END}`);
      drawn = next;
    },
    print(lines) {
      terminal.write(`${BEGIN}${erase()}${text(lines)}${text(drawn)}${END}`);
    },
  };
}

function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(stringWidth(line) / Math.max(1, columns)));
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function fitted(lines: readonly string[], rows: number): readonly string[] {
  const room = Math.max(1, rows);
  if (lines.length <= room) return lines;
  const shown = lines.slice(0, room - 1);
  return [...shown, `… ${lines.length - shown.length} more lines`];
}
