import { fromMicros } from "../../quota/amount.ts";
import type { Unit } from "../../quota/meter.ts";
import { englishLabel } from "../../wording/english-label.ts";
import type { Alert, AlertSubject } from "../alert.ts";
import { type Severity, severityOf, type Words } from "./sink-message.ts";

/**
 * One alert as docs/json.md describes it: every field is always there, null where it does not apply or is not known. Money is in
 * major units, times are ISO 8601 in UTC.
 */
export interface AlertJson {
  readonly id: string;
  readonly kind: AlertSubject["type"];
  readonly severity: Severity;
  readonly source: { readonly id: string; readonly label: string };
  readonly meter: { readonly id: string; readonly label: string } | null;
  readonly demo: boolean;
  readonly firedAt: string;
  readonly resetsAt: string | null;
  readonly title: string;
  readonly text: string;
  readonly unit: Unit["kind"] | null;
  readonly currency: string | null;
  readonly percentRemaining: number | null;
  readonly remaining: number | null;
  /** The line that was crossed, percent left. */
  readonly threshold: number | null;
  /** The amount that it fell below. */
  readonly below: number | null;
  readonly days: number | null;
  readonly runsOutAt: string | null;
  readonly cause: string | null;
  readonly since: string | null;
}

type Figures = Pick<
  AlertJson,
  | "unit"
  | "currency"
  | "percentRemaining"
  | "remaining"
  | "threshold"
  | "below"
  | "days"
  | "runsOutAt"
  | "cause"
  | "since"
>;

const NONE: Figures = {
  unit: null,
  currency: null,
  percentRemaining: null,
  remaining: null,
  threshold: null,
  below: null,
  days: null,
  runsOutAt: null,
  cause: null,
  since: null,
};

/** The facts of an alert with its words. */
export function alertJson(alert: Alert, { title, body }: Words): AlertJson {
  return {
    id: alert.id,
    kind: alert.what.type,
    severity: severityOf(alert),
    source: { id: alert.sourceId, label: alert.sourceLabel },
    meter:
      alert.meterId === null
        ? null
        : { id: alert.meterId, label: alert.meterLabel === null ? alert.meterId : englishLabel(alert.meterLabel) },
    demo: alert.demo,
    firedAt: iso(alert.firedAt),
    resetsAt: alert.resetsAt === null ? null : iso(alert.resetsAt),
    title,
    text: body,
    ...figures(alert.what),
  };
}

function figures(what: AlertSubject): Figures {
  switch (what.type) {
    case "percent-left":
      return {
        ...NONE,
        ...unitFields(what.unit),
        percentRemaining: percent(what.percentRemaining),
        remaining: inMajor(what.remaining, what.unit),
        threshold: what.threshold,
      };
    case "amount-left":
      return {
        ...NONE,
        ...unitFields(what.unit),
        remaining: inMajor(what.remaining, what.unit),
        below: inMajor(what.below, what.unit),
      };
    case "runway":
      return { ...NONE, days: what.days, runsOutAt: iso(what.runsOutAt) };
    case "before-reset":
      return { ...NONE, runsOutAt: iso(what.runsOutAt) };
    case "failing":
      return { ...NONE, cause: what.cause, since: iso(what.since) };
    case "back":
      return {
        ...NONE,
        ...unitFields(what.unit),
        percentRemaining: what.percentRemaining === null ? null : percent(what.percentRemaining),
        remaining: inMajor(what.remaining, what.unit),
      };
  }
}

function unitFields(unit: Unit): Pick<Figures, "unit" | "currency"> {
  return { unit: unit.kind, currency: unit.kind === "money" ? unit.currency : null };
}

function inMajor(amount: number | null, unit: Unit): number | null {
  return amount === null || unit.kind !== "money" ? amount : fromMicros(amount);
}

/** To a hundredth of a percent, as everywhere in JSON. */
function percent(value: number): number {
  return Math.round(value * 100) / 100;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
