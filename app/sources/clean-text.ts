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

/** A reading whose texts are safe to show and do not hold the key, even where a gateway sends it back. */
export function cleanReading(reading: Reading, key: string): Reading {
  const clean = (text: string) => cleanText(withoutKey(text, key));
  const label = (value: Label): Label => ("text" in value ? { text: clean(value.text) } : value);
  return {
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
