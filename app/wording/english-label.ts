import { en } from "../locales/en.ts";
import type { Label } from "../quota/meter.ts";

const messages: ReadonlyMap<string, string> = new Map(Object.entries(en));

/**
 * A label in English, without loading the i18n library: for outputs that are English by definition, such as JSON.
 * Labels have no parameters, so nothing has to be filled in.
 */
export function englishLabel(label: Label): string {
  return "text" in label ? label.text : (messages.get(label.key) ?? label.key);
}
