import { createAlertLog } from "./alert-log.ts";
import type { AlertDelivery } from "./alerts/alert.ts";
import { createAlertDesk } from "./alerts/alert-desk.ts";
import type { SinkOutcome } from "./alerts/alert-log.ts";
import { judgeResumed } from "./alerts/judge-resumed.ts";
import { createLazySinkDelivery } from "./alerts/sinks/lazy-delivery.ts";
import { budgetSchema, budgetSourceId } from "./budgets/budget.ts";
import { budgetAlertSettings, judgedBudget } from "./budgets/budget-alerts.ts";
import type { BudgetStanding } from "./budgets/budget-desk.ts";
import { createLazyBudgetDesk } from "./budgets/lazy-desk.ts";
import type { AppState, HostInfo } from "./contract/contract.ts";
import type { ContractHost } from "./contract/host.ts";
import type { Shell } from "./engine-handlers.ts";
import { createHistoryRecorder } from "./history/recorder.ts";
import { keepIdentity, memo } from "./kept-identity.ts";
import { vaultIds } from "./polling/poll-target.ts";
import { createPoller, type PolledSource, type PollOnce, type WakeReason } from "./polling/poller.ts";
import { floorMs, intervalMs as intervalOf } from "./polling/refresh-facts.ts";
import { resumeFrom } from "./polling/resume-source.ts";
import { forecastsOf, type SourceRecord } from "./polling/source-record.ts";
import type { Ports, VaultStatus } from "./ports.ts";
import { identitiesOf } from "./quota/same-thing.ts";
import { demoConfig } from "./settings/demo-config.ts";
import { type LiveSettings, openSettings } from "./settings/live-settings.ts";
import { REMOVAL_UNDO_MS, type Settings, sourceConfigSchema } from "./settings/schema.ts";
import { sinkConfigSchema } from "./settings/sink-settings.ts";
import { createStatePublisher } from "./state-publisher.ts";

export interface EngineOptions {
  readonly host: HostInfo;
  /** auto: shown while there is no source; only: shown whatever is configured, until a source is added; off: never. */
  readonly demo: "auto" | "only" | "off";
  /** False: nothing is polled, alerted or purged by itself (one-shot commands). */
  readonly automatic: boolean;
  readonly shell: Shell;
  /** What another engine of this profile told last, where this one takes its place. */
  readonly resume?: AppState["sources"];
  /** How one address of a source is polled once, where that is not to go over the `http` port. Must not reject. */
  readonly poll?: PollOnce;
}

/** The whole app but for its faces. */
export interface Engine extends ContractHost {
  /** Reads settings and ledger and begins to poll. */
  start(): Promise<void>;
  /** Ends polls under way, writes what is due, frees everything. */
  stop(): Promise<void>;
  state(): AppState;
  /** Hears the state after every change. */
  onState(listener: (state: AppState) => void): () => void;
  /** Something happened to the computer; `changed`: its conditions (power, network, idle) may have. */
  wake(reason: WakeReason): void;
  /** Polls every source once; resolves when all have ended. */
  pollAll(): Promise<void>;
  /** Forgets removed sources and their keys now, undo or not (commands that end at once). */
  forgetRemoved(): Promise<void>;
  /** Asks every UI to bring a source into view. */
  showSource(sourceId: string): void;
}

const PURGE_SOON_MS = 1_000;
const PURGE_RETRY_MS = 15 * 60_000;

