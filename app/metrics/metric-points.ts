import type { AppState } from "../contract/contract.ts";
import { type Amount, fromMicros } from "../quota/amount.ts";
import { isPastReset, type Meter, percentRemaining, resetsAt, type Unit } from "../quota/meter.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { type InstrumentName, instrumentOf } from "./instruments.ts";

/** One figure on its way to a collector. */
export interface MetricPoint {
  readonly name: InstrumentName;
  readonly value: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What a state tells a collector: per source whether its figures are true and how old they are, per meter what is told of it.
 * Unknown and unlimited amounts have no point, and neither has a meter whose reset has passed: nothing stands for a figure that
 * nobody read. The demo's figures are nobody's. Names go out only where the user agreed to it; a key never does, as it is not in the state.
 */
export function metricPoints(state: Pick<AppState, "sources">, now: number, includeLabels: boolean): MetricPoint[] {
  return state.sources.filter(({ demo }) => !demo).flatMap((source) => sourcePoints(source, now, includeLabels));
}

function sourcePoints(source: SourceState, now: number, includeLabels: boolean): MetricPoint[] {
  const attributes = {
    "plimsoll.source.id": source.id,
    "plimsoll.source.kind": source.kind,
    ...(includeLabels && { "plimsoll.source.label": source.label }),
    ...(includeLabels && source.reading?.account != null && { "plimsoll.account": source.reading.account }),
  };
  const points: MetricPoint[] = [
    { name: "plimsoll.source.up", value: source.status.state === "fresh" ? 1 : 0, attributes },
  ];
  if (source.fetchedAt !== null) {
    const age = Math.max(0, now - source.fetchedAt) / 1000;
    points.push({ name: "plimsoll.source.reading.age", value: age, attributes });
  }
  for (const meter of source.reading?.meters ?? []) {
    if (!isPastReset(meter, now)) points.push(...meterPoints(source, meter, attributes));
  }
  return points;
}

function meterPoints(source: SourceState, meter: Meter, of: Readonly<Record<string, string>>): MetricPoint[] {
  const attributes = {
    ...of,
    "plimsoll.meter.id": meter.id,
    "plimsoll.scope": meter.scope,
    "plimsoll.window": meter.window.kind,
    ...(meter.unit.kind === "money" && { "plimsoll.currency": meter.unit.currency }),
  };
  const points: MetricPoint[] = [];
  const { kind } = meter.unit;
  if (kind !== "percent") {
    for (const figure of ["limit", "usage", "remaining"] as const) {
      const value = inMajorUnits(figure === "usage" ? meter.used : meter[figure], meter.unit);
      if (value !== null) points.push({ name: instrumentOf(kind, figure), value, attributes });
    }
  }
  const left = percentRemaining(meter);
  if (typeof left === "number") {
    points.push({ name: "plimsoll.quota.utilization", value: (100 - left) / 100, attributes });
  }
  const reset = resetsAt(meter);
  if (reset !== null) points.push({ name: "plimsoll.quota.reset.time", value: reset / 1000, attributes });
  const runsOutAt = source.forecasts?.[meter.id]?.runsOutAt ?? null;
  if (runsOutAt !== null) points.push({ name: "plimsoll.quota.run_out.time", value: runsOutAt / 1000, attributes });
  return points;
}

function inMajorUnits(amount: Amount, unit: Unit): number | null {
  if (typeof amount !== "number") return null;
  return unit.kind === "money" ? fromMicros(amount) : amount;
}
