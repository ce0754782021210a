import { en } from "../locales/en.ts";
import type { Label } from "../quota/meter.ts";

const messages: ReadonlyMap<string, string> = new Map(Object.entries(en));

/** A label in English, without loading the i18n library: for outputs that are English by definition, such as JSON. */
export function englishLabel(label: Label): string {
  if ("text" in label) return label.text;
  const message = messages.get(label.key) ?? label.key;
  return message.replace(/\{\{(\w+)\}\}/g, (_, name: string) => label.params?.[name] ?? "");
}
