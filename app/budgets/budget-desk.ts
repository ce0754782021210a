import { addSample, type Sample, seedSamples } from "../forecast/samples.ts";
import type { SourceRecord } from "../polling/source-record.ts";
import type { Clock, Logger, SpendStore } from "../ports.ts";
import type { SourceState } from "../quota/snapshot.ts";
import type { Preferences, SourceConfig } from "../settings/schema.ts";
import { type Budget, budgetSourceId } from "./budget.ts";
import { budgetMeter, budgetState, membersOf } from "./budget-source.ts";
import { calendarPeriod } from "./calendar-period.ts";
import { type HolderNames, nameHolders } from "./holders.ts";
import { periodSpend } from "./period-spend.ts";
import { whatIsRead } from "./read-mark.ts";
import { EMPTY_BOOK, onlySources, type SpendBook, spendOf } from "./spend-book.ts";
import { withReading } from "./take-reading.ts";

/** What the budgets follow of the settings. */
export interface BudgetSettings {
  readonly budgets: readonly Budget[];
  /** The user's own sources, in their order. */
  readonly sources: readonly SourceConfig[];
  readonly preferences: Preferences;
}

/** A budget with what is shown of it. */
export interface BudgetStanding {
  readonly budget: Budget;
  readonly state: SourceState;
}

/** Keeps the book of what was spent, and makes sources of the budgets. */
export interface BudgetDesk {
  /** Reads the book. Readings that come before that wait for it. */
  load(): Promise<void>;
  configure(settings: BudgetSettings): void;
  /** Forgets what all other sources spent. Not to be called while the settings could not be read whole. */
  keepOnly(sourceIds: ReadonlySet<string>): void;
  /** A poll found figures. The demo's are not the user's, and are left out. */
  take(record: Pick<SourceRecord, "config" | "epoch" | "demo" | "reading" | "fetchedAt">): void;
  /** Samples of earlier runs, for the forecast of a budget. */
  seed(budgetId: string, samples: readonly Sample[]): void;
  /**
   * The budgets as sources, in their order; none while the demo is shown or there is nothing to count. An object stays the same
   * while nothing changed.
   */
  states(): readonly SourceState[];
  /** Writes what is due, and ends. Never rejects. */
  stop(): Promise<void>;
}

export interface BudgetDeskOptions {
  readonly clock: Clock;
  readonly store: SpendStore;
  readonly logger: Logger;
  /** Whether it may tell by itself that a day, a week or a month is over. */
  readonly automatic: boolean;
  /** IANA name of the zone whose days count, asked anew each time (computers travel); the computer's unless told. */
  readonly localZone?: () => string;
  /** What is shown of the sources at present. */
  readonly sources: () => readonly SourceState[];
  /** What is shown of budgets has changed. */
  readonly onChange: () => void;
  /** A reading has come that these budgets count: time to judge them. */
  readonly onReading: (standings: readonly BudgetStanding[]) => void;
}

/** So long after a change the book is written; a crash loses no more, and the counters catch up with it. */
const SAVE_MS = 1_000;
/** A book of hundreds of sources takes a while to write: that must not become all that the disk does. */
const SAVES_APART = 50;
/** A clock that was set while it wrote must not hold the next one up for long. */
const MOST_SAVE_MS = 1_000;
/** Nobody looks at it yet: it is kept for the budget that somebody may set later in the month. */
const SAVE_WITHOUT_BUDGETS_MS = 60_000;
/** Computers travel, but to ask which zone this one is in costs as much as a whole poll. */
const SAME_ZONE_MS = 15 * 60_000;
/** Samples of a budget over many sources would otherwise all be of the last minutes. */
const SAMPLE_MS = 60_000;

