import type { Meter } from "../quota/meter.ts";
import { isPastReset, percentRemaining, refillsAt, resetsAt } from "../quota/meter.ts";
import type { Alert } from "./alert.ts";
import type { LedgerEntry } from "./ledger.ts";

/** One source's fresh figures, as the rules see them. */
export interface AlertFacts {
  readonly sourceId: string;
  readonly sourceLabel: string;
  readonly demo: boolean;
  readonly meters: readonly Meter[];
  /** What each meter counts, by meter id: two sources may tell the same quantity (app/quota/same-thing.ts). */
  readonly identities?: ReadonlyMap<string, string>;
  /** Percent left at which to warn. */
  readonly thresholds: readonly number[];
  readonly now: number;
}

export interface AlertDecision {
  readonly alerts: readonly Alert[];
  /** The ledger afterwards; the same object when nothing changed. */
  readonly ledger: readonly LedgerEntry[];
}

/** Percent points above a threshold before it can fire again within the same window (a top-up, not noise). */
export const RECOVERY_PERCENT = 5;

/** Servers compute reset times afresh and round them; within this a window counts as the same. */
const RESET_TOLERANCE_MS = 2 * 60_000;

/** A limit that is full again within this is no news: by the time that anybody looks, it is. */
const SOON_MS = 60 * 60_000;

/**
 * Which thresholds were crossed, once each per window instance. Only the lowest crossed one fires, so that a fall from
 * 40 % to 3 % is one alert, and a later one comes only when it gets worse. A meter without a known share, or whose
 * reset has passed, decides nothing and re-arms nothing; neither does one that refills and is full again within the hour.
 */
export function decideAlerts(ledger: readonly LedgerEntry[], facts: AlertFacts): AlertDecision {
  const alerts: Alert[] = [];
  let entries = ledger;
  for (const meter of facts.meters) {
    const percent = percentRemaining(meter);
    if (typeof percent !== "number" || isPastReset(meter, facts.now) || refillsSoon(meter, facts.now)) continue;
    const index = entries.findIndex(
      (entry) => entry.sourceId === facts.sourceId && entry.meterId === meter.id && entry.rule === "percent-left",
    );
    const known = index === -1 ? null : (entries[index] ?? null);
    const previous = known !== null && sameInstance(known, resetsAt(meter), facts.now) ? known : null;
    const next = decideMeter(meter, percent, previous, facts);
    if (next.alert !== null) alerts.push(next.alert);
    entries = replaceAt(entries, index, known, next.entry);
  }
  return { alerts, ledger: entries };
}

function refillsSoon(meter: Meter, now: number): boolean {
  const at = refillsAt(meter);
  return at !== null && at - now <= SOON_MS;
}

function decideMeter(
  meter: Meter,
  percent: number,
  previous: LedgerEntry | null,
  facts: AlertFacts,
): { alert: Alert | null; entry: LedgerEntry | null } {
  const at = resetsAt(meter);
  const crossed = facts.thresholds.filter((threshold) => percent <= threshold);
  const lowest = crossed.length === 0 ? null : Math.min(...crossed);
  if (previous === null || (lowest !== null && lowest < previous.level)) {
    if (lowest === null) return { alert: null, entry: null };
    return {
      alert: {
        id: [facts.sourceId, meter.id, instanceName(at), lowest].join("|"),
        sourceId: facts.sourceId,
        sourceLabel: facts.sourceLabel,
        meterId: meter.id,
        meterLabel: meter.label,
        resetsAt: at,
        firedAt: facts.now,
        demo: facts.demo,
        what: {
          type: "percent-left",
          threshold: lowest,
          percentRemaining: percent,
          remaining: typeof meter.remaining === "number" ? meter.remaining : null,
          unit: meter.unit,
        },
      },
      entry: {
        sourceId: facts.sourceId,
        meterId: meter.id,
        rule: "percent-left",
        resetsAt: at,
        level: lowest,
        firedAt: facts.now,
        remaining: typeof meter.remaining === "number" ? meter.remaining : null,
        told: lowest,
        pending: null,
        recoveringSince: null,
      },
    };
  }
  return { alert: null, entry: rearm(previous, percent, at, facts.thresholds) };
}

/** Raises what counts as fired once the share has clearly recovered above it; drops the entry when nothing is left fired. */
function rearm(
  previous: LedgerEntry,
  percent: number,
  at: number | null,
  thresholds: readonly number[],
): LedgerEntry | null {
  const stillFired = thresholds.filter(
    (threshold) => threshold >= previous.level && percent < threshold + RECOVERY_PERCENT,
  );
  if (stillFired.length === 0 && percent >= previous.level + RECOVERY_PERCENT) return null;
  const level = stillFired.length === 0 ? previous.level : Math.min(...stillFired);
  const moved = at !== null && Math.abs(at - (previous.resetsAt ?? 0)) > RESET_TOLERANCE_MS / 2;
  // The reset is followed as it drifts, but not for every second of jitter: each change is a write to disk.
  return level === previous.level && !moved
    ? previous
    : { ...previous, level, resetsAt: moved ? at : previous.resetsAt };
}

/**
 * The same instance of the window: no reset known on both sides, the reset told is the one we know give or take jitter,
 * or it has drifted while the one we know has not passed yet (rolling windows move their end with every use).
 */
function sameInstance(entry: LedgerEntry, at: number | null, now: number): boolean {
  // A reset that is told only sometimes must not count as a new window.
  if (entry.resetsAt === null || at === null) return true;
  if (Math.abs(at - entry.resetsAt) <= RESET_TOLERANCE_MS) return true;
  return entry.resetsAt > now + RESET_TOLERANCE_MS;
}

function instanceName(at: number | null): string {
  return at === null ? "-" : new Date(Math.round(at / RESET_TOLERANCE_MS) * RESET_TOLERANCE_MS).toISOString();
}

function replaceAt(
  entries: readonly LedgerEntry[],
  index: number,
  known: LedgerEntry | null,
  next: LedgerEntry | null,
): readonly LedgerEntry[] {
  if (known === next) return entries;
  if (index === -1) return next === null ? entries : [...entries, next];
  return next === null ? entries.toSpliced(index, 1) : entries.with(index, next);
}

/** The ledger without entries of sources that are gone. */
export function pruneLedger(ledger: readonly LedgerEntry[], sourceIds: ReadonlySet<string>): readonly LedgerEntry[] {
  const kept = ledger.filter((entry) => sourceIds.has(entry.sourceId));
  return kept.length === ledger.length ? ledger : kept;
}
