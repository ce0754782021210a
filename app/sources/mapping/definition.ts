import * as z from "zod";
import { scopeSchema } from "../../quota/meter.ts";
import { currencyCode } from "../currency.ts";
import { figureNames, fixedProblem } from "./figure-schema.ts";
import { compileQuery } from "./query.ts";
import { requestShape } from "./request.ts";

/** Most meters that a definition may describe, and most that rows may make of them. */
export const MOST_DESCRIBED = 16;
export const MOST_METERS = 64;
/** Most paths that look for a name anywhere in the answer. */
const MOST_DESCENDING = 4;
/** Most rows that are read. */
export const MOST_ROWS = 200;

const query = z.string({ error: "not a text" }).superRefine((text, context) => {
  const compiled = compileQuery(text);
  if (!compiled.ok) context.addIssue({ code: "custom", message: compiled.problem });
});

/** Lets a text stand for the object that it is the main part of. */
function orText<T extends z.ZodType>(toObject: (text: string) => unknown, schema: T) {
  return z.preprocess((value) => (typeof value === "string" ? toObject(value) : value), schema);
}

/** Divides what the service sends: 100 for cents, 0.01 for a fraction that is to be percent, negative where the sign is inverted. */
const scale = z
  .number({ error: "not a number" })
  .refine(
    (value) => Math.abs(value) >= 1e-6 && Math.abs(value) <= 1e12,
    "must lie between a millionth and a million millions",
  );

const figure = orText(
  (path) => ({ path }),
  z.union(
    [
      z.strictObject({ path: query, scale: scale.optional() }),
      /** What the answer does not tell, such as a limit that is only written in a contract: in the meter's own unit. */
      z.strictObject({ value: z.number() }),
    ],
    { error: "neither a path nor a fixed value" },
  ),
);
/** Where a figure stands in the answer, or what it is wherever it stands. */
export type FigureSource = z.output<typeof figure>;

/** The path of what is read from the answer; undefined for what is not there, and for fixed figures. */
export function pathOf(source: FigureSource | { readonly path: string } | undefined): string | undefined {
  return source !== undefined && "path" in source ? source.path : undefined;
}

export const countedUnits = [
  "tokens",
  "requests",
  "credits",
  "points",
  "characters",
  "hours",
  "units",
  "percent",
] as const;

const unit = orText(
  (kind) => ({ kind }),
  z.discriminatedUnion(
    "kind",
    [
      z
        .strictObject({
          kind: z.literal("money"),
          currency: currencyCode.optional(),
          currencyPath: query.optional(),
        })
        .refine(
          ({ currency, currencyPath }) => (currency === undefined) !== (currencyPath === undefined),
          "money needs either a currency or a currencyPath",
        ),
      z.strictObject({ kind: z.enum(countedUnits) }),
    ],
    { error: `not one of money, ${countedUnits.join(", ")}` },
  ),
);
export type MappedUnit = z.output<typeof unit>;

const calendarPeriods = ["day", "week", "month"] as const;

const mappedWindow = orText(
  (kind) => (calendarPeriods.some((period) => period === kind) ? { kind: "calendar", period: kind } : { kind }),
  z.discriminatedUnion(
    "kind",
    [
      z.strictObject({
        kind: z.literal("rolling"),
        seconds: z
          .number()
          .int()
          .min(1)
          .max(366 * 86_400)
          .optional(),
      }),
      z.strictObject({ kind: z.literal("calendar"), period: z.enum(calendarPeriods) }),
      z.strictObject({ kind: z.literal("period") }),
      z.strictObject({ kind: z.literal("balance") }),
      z.strictObject({ kind: z.literal("lifetime") }),
    ],
    { error: "not one of rolling, day, week, month, period, balance, lifetime" },
  ),
);
export type MappedWindow = z.output<typeof mappedWindow>;

export const timeFormats = [
  "iso",
  "unix-seconds",
  "unix-milliseconds",
  "unix-microseconds",
  "seconds-from-now",
  "go-duration",
] as const;
export type TimeFormat = (typeof timeFormats)[number];

const sentinels = z
  .array(z.union([z.number(), z.string().max(100), z.null()], { error: "not a number, text or null" }))
  .max(20);

