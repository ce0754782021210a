import { fromMicros } from "../quota/amount.ts";
import type { Unit } from "../quota/meter.ts";
import { englishLabel } from "../wording/english-label.ts";
import type { HistoryMark, HistoryPoint, HistorySeries, HistoryView, Resolution } from "./series.ts";

/** A point as it is told: times in ISO 8601 and UTC, money in major units, shares in percent to a hundredth. */
export interface PointJson {
  readonly from: string;
  readonly at: string;
  readonly remaining: number | null;
  readonly remainingMin: number | null;
  readonly remainingMax: number | null;
  readonly used: number | null;
  readonly limit: number | null;
  readonly percentLeft: number | null;
  readonly percentLeftMin: number | null;
  readonly percentLeftMax: number | null;
  readonly gapBefore: boolean;
}

export interface MarkJson {
  readonly at: string;
  readonly type: HistoryMark["type"];
  readonly gained: number | null;
}

/** A view as docs/json.md describes it. */
export interface HistoryJson {
  readonly schemaVersion: 1;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly resolution: Resolution;
  readonly series: readonly {
    readonly source: { readonly id: string; readonly label: string };
    readonly meter: { readonly id: string; readonly label: string };
    readonly unit: Unit["kind"];
    readonly currency: string | null;
    readonly window: HistorySeries["windowKind"];
    readonly points: readonly PointJson[];
    readonly marks: readonly MarkJson[];
  }[];
}

/** `now`: when it is told, epoch milliseconds. */
export function historyJson(view: HistoryView, now: number): HistoryJson {
  return {
    schemaVersion: 1,
    at: iso(now),
    from: iso(view.from),
    to: iso(view.to),
    resolution: view.resolution,
    series: view.series.map((series) => ({
      source: { id: series.sourceId, label: series.sourceLabel },
      meter: { id: series.meterId, label: englishLabel(series.label) },
      unit: series.unit.kind,
      currency: series.unit.kind === "money" ? series.unit.currency : null,
      window: series.windowKind,
      points: series.points.map((point) => pointJson(point, series.unit)),
      marks: series.marks.map((mark) => markJson(mark, series.unit)),
    })),
  };
}

export function pointJson(point: HistoryPoint, unit: Unit): PointJson {
  return {
    from: iso(point.from),
    at: iso(point.at),
    remaining: figure(point.remaining, unit),
    remainingMin: figure(point.remainingMin, unit),
    remainingMax: figure(point.remainingMax, unit),
    used: figure(point.used, unit),
    limit: figure(point.limit, unit),
    percentLeft: hundredth(point.percentLeft),
    percentLeftMin: hundredth(point.percentMin),
    percentLeftMax: hundredth(point.percentMax),
    gapBefore: point.gapBefore,
  };
}

export function markJson(mark: HistoryMark, unit: Unit): MarkJson {
  return { at: iso(mark.at), type: mark.type, gained: figure(mark.gained, unit) };
}

function figure(value: number | null, unit: Unit): number | null {
  return value === null || unit.kind !== "money" ? value : fromMicros(value);
}

function hundredth(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 100) / 100;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
