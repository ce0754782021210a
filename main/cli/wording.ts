import { createFormats, type Formats } from "../../app/wording/formats.ts";
import { createTranslator, type Translate } from "../../app/wording/translate.ts";

export interface Wording {
  readonly t: Translate;
  readonly f: Formats;
}

/** Words and formats for the terminal: English, in the computer's own time zone and, where it is English, its own style. */
export function createWording(): Wording {
  const system = new Intl.DateTimeFormat().resolvedOptions().locale;
  return { t: createTranslator("en", {}), f: createFormats({ language: system.startsWith("en") ? system : "en" }) };
}
