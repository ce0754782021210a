import { fromMicros } from "../quota/amount.ts";

/** Money for a notice: "12.50 USD". Micros in, at least two decimals out and no more than it has. */
export function moneyText(micros: number, currency: string): string {
  const [whole = "0", decimals = ""] = fromMicros(micros).toFixed(6).split(".");
  return `${whole}.${decimals.replace(/0+$/, "").padEnd(2, "0")} ${currency}`;
}
