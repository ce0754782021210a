import type { SourceConfig } from "../settings/schema.ts";

/**
 * A number for what a source reads, by kind, address and options: of other figures it is another number. Says nothing else, so
 * that no address lies in one more file. Not the key: a new key of the same account goes on spending.
 */
export function whatIsRead({ kind, baseUrl, options }: Pick<SourceConfig, "kind" | "baseUrl" | "options">): number {
  const text = JSON.stringify([kind, baseUrl, options]);
  // FNV-1a, 32 bits: enough to tell two settings of one source apart.
  let mark = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    mark ^= text.charCodeAt(index);
    mark = Math.imul(mark, 0x01000193);
  }
  return mark >>> 0;
}
