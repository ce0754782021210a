import { countedUnits, type FigureSource } from "./definition.ts";
import { readSource } from "./json-v1-source.ts";

type Figure = "used" | "remaining" | "limit" | "percentUsed" | "percentRemaining";

interface Metric {
  /** What each figure may be called there, the likeliest first. All of them are needed unless they are alternatives. */
  readonly figures: readonly (readonly [Figure, readonly string[]])[];
  readonly needed: "all" | "any";
  readonly money: boolean;
}

const METRICS: ReadonlyMap<unknown, Metric> = new Map<unknown, Metric>([
  [
    "percentage",
    {
      figures: [
        ["percentRemaining", ["percentRemaining", "remainingPercent", "remaining"]],
        ["percentUsed", ["percentUsed", "usedPercent", "used"]],
      ],
      needed: "any",
      money: false,
    },
  ],
  [
    "used-limit",
    {
      figures: [
        ["used", ["used"]],
        ["limit", ["limit"]],
      ],
      needed: "all",
      money: false,
    },
  ],
  [
    "remaining-limit",
    {
      figures: [
        ["remaining", ["remaining"]],
        ["limit", ["limit"]],
      ],
      needed: "all",
      money: false,
    },
  ],
  [
    "spend-budget",
    {
      figures: [
        ["used", ["spend", "spent", "used"]],
        ["limit", ["budget", "limit"]],
      ],
      needed: "all",
      money: true,
    },
  ],
  [
    "remaining-budget",
    {
      figures: [
        ["remaining", ["remaining"]],
        ["limit", ["budget", "limit"]],
      ],
      needed: "all",
      money: true,
    },
  ],
]);

export interface MetricHints {
  readonly resultType: unknown;
  readonly currency: unknown;
  readonly unit: unknown;
}

interface MetricMeter extends Partial<Record<Figure, FigureSource>> {
  readonly unit: { readonly kind: string; readonly currency?: string };
  readonly window: string;
}

export type MetricResult =
  | {
      readonly ok: true;
      readonly meter: MetricMeter;
      /** What was assumed, in words. */
      readonly notes: readonly string[];
      /** The fields that were used. */
      readonly understood: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/** The figures and the unit of one metric of a `json-v1` definition. */
export function metricOf(fields: Readonly<Record<string, unknown>>, hints: MetricHints): MetricResult {
  const { type } = fields;
  const metric = METRICS.get(type) ?? (type === "value" ? valueMetric(hints.resultType) : undefined);
  if (metric === undefined) return { ok: false, problem: unreadable(type, hints.resultType) };
  const found = metric.figures.flatMap(([figure, names]) => {
    for (const name of names) {
      const source = fields[name] === undefined ? null : readSource(fields[name]);
      if (source !== null) return [{ figure, name, source }];
    }
    return [];
  });
  const missing = metric.figures.find(([figure]) => !found.some((other) => other.figure === figure));
  if (missing !== undefined && (metric.needed === "all" || found.length === 0)) {
    return { ok: false, problem: `its ${missing[1][0] ?? missing[0]} has no path that is understood` };
  }
  const notes: string[] = [];
  const unit = unitOf(metric, type === "percentage", hints, notes);
  return {
    ok: true,
    meter: {
      ...Object.fromEntries(found.map(({ figure, source }) => [figure, source])),
      unit,
      window: hints.resultType === "balance" ? "balance" : "period",
    },
    notes,
    understood: found.map(({ name }) => name),
  };
}

/** A single value counts as a quota only where the definition says what it is of. */
function valueMetric(resultType: unknown): Metric | undefined {
  const paths = ["value", "path"];
  switch (resultType) {
    case "balance":
      return { figures: [["remaining", paths]], needed: "all", money: true };
    case "spend":
      return { figures: [["used", paths]], needed: "all", money: true };
    case "usage":
      return { figures: [["used", paths]], needed: "all", money: false };
    default:
      return undefined;
  }
}

function unreadable(type: unknown, resultType: unknown): string {
  if (type === "status") return "a status is no quota";
  if (type === "value") {
    return typeof resultType === "string" ? "a value of this result type is no quota" : "a value without a result type";
  }
  return "its metric's type is not understood";
}

function unitOf(
  { money }: Metric,
  percentage: boolean,
  { currency, unit }: MetricHints,
  notes: string[],
): MetricMeter["unit"] {
  if (percentage) return { kind: "percent" };
  if (typeof currency === "string" && /^[A-Za-z]{3}$/.test(currency)) {
    return { kind: "money", currency: currency.toUpperCase() };
  }
  const counted = countedUnits.find((known) => known === unit && known !== "percent");
  if (counted !== undefined) return { kind: counted };
  notes.push(
    money ? "the currency is not told, so it counts units; set it" : "the unit is not told, so it counts units; set it",
  );
  return { kind: "units" };
}
