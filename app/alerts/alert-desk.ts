import type { Alert } from "./alert.ts";
import type { HeldBackReason } from "./alert-log.ts";
import { keptBanners, withTold } from "./banners.ts";
import { createDeliveries } from "./deliveries.ts";
import type { AlertDesk, AlertDeskOptions, SnoozeLength, SnoozeTarget, SourceAlertSettings } from "./desk.ts";
import { effectiveRules } from "./effective-rules.ts";
import { decideFailing, failingDueAt, isCurrent, type SeenFailure } from "./failing-rule.ts";
import { heldBackBy } from "./held-back.ts";
import type { LedgerEntry, Snooze } from "./ledger.ts";
import { createLedgerIndex } from "./ledger-index.ts";
import { createLedgerWriter } from "./ledger-writer.ts";
import { decideMeter } from "./meter-rules.ts";
import { createQuietClock } from "./quiet-clock.ts";
import { worstFirst } from "./severity.ts";
import { currentSnoozes, resetToAwait, snoozedUntil, withoutSnooze, withSnooze } from "./snooze.ts";
import { isToldByAnother } from "./told-once.ts";
import { createWatchedSources, type Look } from "./watched-sources.ts";

/** What fires within this is told as one. */
export const MOMENT_MS = 5_000;
const HOUR_MS = 60 * 60_000;

/** An entry that waits, with what it says now. */
interface Candidate {
  readonly entry: LedgerEntry;
  readonly level: number;
  readonly alert: Alert;
  readonly settings: SourceAlertSettings;
}

const processZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Carries out what the alert rules decide: first the ledger, durably, then the people. */
export function createAlertDesk(options: AlertDeskOptions): AlertDesk {
  const { store, clock, logger, onChanged } = options;
  const localZone = options.localZone ?? processZone;
  const quiet = createQuietClock(localZone);
  const deliveries = createDeliveries(options);
  const watched = createWatchedSources(options);
  let index = createLedgerIndex([]);
  let snoozes: readonly Snooze[] = [];
  let open: readonly Alert[] = [];
  /** When what fired within a moment is told; null while nothing did. */
  let momentAt: number | null = null;
  let cancelTimer: (() => void) | null = null;
  let settling: Promise<void> = Promise.resolve();
  let lastWrite: Promise<void> = Promise.resolve();
  let stopped = false;

  const save = createLedgerWriter(
    () => store.write({ entries: index.all(), snoozes: [...snoozes] }),
    // Kept in memory: nothing repeats while this host runs, and the next change tries again.
    () => logger.log("error", "alert-ledger-not-saved"),
  );
  const persist = (): Promise<void> => {
    lastWrite = save();
    return lastWrite;
  };

  const setOpen = (next: readonly Alert[]): void => {
    if (next === open) return;
    open = next;
    onChanged();
  };

  /** A banner goes when what it says is over: its meter recovered or began a new window, its source answers. */
  const dropBanners = (): void => {
    const stays = ({ sourceId, meterId, what }: Alert): boolean =>
      what.type === "back" || (index.of(sourceId, meterId).get(what.type)?.told ?? null) !== null;
    setOpen(keptBanners(open, stays));
  };

  const logRecovered = (entries: readonly LedgerEntry[], now: number): void => {
    for (const entry of entries) {
      const alert = watched.asItFired(entry, now);
      if (alert !== null) deliveries.holdBack(alert, "recovered");
    }
  };

  const toldElsewhere = (entry: LedgerEntry, level: number, now: number): boolean => {
    // "Quota back" is told by the source that had warned, so only by one.
    if (entry.meterId === null || entry.rule === "back") return false;
    const others = watched.sameQuantity(entry.sourceId, entry.meterId).map((at) => index.of(at.sourceId, at.meterId));
    return isToldByAnother(entry, level, others, now);
  };

  /** All that waits: what it says now, and what is over. */
  const lookThrough = (now: number): { candidates: Candidate[]; over: LedgerEntry[] } => {
    const candidates: Candidate[] = [];
    const over: LedgerEntry[] = [];
    for (const entry of index.waiting()) {
      const settings = options.source(entry.sourceId);
      if (settings === null) continue;
      const seen = watched.look(entry, settings, now);
      if (seen.state === "true") candidates.push({ entry, level: seen.level, alert: seen.alert, settings });
      if (seen.state !== "over") continue;
      over.push(entry);
      index.put(entry, seen.entry);
    }
    return { candidates: candidates.sort((a, b) => worstFirst(a.alert, b.alert)), over };
  };

  const whyHeldBack = ({ entry, level, alert, settings }: Candidate, now: number): HeldBackReason | null => {
    const preferences = options.preferences();
    return heldBackBy(alert, {
      preferences,
      settings,
      isToldByAnother: toldElsewhere(entry, level, now),
      isSnoozed: snoozedUntil(snoozes, entry.sourceId, entry.meterId, now) !== null,
      isQuiet: quiet.until(preferences.quietHours, now) !== null,
    });
  };

  /** Whether what an entry waits for goes on; where it is over, figures that say more than those at its end are enough to tell. */
  const isHeld = ({ sourceId, meterId, pending }: LedgerEntry, now: number): boolean => {
    switch (pending) {
      case "snoozed":
        return snoozedUntil(snoozes, sourceId, meterId, now) !== null;
      case "quiet-hours":
        return quiet.until(options.preferences().quietHours, now) !== null;
      case "moment":
      case null:
        return false;
    }
  };

  /** Tells what waits and may be told, as one, and notes why the rest is not. */
  const settle = async (): Promise<void> => {
    await quiet.prepare(options.preferences().quietHours);
    const now = clock.now();
    momentAt = null;
    const { candidates, over } = lookThrough(now);
    const telling: Alert[] = [];
    const holding: { readonly alert: Alert; readonly reason: HeldBackReason }[] = [];
    let changed = dropEndedSnoozes(now) || over.length > 0;
    for (const candidate of candidates) {
      const { entry, level, alert } = candidate;
      const reason = whyHeldBack(candidate, now);
      const waits = reason === "snoozed" || reason === "quiet-hours" ? reason : null;
      if (waits !== null && entry.pending === waits) continue;
      if (reason === null) telling.push(alert);
      else holding.push({ alert, reason });
      changed = true;
      const isDone = entry.rule === "back" && waits === null;
      const told = reason === null ? level : entry.told;
      index.put(entry, isDone ? null : { ...entry, level, told, pending: waits });
    }
    if (changed) await persist();
    logRecovered(over, now);
    for (const { alert, reason } of holding) deliveries.holdBack(alert, reason);
    if (telling.length > 0) {
      setOpen(withTold(open, telling));
      deliveries.tell(telling);
    }
    if (changed) dropBanners();
  };

  const settleNext = (): Promise<void> => {
    settling = settling
      .then(settle)
      .catch(() => logger.log("error", "alerts-not-settled"))
      .then(arm);
    return settling;
  };

  const dropEndedSnoozes = (now: number): boolean => {
    const current = currentSnoozes(snoozes, now);
    if (current === snoozes) return false;
    snoozes = current;
    onChanged();
    return true;
  };

  /** The one timer: for what fired within a moment, the end of quiet hours that something waits for, snoozes, sources that fail. */
  const arm = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (stopped) return;
    const now = clock.now();
    // Later than that, the clock was put back.
    if (momentAt !== null) momentAt = Math.min(momentAt, now + MOMENT_MS);
    const waitsForQuietEnd = index.waiting().some(({ pending }) => pending === "quiet-hours");
    const quietEnd = waitsForQuietEnd ? quiet.until(options.preferences().quietHours, now) : null;
    const times = [momentAt, quietEnd, nextFailingAt(now), ...snoozes.map(({ until }) => until)];
    const next = Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY));
    if (next === Number.POSITIVE_INFINITY) return;
    cancelTimer = clock.setTimer(next, () => {
      cancelTimer = null;
      const at = clock.now();
      for (const failure of watched.failures()) noteFailing(failure, at);
      void settleNext();
    });
  };

  /** Soon, with what else fires within the moment. */
  const tellSoon = (now: number): void => {
    momentAt ??= now + MOMENT_MS;
    arm();
  };

  /** Records a source that has failed for long by now; says whether that is new. */
  const noteFailing = (failure: SeenFailure, now: number): boolean => {
    const settings = options.source(failure.sourceId);
    if (settings === null) return false;
    const known = index.of(failure.sourceId, null).get("failing") ?? null;
    const rules = effectiveRules(options.preferences(), settings, null);
    const entry = decideFailing(known, failure, rules, now);
    if (entry === null || entry === known) return false;
    index.put(entry, entry);
    return true;
  };

  const nextFailingAt = (now: number): number | null => {
    let next: number | null = null;
    for (const failure of watched.failures()) {
      const settings = options.source(failure.sourceId);
      if (settings === null || index.of(failure.sourceId, null).has("failing")) continue;
      const at = failingDueAt(failure, effectiveRules(options.preferences(), settings, null));
      if (at !== null && at > now && isCurrent(failure, at) && (next === null || at < next)) next = at;
    }
    return next;
  };

  /** What waited to tell of a source that fails, when it answers again. */
  const answersAgain = (sourceId: string, settings: SourceAlertSettings, now: number): Look | null => {
    const failing = index.of(sourceId, null).get("failing");
    if (failing === undefined) return null;
    index.put(failing, null);
    return failing.pending === null ? { state: "unknown" } : watched.look(failing, settings, now);
  };

  const endOf = async (target: SnoozeTarget, length: SnoozeLength): Promise<number | null> => {
    switch (length) {
      case "hour":
        return clock.now() + HOUR_MS;
      case "tomorrow": {
        const { nextMorning } = await import("./quiet-hours.ts");
        return nextMorning(clock.now(), localZone());
      }
      case "reset": {
        const { sourceId, meterId } = target;
        const reading = sourceId === null ? undefined : watched.reading(sourceId);
        if (sourceId === null || reading === undefined) return null;
        return resetToAwait(reading.meters, meterId, (id) => index.of(sourceId, id).size > 0, clock.now());
      }
    }
  };

  return {
    async load() {
      const { entries, snoozes: kept } = await store.read();
      index = createLedgerIndex(entries);
      snoozes = currentSnoozes(kept, clock.now());
      await quiet.prepare(options.preferences().quietHours);
      arm();
    },
    async judge(reading) {
      const { sourceId } = reading;
      const settings = options.source(sourceId);
      if (stopped || settings === null) return;
      const now = clock.now();
      const answering = answersAgain(sourceId, settings, now);
      const wasDoubtful = watched.succeeded(reading, now);
      const recovered: LedgerEntry[] = [];
      let changed = answering !== null;
      for (const facts of watched.facts(reading, settings, now)) {
        const known = index.of(sourceId, facts.meter.id);
        const decision = decideMeter(known, facts);
        recovered.push(...decision.recovered);
        if (decision.entries === known) continue;
        index.set(sourceId, facts.meter.id, decision.entries);
        changed = true;
      }
      if (index.prune(reading, now)) changed = true;
      if (index.waitingOf(sourceId).some((entry) => wasDoubtful || !isHeld(entry, now))) tellSoon(now);
      if (!changed) return;
      await persist();
      logRecovered(recovered, now);
      if (answering?.state === "true") deliveries.holdBack(answering.alert, "recovered");
      dropBanners();
    },
    async failing(failure) {
      if (stopped || options.source(failure.sourceId) === null) return;
      const now = clock.now();
      const wasDoubtful = watched.failed(failure, now);
      const isNew = noteFailing({ ...failure, seenAt: now }, now);
      const pending = index.of(failure.sourceId, null).get("failing")?.pending ?? null;
      if (pending === "moment" || (pending !== null && wasDoubtful)) tellSoon(now);
      else arm();
      if (isNew) await persist();
    },
    settingsChanged: () => settleNext(),
    async snooze(target, length) {
      const until = await endOf(target, length);
      if (until === null) return null;
      snoozes = withSnooze(snoozes, { sourceId: target.sourceId, meterId: target.meterId, until }, clock.now());
      onChanged();
      arm();
      await persist();
      return until;
    },
    async unsnooze(target) {
      const next = withoutSnooze(snoozes, target);
      if (next === snoozes) return;
      snoozes = next;
      onChanged();
      await persist();
      await settleNext();
    },
    snoozes: () => snoozes,
    quietUntil: () => quiet.until(options.preferences().quietHours, clock.now()),
    open: () => open,
    dismiss(id) {
      setOpen(keptBanners(open, (alert) => alert.id !== id));
    },
    sample: (alert) => options.deliver({ id: alert.id, alerts: [alert] }),
    async keepOnly(sourceIds) {
      watched.keepOnly(sourceIds);
      setOpen(keptBanners(open, (alert) => sourceIds.has(alert.sourceId)));
      const kept = snoozes.filter(({ sourceId }) => sourceId === null || sourceIds.has(sourceId));
      const fewer = kept.length < snoozes.length;
      if (!index.keepOnly(sourceIds) && !fewer) return;
      if (fewer) {
        snoozes = kept;
        onChanged();
      }
      await persist();
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      cancelTimer = null;
      await settling;
      await lastWrite;
      await deliveries.stop();
    },
  };
}
