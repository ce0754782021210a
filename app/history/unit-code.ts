import { type Unit, unitSchema } from "../quota/meter.ts";

/** A unit as one word, by which series are told apart: "tokens", "money:USD". */
export function unitCode(unit: Unit): string {
  return unit.kind === "money" ? `${unit.kind}:${unit.currency}` : unit.kind;
}

/** The unit of such a word; null for what is none. */
export function unitOfCode(code: string): Unit | null {
  const [kind, currency] = code.split(":", 2);
  const parsed = unitSchema.safeParse(currency === undefined ? { kind } : { kind, currency });
  return parsed.success && unitCode(parsed.data) === code ? parsed.data : null;
}
