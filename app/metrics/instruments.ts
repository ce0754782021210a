import type { Unit } from "../quota/meter.ts";

/** Units of amounts as OpenTelemetry writes them (UCUM; what is in braces is an annotation). A share alone has no amounts. */
const UNITS = {
  money: { unit: "{currency}", what: "money, in major units of plimsoll.currency" },
  tokens: { unit: "{token}", what: "tokens" },
  requests: { unit: "{request}", what: "requests" },
  credits: { unit: "{credit}", what: "credits" },
  points: { unit: "{point}", what: "points" },
  characters: { unit: "{character}", what: "characters" },
  hours: { unit: "h", what: "hours" },
  units: { unit: "{unit}", what: "units that the service does not name" },
} as const satisfies Record<Exclude<Unit["kind"], "percent">, { unit: string; what: string }>;

type AmountKind = keyof typeof UNITS;
/** As OpenTelemetry's conventions name them: `limit`, `usage`, and `utilization` for the share of the limit in use. */
type Figure = "limit" | "usage" | "remaining";

export type InstrumentName =
  | `plimsoll.quota.${AmountKind}.${Figure}`
  | "plimsoll.quota.utilization"
  | "plimsoll.quota.reset.time"
  | "plimsoll.quota.run_out.time"
  | "plimsoll.source.up"
  | "plimsoll.source.reading.age";

export interface Instrument {
  readonly name: InstrumentName;
  readonly unit: string;
  readonly description: string;
}

/** The gauge of one figure of amounts of a kind. */
export function instrumentOf(kind: AmountKind, figure: Figure): InstrumentName {
  return `plimsoll.quota.${kind}.${figure}`;
}

function amounts(kind: AmountKind): Instrument[] {
  const { unit, what } = UNITS[kind];
  return [
    { name: instrumentOf(kind, "limit"), unit, description: `Limit of a quota in ${what}.` },
    { name: instrumentOf(kind, "usage"), unit, description: `Used of a quota in ${what}.` },
    { name: instrumentOf(kind, "remaining"), unit, description: `Left of a quota in ${what}.` },
  ];
}

/** Every gauge that there is, in the order in which they are documented. */
export const INSTRUMENTS: readonly Instrument[] = [
  { name: "plimsoll.source.up", unit: "1", description: "1 while the last poll of a source succeeded, else 0." },
  { name: "plimsoll.source.reading.age", unit: "s", description: "Time since a source's figures were read." },
  { name: "plimsoll.quota.utilization", unit: "1", description: "Share of a limit that is used; 1 is all of it." },
  { name: "plimsoll.quota.reset.time", unit: "s", description: "Unix time at which a quota's window resets." },
  { name: "plimsoll.quota.run_out.time", unit: "s", description: "Estimated Unix time at which nothing is left." },
  ...amounts("money"),
  ...amounts("tokens"),
  ...amounts("requests"),
  ...amounts("credits"),
  ...amounts("points"),
  ...amounts("characters"),
  ...amounts("hours"),
  ...amounts("units"),
];
