const DAY_MS = 24 * 3600_000;

/** A server may ask for any wait; past this a typing mistake of theirs would silence a source for good. */
export const LONGEST_WAIT_MS = DAY_MS;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
const MONTH = `(?<month>${MONTHS.join("|")})`;
const TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

/** The three forms of an HTTP date that a recipient has to read (RFC 9110, 5.6.7). */
const HTTP_DATES = [
  new RegExp(`^${WEEKDAY}, (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_WEEKDAY}, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^${WEEKDAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * Until when a `Retry-After` header asks to wait: epoch milliseconds, never before `now`, at most a day after it.
 * Takes seconds or an HTTP date; null when there is no header or it is neither. A date is one of the server's clock, which may
 * differ from ours: where its answer has a `date` of its own, it is the time between the two that counts.
 */
export function parseRetryAfter(header: string | undefined, now: number, date?: string): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : waitUntilDate(text, now, date);
  return wait === null ? null : now + Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

function waitUntilDate(text: string, now: number, date: string | undefined): number | null {
  const at = parseHttpDate(text, now);
  if (at === null) return null;
  const serverNow = date === undefined ? null : parseHttpDate(date.trim(), now);
  return at - (serverNow ?? now);
}

function parseHttpDate(text: string, now: number): number | null {
  for (const pattern of HTTP_DATES) {
    const parts = pattern.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = MONTHS.indexOf(parts["month"] ?? "");
    const [day, hour, minute, second] = ["day", "hour", "minute", "second"].map((name) => Number(parts[name]));
    if (day === undefined || hour === undefined || minute === undefined || second === undefined) return null;
    // 60 is a leap second.
    if (hour > 23 || minute > 59 || second > 60) return null;
    const year = fullYear(parts["year"] ?? "", now);
    // Date.UTC rolls "31 Feb" over into March.
    if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return null;
    return Date.UTC(year, month, day, hour, minute, second);
  }
  return null;
}

/** Two digits mean the year with that ending that is not more than 50 years ahead (RFC 9110, 5.6.7). */
function fullYear(digits: string, now: number): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  const current = new Date(now).getUTCFullYear();
  const sameCentury = current - (current % 100) + year;
  return sameCentury > current + 50 ? sameCentury - 100 : sameCentury;
}
