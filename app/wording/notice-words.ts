import type { Notice } from "../quota/reading.ts";
import { parseMoneyText } from "../sources/money-text.ts";
import { type Formats, formatFigure } from "./formats.ts";
import { type Translate, translateDynamic } from "./translate.ts";

/** What a source says besides its meters, with money written as everywhere. */
export function noticeWords({ key, params }: Notice, f: Formats, t: Translate): string {
  return translateDynamic(
    t,
    key,
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inWords(value)])),
  );

  function inWords(value: string | number): string | number {
    const money = typeof value === "string" ? parseMoneyText(value) : null;
    return money === null ? value : formatFigure(money.micros, { kind: "money", currency: money.currency }, f);
  }
}
