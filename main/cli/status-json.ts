import type { AppState } from "../../app/contract/contract.ts";
import { type Amount, fromMicros } from "../../app/quota/amount.ts";
import { type Meter, percentRemaining, refillsAt, resetsAt, type Unit, type Window } from "../../app/quota/meter.ts";
import { type Sameness, type SameThing, sameThings } from "../../app/quota/same-thing.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { prepaidTotals } from "../../app/quota/totals.ts";
import { englishLabel } from "../../app/wording/english-label.ts";

/** An amount in the output: a number (money in major units), "unlimited", or null for unknown. */
type JsonAmount = number | "unlimited" | null;

export interface MeterJson {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit["kind"];
  readonly currency: string | null;
  readonly limit: JsonAmount;
  readonly used: JsonAmount;
  readonly remaining: JsonAmount;
  readonly percentRemaining: JsonAmount;
  readonly resetsAt: string | null;
  readonly refillsAt: string | null;
  readonly window: string;
  readonly scope: Meter["scope"];
  readonly confidence: Meter["confidence"];
}

export interface StatusJson {
  readonly schemaVersion: 1;
  readonly at: string;
  readonly sources: readonly {
    readonly id: string;
    readonly kind: string;
    readonly label: string;
    readonly demo: boolean;
    readonly state: "fresh" | "stale" | "awaiting-reset" | "failed" | "needs-key" | "paused";
    readonly cause: string | null;
    readonly fetchedAt: string | null;
    /** The source before it that reads the same key or account, and by what they are the same. */
    readonly sameAs: { readonly id: string; readonly by: Sameness } | null;
    readonly meters: readonly MeterJson[];
  }[];
  /** Prepaid money left, by currency; one account counts once. */
  readonly prepaid: readonly { readonly currency: string; readonly remaining: number; readonly balances: number }[];
}

/** The state as docs/json.md describes it. */
export function statusJson(state: AppState, now: number): StatusJson {
  const same = sameThings(state.sources);
  return {
    schemaVersion: 1,
    at: iso(now),
    sources: state.sources.map((source) => ({
      id: source.id,
      kind: source.kind,
      label: source.label,
      demo: source.demo,
      ...stateAndCause(source),
      fetchedAt: source.fetchedAt === null ? null : iso(source.fetchedAt),
      sameAs: sameJson(same.get(source.id)),
      meters: (source.reading?.meters ?? []).map(meterJson),
    })),
    prepaid: prepaidTotals(state.sources).map((total) => ({ ...total, remaining: fromMicros(total.remaining) })),
  };
}

/** One meter as docs/json.md describes it. */
export function meterJson(meter: Meter): MeterJson {
  return {
    id: meter.id,
    label: englishLabel(meter.label),
    unit: meter.unit.kind,
    currency: meter.unit.kind === "money" ? meter.unit.currency : null,
    limit: amount(meter.limit, meter.unit),
    used: amount(meter.used, meter.unit),
    remaining: amount(meter.remaining, meter.unit),
    percentRemaining: percent(percentRemaining(meter)),
    resetsAt: isoOrNull(resetsAt(meter)),
    refillsAt: isoOrNull(refillsAt(meter)),
    window: windowName(meter.window),
    scope: meter.scope,
    confidence: meter.confidence,
  };
}

function sameJson(same: SameThing | undefined): StatusJson["sources"][number]["sameAs"] {
  return same === undefined ? null : { id: same.id, by: same.by };
}

function stateAndCause(source: SourceState): Pick<StatusJson["sources"][number], "state" | "cause"> {
  const { status } = source;
  switch (status.state) {
    case "fresh":
    case "awaiting-reset":
    case "paused":
      return { state: status.state, cause: null };
    case "stale":
    case "failed":
      return { state: status.state, cause: status.failure.cause };
    case "needs-key":
      return { state: "needs-key", cause: status.reason };
    case "loading":
      // Only where a poll was cut short by the end of the program.
      return { state: "failed", cause: "timed-out" };
  }
}

function amount(value: Amount, unit: Unit): JsonAmount {
  if (value === "unknown") return null;
  if (value === "unlimited") return value;
  return unit.kind === "money" ? fromMicros(value) : value;
}

/** To a hundredth of a percent, which is finer than any gateway tells. */
function percent(value: Amount): JsonAmount {
  if (value === "unknown") return null;
  return value === "unlimited" ? value : Math.round(value * 100) / 100;
}

function windowName(window: Window): string {
  return window.kind === "calendar" ? window.period : window.kind;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
