/** The length of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += utf8Bytes(character);
  return bytes;
}

/** Cuts at a whole character so that the text takes at most `max` bytes of UTF-8, "…" included. */
export function cutToBytes(text: string, max: number): string {
  return utf8Length(text) <= max ? text : `${cut(text, max - utf8Length("…"), utf8Bytes)}…`;
}

/** Cuts at a whole character so that the text has at most `max` UTF-16 units, "…" included, which is how services count. */
export function cutToLength(text: string, max: number): string {
  return text.length <= max ? text : `${cut(text, max - 1, (character) => character.length)}…`;
}

function cut(text: string, room: number, size: (character: string) => number): string {
  let used = 0;
  let kept = "";
  for (const character of text) {
    used += size(character);
    if (used > room) break;
    kept += character;
  }
  return kept;
}

function utf8Bytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
