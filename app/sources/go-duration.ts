const MS_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/y;
const LONGEST_TEXT = 64;

/**
 * A duration as Go prints it ("6m0s", "2m59.56s", "12ms", "1h2m3s", "0s") to whole milliseconds, rounded.
 * Null where it is anything else, also a bare number other than "0", and a negative one: nothing waits backwards.
 */
export function parseGoDuration(text: string): number | null {
  // The micro sign exists twice in Unicode, and as two characters where a header's UTF-8 was read as Latin-1.
  const rest = text.trim().replace(/Âµ|Î¼|μ/g, "µ");
  if (rest === "0") return 0;
  if (rest === "" || rest.length > LONGEST_TEXT) return null;
  let sum = 0;
  let at = 0;
  while (at < rest.length) {
    PART.lastIndex = at;
    const [part, amount = "", unit = ""] = PART.exec(rest) ?? [];
    const ms = MS_PER_UNIT.get(unit);
    if (part === undefined || ms === undefined) return null;
    sum += Number(amount) * ms;
    at += part.length;
  }
  return Number.isSafeInteger(Math.round(sum)) ? Math.round(sum) : null;
}