/** Builds an engine on its ports. Nothing happens before `start`. */
export function createEngine(ports: Ports, options: EngineOptions): Engine {
  const { clock, logger, vault, demo } = ports;
  let live: LiveSettings | null = null;
  let demoMode = options.demo;
  let demoSources: readonly PolledSource[] | null = null;
  let vaultStatus: VaultStatus = { kind: "not-checked", backend: "", problem: null };
  let cancelPurge: (() => void) | null = null;
  /** A key that could not be deleted is tried again later, not at once. */
  let purgePauseMs = PURGE_SOON_MS;
  let stopped = false;
  // Slices that are derived keep their identity while what they derive from does.
  const removedSlice = memo((settings: Settings) =>
    settings.removed.map(({ source, removedAt }) => ({
      id: source.id,
      label: source.label,
      undoUntil: removedAt + REMOVAL_UNDO_MS,
    })),
  );
  // Parsed, so that fields we do not know stay in the file and reach no face.
  const configsSlice = memo((sources: Settings["sources"]) =>
    sources.map((source) => sourceConfigSchema.parse(source)),
  );
  const budgetsSlice = memo((budgets: Settings["budgets"]) => budgets.map((budget) => budgetSchema.parse(budget)));
  const sinksSlice = memo((sinks: Settings["sinks"]) => sinks.map((sink) => sinkConfigSchema.parse(sink)));
  const problemsSlice = memo((settings: LiveSettings) => [...settings.problems]);

  const settings = (): LiveSettings => {
    if (live === null) throw new Error("the engine was not started");
    return live;
  };

  const publisher = createStatePublisher(clock, (revision) => {
    const current = settings().current();
    return {
      revision,
      sources: stableList([...poller.states(), ...budgets.states()]),
      configs: configsSlice(current.sources),
      removed: removedSlice(current),
      preferences: current.preferences,
      vault: vaultStatus,
      demo: demoSources !== null ? "shown" : wantsDemo(current) ? "hidden" : "none",
      settingsProblems: problemsSlice(settings()),
      settingsReadOnly: settings().readOnly,
      alerts: stableAlerts(desk.open()),
      budgets: budgetsSlice(current.budgets),
      sinks: sinksSlice(current.sinks),
      snoozes: stableSnoozes(desk.snoozes()),
      quietUntil: desk.quietUntil(),
      metrics: ports.metrics.status(),
      host: options.host,
    };
  });
  const stableList = keepIdentity<AppState["sources"][number]>();
  const stableSnoozes = keepIdentity<AppState["snoozes"][number]>();
  const stableAlerts = keepIdentity<AppState["alerts"][number]>();

  const alertLog = createAlertLog(ports.history, ({ at }) => publisher.emit({ name: "alerts.logged", value: { at } }));
  const recorder = createHistoryRecorder(ports.history);

  const showHere = (delivery: AlertDelivery): Promise<SinkOutcome | null> => {
    publisher.emit({ name: "alerts.raised", value: delivery });
    return ports.alerts.show(delivery);
  };
  const sinks = createLazySinkDelivery({ ports, sinks: () => settings().current().sinks });

  const desk = createAlertDesk({
    store: ports.ledger,
    clock,
    logger,
    preferences: () => settings().current().preferences,
    source: (sourceId) => {
      const { sources, budgets: own } = settings().current();
      const budget = own.find(({ id }) => budgetSourceId(id) === sourceId);
      if (budget !== undefined) return budgetAlertSettings(budget);
      return sources.find(({ id, paused }) => id === sourceId && !paused) ?? null;
    },
    deliver: async (delivery) => {
      const [here, elsewhere] = await Promise.all([showHere(delivery), sinks.deliver(delivery)]);
      return [...(here === null ? [] : [here]), ...elsewhere];
    },
    onLog: (entry) => alertLog.add(entry),
    onChanged: () => publisher.touch(),
  });

  const poller = createPoller({
    ports,
    automatic: options.automatic,
    ...(options.poll !== undefined && { poll: options.poll }),
    ...(options.resume !== undefined && { resume: resumeFrom(options.resume, () => clock.now()) }),
    onChange: () => publisher.touch(),
    onReading: (record) => {
      if (!stopped) budgets.take(record);
      // The demo's numbers are not the user's: they are not kept and never alert by themselves.
      if (record.demo || !options.automatic || stopped) return;
      const { config, reading } = record;
      keep(record);
      desk
        .judge({
          sourceId: config.id,
          sourceLabel: config.label,
          demo: false,
          meters: reading?.meters ?? [],
          forecasts: forecastsOf(record, clock.now()),
          identities: identitiesOf(config.kind, reading),
        })
        .catch(() => logger.log("error", "alert-failed", { source: config.id }));
    },
    onFailure: ({ config, demo: isDemo, last }) => {
      if (isDemo || !options.automatic || stopped || last.type === "none" || last.type === "reading") return;
      desk
        .failing({
          sourceId: config.id,
          sourceLabel: config.label,
          demo: false,
          cause: last.type === "failure" ? last.failure.cause : "needs-key",
          since: last.since,
          consecutive: last.type === "failure" ? last.consecutive : 1,
        })
        .catch(() => logger.log("error", "alert-failed", { source: config.id }));
    },
  });

  const budgets = createLazyBudgetDesk({
    clock,
    store: ports.spend,
    logger,
    automatic: options.automatic,
    sources: () => poller.states(),
    onChange: () => publisher.touch(),
    onReading: (standings) => {
      if (options.automatic && !stopped) for (const standing of standings) judgeBudget(standing);
    },
  });
  const judgeBudget = ({ budget, state }: BudgetStanding): void => {
    const { id, label, reading } = state;
    if (reading === null) return;
    const intervalMs = settings().current().preferences.intervalSeconds * 1000;
    recorder.record({ id, label, intervalMs }, reading, clock.now());
    desk.judge(judgedBudget(state)).catch(() => logger.log("error", "alert-failed", { source: id }));
    if (seeded.has(id)) return;
    seeded.add(id);
    recorder.earlier(id, reading, clock.now()).then(
      (samples) => budgets.seed(budget.id, [...samples.values()].flat()),
      () => logger.log("warn", "forecasts-not-seeded", { source: id }),
    );
  };

  /** Keeps what was read, and gives the forecasts what earlier runs of the app have seen. */
  const keep = (record: SourceRecord): void => {
    const { config, epoch, reading, fetchedAt } = record;
    if (reading === null || fetchedAt === null) return;
    const intervalMs = Math.max(intervalOf(record, settings().current().preferences), floorMs(record));
    if (seeded.size === 0) pruneHistory().catch(() => logger.log("warn", "history-not-pruned"));
    const seeding = !seeded.has(config.id);
    seeded.add(config.id);
    recorder.record({ id: config.id, label: config.label, intervalMs }, reading, fetchedAt);
    if (!seeding) return;
    recorder.earlier(config.id, reading, fetchedAt).then(
      (samples) => poller.seed(config.id, epoch, samples),
      () => logger.log("warn", "forecasts-not-seeded", { source: config.id }),
    );
  };
  let keptIds: ReadonlySet<string> = new Set();
  /** Settings that could not be read whole name too few: nothing is deleted by them. */
  const isWhole = (): boolean =>
    settings().problems.length === 0 && settings().current().unreadableSources.length === 0;
  const pruneHistory = async (): Promise<void> => {
    if (!isWhole()) return;
    budgets.keepOnly(keptIds);
    await ports.history.keepOnly(keptIds);
  };

  /** Sources whose earlier figures were looked for. */
  const seeded = new Set<string>();

  /** There is nothing of the user's to show. Entries that could not be read are the user's, too. */
  const wantsDemo = (current: Settings): boolean =>
    demoMode !== "off" && current.sources.length === 0 && current.unreadableSources.length === 0;

  const checkVault = async (): Promise<void> => {
    const status = await vault.status();
    if (status.kind === vaultStatus.kind && status.problem === vaultStatus.problem) return;
    vaultStatus = status;
    publisher.touch();
  };

  let applying: Promise<void> = Promise.resolve();
  /** Makes what is polled follow the settings: the user's sources, or the demo's. One change after the other. */
  const apply = (keyChangedFor: string | null): Promise<void> => {
    const done = applying.then(() => follow(keyChangedFor));
    applying = done.catch(() => undefined);
    return done;
  };

  const follow = async (keyChangedFor: string | null): Promise<void> => {
    const current = settings().current();
    const show = demoMode === "only" || (wantsDemo(current) && !current.preferences.demoHidden);
    if (show && demoSources === null) {
      demoSources = (await demo.start()).map((source) => ({ config: demoConfig(source), demoKey: source.key }));
    }
    if (!show && demoSources !== null) {
      demoSources = null;
      poller.setSources([], current.preferences);
      await demo.stop();
    }
    if (stopped) return;
    const sources =
      demoSources ??
      current.sources.map((config) => ({ config, demoKey: null, keyChanged: config.id === keyChangedFor }));
    poller.setSources(sources, current.preferences);
    budgets.configure(current);
    publisher.touch();
    armPurge();
    const known = [...current.sources, ...current.removed.map(({ source }) => source)].map(({ id }) => id);
    const kept = new Set([...known, ...current.budgets.map(({ id }) => budgetSourceId(id))]);
    if (isWhole()) await desk.keepOnly(kept);
    if (!options.automatic) return;
    await desk.settingsChanged();
    const gone = [...keptIds].some((id) => !kept.has(id));
    keptIds = kept;
    // Figures of sources that left while no host ran go with the first that is written.
    if (gone) await pruneHistory();
    await ports.metrics.apply(current.preferences.metrics, () => publisher.current());
  };

  /** Deletes the keys of sources removed before a moment, then forgets them. */
  const purge = async (removedBefore: number): Promise<void> => {
    const over = settings()
      .current()
      .removed.filter(({ removedAt }) => removedAt <= removedBefore);
    if (over.length === 0 || settings().readOnly) return;
    const gone = new Set<string>();
    for (const { source } of over) {
      try {
        for (const id of vaultIds(source)) await vault.delete(id);
        gone.add(source.id);
      } catch {
        // Stays on the list, so that it is tried again.
        logger.log("warn", "key-not-deleted", { source: source.id });
      }
    }
    purgePauseMs = gone.size === over.length ? PURGE_SOON_MS : PURGE_RETRY_MS;
    await settings().change((current) => ({
      ...current,
      removed: current.removed.filter(({ source }) => !gone.has(source.id)),
    }));
    await apply(null);
  };

  const armPurge = (): void => {
    cancelPurge?.();
    cancelPurge = null;
    if (!options.automatic || stopped) return;
    const first = Math.min(
      ...settings()
        .current()
        .removed.map(({ removedAt }) => removedAt + REMOVAL_UNDO_MS),
    );
    if (!Number.isFinite(first)) return;
    cancelPurge = clock.setTimer(Math.max(first, clock.now() + purgePauseMs), () => {
      purge(clock.now() - REMOVAL_UNDO_MS).catch(() => logger.log("warn", "purge-failed"));
    });
  };

  type Dispatch = ReturnType<typeof import("./contract/dispatch.ts").createDispatch>;
  let dispatch: Promise<Dispatch> | null = null;
  /** The contract and its handlers are loaded with the first call: a one-shot poll has none. */
  const loadDispatch = async (): Promise<Dispatch> => {
    const [{ createDispatch }, { createHandlers }] = await Promise.all([
      import("./contract/dispatch.ts"),
      import("./engine-handlers.ts"),
    ]);
    const handlers = createHandlers({
      ports,
      shell: options.shell,
      settings,
      apply,
      poller,
      desk,
      alertLog,
      showHere,
      state: () => publisher.current(),
      checkVault,
      leaveDemo: () => {
        if (demoMode === "only") demoMode = "auto";
      },
    });
    return createDispatch(handlers, (name, error) =>
      logger.log("error", "call-crashed", { call: name, error: error instanceof Error ? error.name : "?" }),
    );
  };

  ports.metrics.onChange(() => publisher.touch());

  return {
    async start() {
      live = await openSettings(ports.settings, logger);
      if (options.automatic) await desk.load();
      await poller.load();
      await apply(null);
      await budgets.load();
      if (options.resume !== undefined) await judgeResumed(desk, poller.states(), ports);
      const { sources: own } = settings().current();
      const usesVault = own.some((source) => vaultIds(source).length > 0);
      if (options.automatic && usesVault) {
        checkVault().catch(() => logger.log("warn", "vault-status-unknown"));
      }
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      cancelPurge?.();
      await poller.stop();
      // The log waits for what the sinks have under way.
      await Promise.all([sinks.stop(), desk.stop(), budgets.stop()]);
      await ports.metrics.stop();
      await ports.history.close();
      publisher.stop();
      if (demoSources !== null) await demo.stop();
    },
    async handle(name, input) {
      dispatch ??= loadDispatch();
      const result = await (await dispatch)(name, input);
      // What a call changed is told before its answer: else a control would jump back for a moment.
      publisher.flush();
      return result;
    },
    subscribe: (listener) => publisher.subscribe(listener),
    state: () => publisher.current(),
    onState: (listener) => publisher.onState(listener),
    wake: (reason) => poller.wake(reason),
    pollAll: () => poller.pollAll(),
    forgetRemoved: () => purge(Number.POSITIVE_INFINITY),
    showSource: (sourceId) => publisher.emit({ name: "shell.showSource", value: { sourceId } }),
  };
}
