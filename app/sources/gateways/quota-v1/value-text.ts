import { toMicros } from "../../../quota/amount.ts";
import type { Unit } from "../../../quota/meter.ts";
import { count } from "../../numbers.ts";

export interface ToldAmount {
  readonly unit: Unit;
  /** Micros for money. */
  readonly amount: number;
}

/** "$" is the US dollar's wherever it stands alone; "¥" is two currencies' and so says nothing. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["$", "USD"],
  ["€", "EUR"],
  ["£", "GBP"],
]);

const CODES = "USD|EUR|GBP|CNY|JPY|CHF";
const FIGURE = String.raw`\d{1,12}(?:\.\d{1,6})?`;

const AFTER_SYMBOL = new RegExp(`^(?<sign>-?)(?<symbol>[$€£])(?<figure>${FIGURE})(?: USD)?$`);
const BEFORE_CODE = new RegExp(`^(?<sign>-?)(?<figure>${FIGURE}) ?(?<code>${CODES})$`);
const AFTER_CODE = new RegExp(`^(?<code>${CODES}) (?<sign>-?)(?<figure>${FIGURE})$`);
const COUNTED = /^(?<figure>\d{1,15}) (?<what>tokens|requests|credits|points)$/;

/**
 * The amount that a text written for people means, where it can mean nothing else: "$11.75", "-4.20 EUR", "730000 tokens".
 * Null for all others: "730k/2M", "1,234", "¥5", "about $3".
 */
export function readValueText(text: string): ToldAmount | null {
  const plain = text.trim();
  const money = (AFTER_SYMBOL.exec(plain) ?? BEFORE_CODE.exec(plain) ?? AFTER_CODE.exec(plain))?.groups;
  if (money !== undefined) {
    const currency = money["code"] ?? SYMBOLS.get(money["symbol"] ?? "");
    const micros = toMicros(Number(`${money["sign"] ?? ""}${money["figure"] ?? ""}`));
    // "€5 USD" fits no currency at all.
    const torn = plain.endsWith(" USD") && money["symbol"] !== undefined && currency !== "USD";
    return currency === undefined || micros === null || torn
      ? null
      : { unit: { kind: "money", currency }, amount: micros };
  }
  const counted = COUNTED.exec(plain)?.groups;
  const kind = counted?.["what"];
  const amount = count.safeParse(counted?.["figure"]);
  switch (kind) {
    case "tokens":
    case "requests":
    case "credits":
    case "points":
      return amount.success ? { unit: { kind }, amount: amount.data } : null;
    default:
      return null;
  }
}