const meter = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "not a short name of small letters, digits and hyphens"),
    label: z.string().trim().min(1, "empty").max(60, "longer than 60 characters"),
    used: figure.optional(),
    remaining: figure.optional(),
    limit: figure.optional(),
    percentUsed: figure.optional(),
    percentRemaining: figure.optional(),
    unit,
    scale: scale.optional(),
    window: mappedWindow.prefault("period"),
    reset: z.strictObject({ path: query, format: z.enum(timeFormats) }).optional(),
    unlimited: sentinels.optional(),
    unknown: sentinels.optional(),
    scope: scopeSchema.default("key"),
    /** Read once from the whole answer, although there are rows. */
    once: z.boolean().default(false),
    /** Left out, rather than a failure, where the answer has none of its figures. */
    mayBeMissing: z.boolean().default(false),
  })
  .superRefine((meter, context) => {
    const { used, remaining, limit, percentUsed, percentRemaining, unit } = meter;
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    for (const name of figureNames) {
      const source = meter[name];
      const problem = source !== undefined && "value" in source ? fixedProblem(name, unit, source.value) : null;
      if (problem !== null) context.addIssue({ code: "custom", path: [name], message: problem });
    }
    const given = figureNames.flatMap((name) => meter[name] ?? []);
    if (given.length > 0 && given.every((source) => "value" in source)) {
      complain("has only fixed figures, so nothing of the answer is read");
    }
    const amounts = [used, remaining, limit].some((value) => value !== undefined);
    const shares = [percentUsed, percentRemaining].some((value) => value !== undefined);
    if (!amounts && !shares) complain("needs at least one of used, remaining, limit, percentUsed, percentRemaining");
    else if (unit.kind === "percent" && amounts)
      complain("counts percent, so it takes percentUsed or percentRemaining");
    else if (unit.kind !== "percent" && !amounts) complain("has only a percentage, so its unit is percent");
  });
export type MappedMeter = z.output<typeof meter>;

const expected = z.union([z.string().max(200), z.number(), z.boolean(), z.null()], {
  error: "not a text, number, true, false or null",
});

/**
 * How to ask a JSON endpoint and where in its answer the figures are. What parsing gives is itself a definition, with shorthands
 * written out and defaults filled in. Paths are JSONPath; where there are rows, the paths of a meter begin at its row.
 */
export const definitionSchema = z
  .strictObject({
    ...requestShape,
    /** What the answer must say to hold figures at all, such as `success` being true. */
    success: z.strictObject({ path: query, equals: expected }).optional(),
    account: query.optional(),
    rows: orText((path) => ({ path }), z.strictObject({ path: query, label: query.optional() })).optional(),
    meters: z.array(meter).min(1, "no meter is described").max(MOST_DESCRIBED, `more than ${MOST_DESCRIBED} meters`),
  })
  .superRefine(({ meters, rows }, context) => {
    for (const [index, { id }] of meters.entries()) {
      if (meters.findIndex((other) => other.id === id) !== index) {
        context.addIssue({ code: "custom", path: ["meters", index, "id"], message: "another meter has the same id" });
      }
    }
    const descending = meters.flatMap(pathsOf).filter(([, path]) => descends(path));
    if (descending.length > MOST_DESCENDING) {
      context.addIssue({ code: "custom", path: ["meters"], message: `more than ${MOST_DESCENDING} paths with ".."` });
    }
    if (rows === undefined) return;
    for (const [index, meter] of meters.entries()) {
      if (meter.once) continue;
      for (const [name, path] of pathsOf(meter)) {
        // Once for each of many rows it could take long.
        if (descends(path)) {
          context.addIssue({
            code: "custom",
            path: ["meters", index, name],
            message: 'has "..", which rows do not allow',
          });
        }
      }
    }
  });
export type MappingDefinition = z.output<typeof definitionSchema>;

function descends(path: string): boolean {
  const compiled = compileQuery(path);
  return compiled.ok && compiled.descends;
}

function pathsOf(meter: MappedMeter): readonly (readonly [string, string])[] {
  const { used, remaining, limit, percentUsed, percentRemaining, reset, unit } = meter;
  const sources = { used, remaining, limit, percentUsed, percentRemaining, reset };
  const currency =
    unit.kind === "money" && unit.currencyPath !== undefined ? [["unit", unit.currencyPath] as const] : [];
  return [
    ...Object.entries(sources).flatMap(([name, source]) => {
      const path = pathOf(source);
      return path === undefined ? [] : [[name, path] as const];
    }),
    ...currency,
  ];
}
