/** Shorter ones are not searched for: they would blot out ordinary words. */
const SHORTEST = 6;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * A secret as it may stand in a text that somebody else wrote: as it is, percent-encoded, in hexadecimal, and inside of anything that was
 * encoded in base64 (for each of its three alignments, the characters that the neighbours have no part in). Secrets are printable ASCII
 * (app/settings/key-format.ts). Longest first, so that a form that is part of another does not save the rest of it.
 */
export function keyForms(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return [];
  const bytes = [...secret].map((character) => character.charCodeAt(0) & 0xff);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const forms = [secret, encodeURIComponent(secret.toWellFormed()), hex, hex.toUpperCase(), ...base64Forms(bytes)];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

function base64Forms(bytes: readonly number[]): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const sextets: number[] = [];
    const first = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    for (let index = first; index < end; index += 1) sextets.push(sextetAt(bytes, index * 6 - offset * 8));
    const text = sextets.map((value) => ALPHABET.charAt(value)).join("");
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** The six bits from a bit on. */
function sextetAt(bytes: readonly number[], bit: number): number {
  const index = Math.floor(bit / 8);
  const pair = ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  return (pair >> (10 - (bit % 8))) & 0b111111;
}

/** Replaces every form of the secrets in a text by "…". Made once for many texts: the forms cost more than looking for them. */
export function secretEraser(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap(keyForms);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, "…"), text);
}
