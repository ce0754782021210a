import type { Label } from "../quota/meter.ts";
import type { Reading } from "../quota/reading.ts";

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
  const clean = (text: string) => cleanText(secrets.reduce(withoutKey, text));
  const label = (value: Label): Label => {
    if ("text" in value) return { text: clean(value.text) };
    if (value.params === undefined) return value;
    const params = Object.entries(value.params).map(([name, text]) => [name, clean(text)]);
    return { key: value.key, params: Object.fromEntries(params) };
  };
  return {
    ...(reading.subjects !== undefined && { subjects: reading.subjects }),
    account: reading.account === null ? null : clean(reading.account) || null,
    meters: reading.meters.map((meter) => ({ ...meter, label: label(meter.label) })),
    notices: reading.notices.map((notice) => ({
      key: notice.key,
      params: Object.fromEntries(
        Object.entries(notice.params).map(([name, value]) => [name, typeof value === "string" ? clean(value) : value]),
      ),
    })),
  };
}

function withoutKey(text: string, key: string): string {
  return key.length < SHORTEST_KEY ? text : text.replaceAll(key, "…");
}