export function createBudgetDesk(options: BudgetDeskOptions): BudgetDesk {
  const { clock, store, logger } = options;
  const localZone = options.localZone ?? askedNowAndThen(clock);
  let book: SpendBook = EMPTY_BOOK;
  let settings: BudgetSettings | null = null;
  let names: HolderNames = new Map();
  const epochs = new Map<string, number>();
  const samples = new Map<string, readonly Sample[]>();
  const known = new Map<string, SourceState>();
  let shown: { readonly inputs: readonly unknown[]; readonly until: number; readonly list: SourceState[] } | null =
    null;
  let waiting: Parameters<BudgetDesk["take"]>[0][] | null = [];
  let cancelSave: (() => void) | null = null;
  let cancelTurn: (() => void) | null = null;
  let isUnsaved = false;
  let lastSaveMs = 0;
  let stopped = false;

  const save = async (): Promise<void> => {
    cancelSave = null;
    isUnsaved = false;
    const began = clock.now();
    try {
      await store.write(book);
      lastSaveMs = Math.min(MOST_SAVE_MS, Math.max(0, clock.now() - began));
    } catch {
      // Kept in memory; the next reading tries again.
      isUnsaved = true;
      logger.log("error", "spend-not-saved");
    }
  };

  const changed = (): void => {
    isUnsaved = true;
    if (cancelSave !== null || stopped || !options.automatic) return;
    const least = (settings?.budgets.length ?? 0) > 0 ? SAVE_MS : SAVE_WITHOUT_BUDGETS_MS;
    const pause = Math.max(least, lastSaveMs * SAVES_APART);
    cancelSave = clock.setTimer(clock.now() + pause, () => void save());
  };

  /** A new day begins without any reading, and with it the figures of the day before are over. */
  const watchTurn = (): void => {
    cancelTurn?.();
    cancelTurn = null;
    const budgets = settings?.budgets ?? [];
    if (!options.automatic || stopped || budgets.length === 0) return;
    const now = clock.now();
    const zone = localZone();
    const next = Math.min(...budgets.map(({ period }) => calendarPeriod(period, now, zone).end));
    cancelTurn = clock.setTimer(next, () => {
      options.onChange();
      watchTurn();
    });
  };

  const members = (sources: readonly SourceState[]) => {
    const states = new Map(sources.map((state) => [state.id, state]));
    return (settings?.sources ?? []).map((config) => ({ config, state: states.get(config.id) ?? null }));
  };

  const factsOf = (budget: Budget, all: ReturnType<typeof members>, thresholds: readonly number[]) => ({
    budget,
    book,
    members: all,
    preferences: { thresholds: [...thresholds] },
    samples: samples.get(budget.id) ?? [],
    now: clock.now(),
    timeZone: localZone(),
  });

  const build = (): SourceState[] => {
    if (settings === null) return [];
    const { budgets, preferences } = settings;
    const sources = options.sources();
    if (budgets.length === 0 || settings.sources.length === 0 || sources.some(({ demo }) => demo)) return [];
    const now = clock.now();
    const inputs = [settings, book, localZone(), ...samples.values(), ...sources.map(({ status }) => status)];
    if (shown !== null && now < shown.until && isSame(inputs, shown.inputs)) return shown.list;
    const all = members(sources);
    const list = budgets.map((budget) => {
      const state = budgetState(factsOf(budget, all, preferences.thresholds));
      const before = known.get(state.id);
      const same = before !== undefined && JSON.stringify(before) === JSON.stringify(state) ? before : state;
      known.set(state.id, same);
      return same;
    });
    const resets = list.flatMap(({ reading }) => reading?.meters ?? []).map(({ window }) => window);
    const until = Math.min(...resets.map((window) => (window.kind === "calendar" ? window.resetsAt : now)));
    shown = { inputs, until, list };
    return list;
  };

  const takeNow = ({ config, epoch, reading, fetchedAt }: Parameters<BudgetDesk["take"]>[0]): void => {
    if (reading === null || fetchedAt === null) return;
    const reads = whatIsRead(config);
    const named = nameHolders(names, config.id, reading.subjects, spendOf(book, config.id)?.holders ?? {});
    names = named.names;
    const before = epochs.get(config.id);
    epochs.set(config.id, epoch);
    book = withReading(
      book,
      {
        sourceId: config.id,
        reads,
        holders: named.holders,
        meters: reading.meters,
        at: fetchedAt,
        isOtherKey: before !== undefined && before !== epoch,
      },
      localZone(),
    );
    changed();
    const counting = sample(config.id, fetchedAt);
    if (counting.length === 0) return;
    options.onChange();
    const states = new Map(build().map((state) => [state.id, state]));
    options.onReading(
      counting.flatMap((budget) => {
        const state = states.get(budgetSourceId(budget.id));
        return state === undefined ? [] : [{ budget, state }];
      }),
    );
  };

  /** The budgets that count a source, each with one more sample. */
  const sample = (sourceId: string, at: number): readonly Budget[] => {
    const all = members([]);
    const zone = localZone();
    const counting = (settings?.budgets ?? []).filter((budget) =>
      membersOf(budget, all).some(({ config }) => config.id === sourceId),
    );
    for (const budget of counting) {
      const before = samples.get(budget.id) ?? [];
      const last = before.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
      if (at >= last && at - last < SAMPLE_MS) continue;
      const period = calendarPeriod(budget.period, at, zone);
      const ids = membersOf(budget, all).map(({ config }) => config.id);
      const meter = budgetMeter(budget, periodSpend(budget, book, ids, period), period, zone);
      samples.set(budget.id, addSample(before, meter, at));
    }
    return counting;
  };

  return {
    async load() {
      try {
        book = await store.read();
      } catch {
        logger.log("error", "spend-not-read");
      }
      const queue = waiting ?? [];
      waiting = null;
      for (const record of queue) takeNow(record);
      options.onChange();
    },
    configure(next) {
      settings = next;
      const ids = new Set(next.budgets.map(({ id }) => id));
      for (const id of samples.keys()) if (!ids.has(id)) samples.delete(id);
      known.clear();
      for (const state of shown?.list ?? []) known.set(state.id, state);
      watchTurn();
    },
    keepOnly(sourceIds) {
      const kept = onlySources(book, sourceIds);
      if (kept === book) return;
      book = kept;
      changed();
    },
    take(record) {
      if (record.demo || stopped) return;
      if (waiting === null) takeNow(record);
      else waiting.push(record);
    },
    seed(budgetId, earlier) {
      samples.set(budgetId, seedSamples([...earlier, ...(samples.get(budgetId) ?? [])]));
    },
    states: build,
    async stop() {
      stopped = true;
      cancelTurn?.();
      cancelSave?.();
      cancelTurn = null;
      // A command that ends at once leaves no file behind where nobody set a budget.
      if (isUnsaved && (options.automatic || (settings?.budgets.length ?? 0) > 0)) await save();
    },
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** The zone of the computer, as it was within the last quarter of an hour. */
function askedNowAndThen(clock: Clock): () => string {
  let known: { readonly zone: string; readonly at: number } | null = null;
  return () => {
    const now = clock.now();
    if (known === null || Math.abs(now - known.at) > SAME_ZONE_MS) {
      known = { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, at: now };
    }
    return known.zone;
  };
}
