import type { Label, Meter } from "../quota/meter.ts";
import type { Reading } from "../quota/reading.ts";
import { secretEraser } from "./key-forms.ts";

/** Longest text of a gateway that is shown. */
const LONGEST = 80;

/** Keys shorter than this are not searched for: they would blot out ordinary words. */
const SHORTEST_KEY = 6;

/**
 * Text from a gateway, made safe to show: no control or bidirectional-override characters, one line, at most `max` characters.
 */
export function cleanText(text: string, max = LONGEST): string {
  const flat = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...flat];
  return characters.length > max ? `${characters.slice(0, max - 1).join("")}…` : flat;
}

/** A reading whose texts are safe to show and hold none of the secrets, even where a gateway sends one back. */
export function cleanReading(reading: Reading, secrets: readonly string[]): Reading {
  const erase = secretEraser(secrets);
  const clean = (text: string) => cleanText(erase(text));
  const label = (value: Label): Label => {
    if ("text" in value) return { text: clean(value.text) };
    if (value.params === undefined) return value;
    const params = Object.entries(value.params).map(([name, text]) => [name, clean(text)]);
    return { key: value.key, params: Object.fromEntries(params) };
  };
  return {
    ...(reading.subjects !== undefined && { subjects: reading.subjects }),
    account: reading.account === null ? null : clean(reading.account) || null,
    meters: withCleanIds(reading.meters, secrets).map((meter) => ({ ...meter, label: label(meter.label) })),
    notices: reading.notices.map((notice) => ({
      key: notice.key,
      params: Object.fromEntries(
        Object.entries(notice.params).map(([name, value]) => [name, typeof value === "string" ? clean(value) : value]),
      ),
    })),
  };
}

/**
 * Ids are made from names that a gateway gave, cut to what ids may hold. One with a key in it, as far as that can still be seen,
 * is numbered instead: the figures are as good as any.
 */
function withCleanIds(meters: readonly Meter[], secrets: readonly string[]): readonly Meter[] {
  const traces = secrets.filter((key) => key.length >= SHORTEST_KEY).map(bare);
  return meters.map((meter, index) => {
    const id = bare(meter.id);
    const tells = traces.some((key) => id.includes(key) || id.includes(key.slice(0, LONGEST_TRACE)));
    return tells ? { ...meter, id: `meter-${index + 1}` } : meter;
  });
}

/** As many characters of a key as may not stand in an id: what a slug that was cut short may still hold of it. */
const LONGEST_TRACE = 12;

/** A text without what slugs drop. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
