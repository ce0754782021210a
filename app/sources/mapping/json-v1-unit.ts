import type { MappedUnit } from "./definition.ts";

/** `note`: why it counts units, which is to be set; null where the unit is understood. */
export interface TakenUnit {
  readonly unit: MappedUnit;
  readonly note: string | null;
}

/** What is written before or after the figures there, in small letters, where there is one unit that it must mean. */
const WORDS: ReadonlyMap<string, MappedUnit> = new Map<string, MappedUnit>([
  ...["$", "us$", "usd", "dollar", "dollars"].map((word) => [word, { kind: "money", currency: "USD" }] as const),
  ...["€", "eur", "euro", "euros"].map((word) => [word, { kind: "money", currency: "EUR" }] as const),
  ...["£", "gbp"].map((word) => [word, { kind: "money", currency: "GBP" }] as const),
  ...["token", "tokens", "tok", "toks"].map((word) => [word, { kind: "tokens" }] as const),
  ...["request", "requests", "req", "reqs"].map((word) => [word, { kind: "requests" }] as const),
  ...["credit", "credits"].map((word) => [word, { kind: "credits" }] as const),
  ...["point", "points", "pt", "pts"].map((word) => [word, { kind: "points" }] as const),
  ...["character", "characters", "char", "chars"].map((word) => [word, { kind: "characters" }] as const),
  ...["hour", "hours", "hr", "hrs", "h"].map((word) => [word, { kind: "hours" }] as const),
  ...["unit", "units"].map((word) => [word, { kind: "units" }] as const),
]);

/** Codes are taken in capitals only: "TOP", "all" and "req" look like them, too. */
const CODES = new Set(Intl.supportedValuesOf("currency"));

/** The unit of a mapping: a sign or word that is only shown there, and counted in here. */
export function unitOf(unit: unknown): TakenUnit {
  if (unit === undefined) return { unit: { kind: "units" }, note: "not told, so it counts units; set it" };
  const text = typeof unit === "string" ? unit.trim() : "";
  const known = WORDS.get(text.toLowerCase());
  if (known !== undefined) return { unit: known, note: null };
  if (CODES.has(text)) return { unit: { kind: "money", currency: text }, note: null };
  return {
    unit: { kind: "units" },
    note: /^\p{Sc}$/u.test(text)
      ? "the currency of this sign is not sure, so it counts units; set it"
      : "not a unit that is known here, so it counts units",
  };
}
