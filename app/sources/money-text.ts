import { fromMicros, toMicros } from "../quota/amount.ts";

/** Money for a notice: "12.50 USD". Micros in, at least two decimals out and no more than it has. */
export function moneyText(micros: number, currency: string): string {
  const [whole = "0", decimals = ""] = fromMicros(micros).toFixed(6).split(".");
  return `${whole}.${decimals.replace(/0+$/, "").padEnd(2, "0")} ${currency}`;
}

/** What `moneyText` wrote; null for every other text. */
export function parseMoneyText(text: string): { readonly micros: number; readonly currency: string } | null {
  const match = /^(-?\d{1,12}\.\d{2,6}) ([A-Z]{3})$/.exec(text);
  const [, amount, currency] = match ?? [];
  const micros = amount === undefined ? null : toMicros(Number(amount));
  return micros === null || currency === undefined ? null : { micros, currency };
}
