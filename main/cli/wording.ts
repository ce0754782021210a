import type { Meter } from "../../app/quota/meter.ts";
import { createFormats, type Formats } from "../../app/wording/formats.ts";
import { createTranslator, type Translate, translateDynamic } from "../../app/wording/translate.ts";

export interface Wording {
  readonly t: Translate;
  readonly f: Formats;
}

/** Words and formats for the terminal. English, with the times in the computer's own zone. */
export function createWording(): Wording {
  return { t: createTranslator("en", {}), f: createFormats({ language: "en" }) };
}

/** A meter's label in words. */
export function meterLabel(meter: Meter, t: Translate): string {
  return "key" in meter.label ? translateDynamic(t, meter.label.key) : meter.label.text;
}
