import type * as z from "zod";
import { firstIssue } from "../first-issue.ts";
import { countIn, decimalIn, moneyIn } from "../numbers.ts";
import type { MappedUnit } from "./definition.ts";

export const figureNames = ["used", "remaining", "limit", "percentUsed", "percentRemaining"] as const;
export type FigureName = (typeof figureNames)[number];

type FigureSchema = (partsPerUnit: number, sign?: "signed" | "non-negative") => z.ZodType<number>;

/** How amounts of a unit are read. */
export function amountSchema({ kind }: MappedUnit): FigureSchema {
  switch (kind) {
    case "money":
      return moneyIn;
    case "tokens":
    case "requests":
    case "characters":
      return countIn;
    case "credits":
    case "points":
    case "hours":
    case "units":
    case "percent":
      return decimalIn;
  }
}

/** How one figure of a meter is read: only what is left may be negative. */
export function figureSchema(name: FigureName, unit: MappedUnit, partsPerUnit: number): z.ZodType<number> {
  const share = name === "percentUsed" || name === "percentRemaining";
  const left = name === "remaining" || name === "percentRemaining";
  return (share ? decimalIn : amountSchema(unit))(partsPerUnit, left ? "signed" : "non-negative");
}

/** Why a figure cannot be fixed to a value; null where it can. */
export function fixedProblem(name: FigureName, unit: MappedUnit, value: number): string | null {
  const parsed = figureSchema(name, unit, 1).safeParse(value);
  return parsed.success ? null : firstIssue(parsed.error);
}
