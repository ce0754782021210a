import type { FigureSource, MappedMeter } from "./definition.ts";
import { numberSource } from "./json-v1-source.ts";

type Figure = "used" | "remaining" | "limit" | "percentUsed" | "percentRemaining";

/** Which field of a metric is which figure of a meter. */
type Fields = readonly (readonly [string, Figure])[];

const BY_TYPE: ReadonlyMap<unknown, Fields> = new Map<unknown, Fields>([
  [
    "used-limit",
    [
      ["used", "used"],
      ["limit", "limit"],
    ],
  ],
  [
    "remaining-limit",
    [
      ["remaining", "remaining"],
      ["limit", "limit"],
    ],
  ],
  [
    "spend-budget",
    [
      ["spend", "used"],
      ["budget", "limit"],
    ],
  ],
  [
    "remaining-budget",
    [
      ["remaining", "remaining"],
      ["budget", "limit"],
    ],
  ],
]);

const BY_MEANING: ReadonlyMap<unknown, Figure> = new Map<unknown, Figure>([
  ["used", "percentUsed"],
  ["remaining", "percentRemaining"],
]);

const BY_VALUE_TYPE: ReadonlyMap<unknown, Figure> = new Map<unknown, Figure>([
  ["used", "used"],
  ["limit", "limit"],
  ["remaining", "remaining"],
  ["balance", "remaining"],
  ["spend", "used"],
  ["budget", "limit"],
]);

export type TakenMetric =
  | {
      readonly ok: true;
      readonly figures: Partial<Pick<MappedMeter, Figure>>;
      /** It counts percent, so it has no unit of its own. */
      readonly share: boolean;
      /** Fields that mean nothing here. */
      readonly others: readonly string[];
    }
  /** `problem` begins with the field it is about, below `metric`; empty for the metric as a whole. */
  | { readonly ok: false; readonly problem: string };

/** The figures of one metric of a `json-v1` definition. */
export function metricOf(metric: Readonly<Record<string, unknown>>): TakenMetric {
  const kind = kindOf(metric);
  if (!kind.ok) return kind;
  const figures: Partial<Record<Figure, FigureSource>> = {};
  for (const [field, figure] of kind.fields) {
    const taken = numberSource(`.${field}`, metric[field]);
    if (!taken.ok) return taken;
    figures[figure] = taken.source;
  }
  if (Object.values(figures).every((source) => "value" in source))
    return { ok: false, problem: ": only fixed numbers" };
  const understood = ["type", ...kind.tags, ...kind.fields.map(([field]) => field)];
  const others = Object.keys(metric).filter((field) => !understood.includes(field));
  return { ok: true, figures, share: metric["type"] === "percentage", others };
}

type Kind =
  | { readonly ok: true; readonly fields: Fields; readonly tags: readonly string[] }
  | { readonly ok: false; readonly problem: string };

function kindOf({ type, meaning, valueType }: Readonly<Record<string, unknown>>): Kind {
  switch (type) {
    case "percentage": {
      const figure = BY_MEANING.get(meaning);
      if (figure === undefined) return { ok: false, problem: ".meaning: neither used nor remaining" };
      return { ok: true, fields: [["percentage", figure]], tags: ["meaning"] };
    }
    case "value": {
      const figure = BY_VALUE_TYPE.get(valueType);
      if (figure === undefined) {
        return { ok: false, problem: `.valueType: not one of ${[...BY_VALUE_TYPE.keys()].join(", ")}` };
      }
      return { ok: true, fields: [["value", figure]], tags: ["valueType"] };
    }
    case "status":
      return { ok: false, problem: ".type: a status is no quota" };
    default: {
      const fields = BY_TYPE.get(type);
      return fields === undefined ? { ok: false, problem: ".type: not understood" } : { ok: true, fields, tags: [] };
    }
  }
}
