import type { AlertLog } from "./alert-log.ts";
import type { AlertDelivery } from "./alerts/alert.ts";
import type { SinkOutcome } from "./alerts/alert-log.ts";
import type { AlertDesk } from "./alerts/desk.ts";
import { sampleDelivery } from "./alerts/sinks/sample-delivery.ts";
import { createSinkHandlers } from "./alerts/sinks/sink-handlers.ts";
import { createBudgetHandlers } from "./budgets/budget-handlers.ts";
import type { AppState, SettingsPlace, TestResult } from "./contract/contract.ts";
import { CallFailure, type Handlers } from "./contract/host.ts";
import { historyFile, shownHistory } from "./history/history-handlers.ts";
import type { HistoryFile } from "./history/series.ts";
import { pollSource } from "./polling/poll-source.ts";
import { pollTarget, secretId, spareSecretId, vaultIds } from "./polling/poll-target.ts";
import type { Poller } from "./polling/poller.ts";
import type { Ports } from "./ports.ts";
import type { MeterSettings } from "./settings/alert-settings.ts";
import { type AcceptedDraft, acceptDraft, drafted } from "./settings/draft.ts";
import { isPattern } from "./settings/json-pointer.ts";
import type { LiveSettings } from "./settings/live-settings.ts";
import {
  MAX_INTERVAL_SECONDS,
  MIN_INTERVAL_SECONDS,
  preferencesSchema,
  REMOVAL_UNDO_MS,
  type SourceConfig,
} from "./settings/schema.ts";
import { sources as registry } from "./sources/registry.ts";

/** What a face does for the UI that the engine cannot. */
export interface Shell {
  openSettings(place: SettingsPlace): void;
  /** Asks where to save a text, and saves it; left out where the page does that itself. */
  saveFile?(file: HistoryFile): Promise<void>;
}

export interface HandlerParts {
  readonly ports: Ports;
  readonly shell: Shell;
  readonly settings: () => LiveSettings;
  /** Makes polling follow the settings; the named source's key was replaced. */
  readonly apply: (keyChangedFor: string | null) => Promise<void>;
  readonly poller: Poller;
  readonly desk: AlertDesk;
  readonly state: () => AppState;
  readonly checkVault: () => Promise<void>;
  /** Shows alerts in the faces of this host. */
  readonly showHere: (delivery: AlertDelivery) => Promise<SinkOutcome | null>;
  readonly leaveDemo: () => void;
  readonly alertLog: AlertLog;
}

/** The answers to every call of the contract. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { ports, settings, apply, poller, desk } = parts;

  const find = (id: string): SourceConfig => {
    const found = settings()
      .current()
      .sources.find((source) => source.id === id);
    if (found === undefined) throw new CallFailure("unknown-source");
    return found;
  };

  const editSource = async (id: string, edit: (source: SourceConfig) => SourceConfig): Promise<void> => {
    find(id);
    await settings().change((current) => ({
      ...current,
      sources: current.sources.map((source) => (source.id === id ? edit(source) : source)),
    }));
    await apply(null);
  };

  const saveSecrets = async ({ config, given }: AcceptedDraft): Promise<void> => {
    const { origin } = new URL(config.baseUrl);
    const others = Object.entries(given.others).map(([name, secret]) => [secretId(config.id, name), secret] as const);
    try {
      for (const [id, secret] of others) await ports.vault.set(id, origin, secret);
      for (const [spare, secret] of Object.entries(given.spares)) {
        await ports.vault.set(spareSecretId(config.id, spare), spare, secret);
      }
      if (given.key !== null) await ports.vault.set(config.id, origin, given.key);
    } catch {
      // The vault's own message could quote what it was given.
      throw new CallFailure("key-not-saved");
    }
  };

  /** A reference took a saved secret's place, or it has no more use: the copy goes. */
  const dropSecrets = async (before: SourceConfig, after: SourceConfig): Promise<void> => {
    const kept = new Set(vaultIds(after));
    for (const id of vaultIds(before)) if (!kept.has(id)) await ports.vault.delete(id).catch(() => undefined);
  };

  return {
    "state.get": () => parts.state(),

    "sources.kinds": async () => {
      // Somebody is about to enter a key: time to know where it would lie.
      await parts.checkVault();
      return registry.map((source) => ({
        id: source.id,
        name: source.name,
        group: source.group,
        defaultBaseUrl: source.defaultBaseUrl,
        otherBaseUrls: [...(source.otherBaseUrls ?? [])],
        reads: source.reads,
        keyNote: source.keyNote,
        minIntervalSeconds: source.minIntervalSeconds,
        known: {
          env: [...(source.known?.env ?? [])],
          // A pattern is no place; a scan finds those that it stands for.
          files: (source.known?.files ?? [])
            .filter(({ pointer }) => !isPattern(pointer))
            .flatMap(({ tool, paths, pointer }) => paths.map((path) => ({ tool, path, pointer }))),
        },
        optionFields: source.optionFields.map(({ choices, ...field }) => ({
          ...field,
          ...(choices !== undefined && { choices: [...choices] }),
        })),
      }));
    },

    "sources.test": async (draft): Promise<TestResult> => {
      const existing = draft.id === null ? null : find(draft.id);
      const accepted = await acceptDraft(draft, existing, () => ports.random.id());
      const outcome = await pollSource(pollTarget(accepted.config, accepted.given), ports);
      switch (outcome.type) {
        case "reading":
          return { outcome: { type: "reading", reading: outcome.reading }, trace: [...outcome.trace] };
        case "failure":
          return { outcome: { type: "failure", failure: outcome.failure }, trace: [...outcome.trace] };
        case "needs-key":
          return { outcome: { type: "needs-key", reason: outcome.reason, detail: outcome.detail }, trace: [] };
      }
    },

    "sources.sample": async (draft) => {
      const { sampleAnswer } = await import("./sample-answer.ts");
      return sampleAnswer(draft, draft.id === null ? null : find(draft.id), ports);
    },

    "sources.probe": async (input) => {
      const { answerProbe } = await import("./probe-handler.ts");
      return answerProbe(input, ports);
    },

    "sources.save": async (draft) => {
      const existing = draft.id === null ? null : find(draft.id);
      const labels = settings()
        .current()
        .sources.flatMap((source) => (source.id === existing?.id ? [] : [source.label]));
      const accepted = await acceptDraft(draft, existing, () => ports.random.id(), labels);
      if (settings().readOnly) throw new CallFailure("settings-read-only");
      // The key first: settings that name a key which was not saved would be worse than a key without settings.
      await saveSecrets(accepted);
      await settings().change((current) => ({
        ...current,
        sources:
          existing === null
            ? [...current.sources, accepted.config]
            : current.sources.map((source) => (source.id === existing.id ? drafted(source, accepted) : source)),
      }));
      if (existing !== null) await dropSecrets(existing, accepted.config);
      parts.leaveDemo();
      const { key, others, spares } = accepted.given;
      const newSecrets = [key, ...Object.values(others), ...Object.values(spares)].some((secret) => secret !== null);
      await apply(newSecrets ? accepted.config.id : null);
      if (newSecrets) await parts.checkVault();
      return { id: accepted.config.id };
    },

    "sources.discover": async () => {
      const { discover } = await import("./discovery/discover.ts");
      return discover(settings().current().sources, registry, ports);
    },

    "sources.adjust": async ({ id, label, intervalSeconds, meter, group, ...change }) => {
      const name = label?.trim();
      if (name === "") throw new CallFailure("invalid-input", "the name is empty");
      if (
        typeof intervalSeconds === "number" &&
        !(
          Number.isInteger(intervalSeconds) &&
          intervalSeconds >= MIN_INTERVAL_SECONDS &&
          intervalSeconds <= MAX_INTERVAL_SECONDS
        )
      ) {
        throw new CallFailure(
          "invalid-input",
          `the interval is a whole number of seconds from ${MIN_INTERVAL_SECONDS} to ${MAX_INTERVAL_SECONDS}`,
        );
      }
      await editSource(id, (source) => ({
        ...source,
        ...(name !== undefined && { label: name.slice(0, 80) }),
        ...withoutUndefined(change),
        ...(intervalSeconds !== undefined && { intervalSeconds }),
        ...(group !== undefined && { group: group?.trim() || null }),
        ...(meter !== undefined && { meters: withMeter(source.meters, meter) }),
      }));
    },

    "sources.reorder": async ({ ids }) => {
      await settings().change((current) => {
        const byId = new Map(current.sources.map((source) => [source.id, source]));
        const named = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
        const listed = new Set(named.map((source) => source.id));
        // Sources that the list does not name keep their order behind it: a list made a moment too early loses nothing.
        return { ...current, sources: [...named, ...current.sources.filter((source) => !listed.has(source.id))] };
      });
      await apply(null);
    },

    "sources.remove": async ({ id }) => {
      find(id);
      const removedAt = ports.clock.now();
      await settings().change((current) => {
        const index = current.sources.findIndex((source) => source.id === id);
        const source = current.sources[index];
        if (source === undefined) return current;
        return {
          ...current,
          sources: current.sources.toSpliced(index, 1),
          removed: [...current.removed.filter((other) => other.source.id !== id), { removedAt, index, source }],
        };
      });
      await apply(null);
      return { undoUntil: removedAt + REMOVAL_UNDO_MS };
    },

    "sources.restore": async ({ id }) => {
      const known = settings()
        .current()
        .removed.some(({ source }) => source.id === id);
      if (!known) throw new CallFailure("undo-expired");
      await settings().change((current) => {
        const entry = current.removed.find(({ source }) => source.id === id);
        if (entry === undefined) return current;
        return {
          ...current,
          sources: current.sources.toSpliced(Math.min(entry.index, current.sources.length), 0, entry.source),
          removed: current.removed.filter((other) => other !== entry),
        };
      });
      await apply(null);
    },

    "sources.refresh": ({ id }) => {
      if (id !== null && !parts.state().sources.some((source) => source.id === id)) {
        throw new CallFailure("unknown-source");
      }
      poller.refresh(id);
      return undefined;
    },

    "preferences.set": async (change) => {
      const given = withoutUndefined(change);
      await settings().change((current) => ({
        ...current,
        preferences: preferencesSchema.parse({ ...current.preferences, ...given }),
      }));
      await apply(null);
    },

    "alerts.dismiss": ({ id }) => {
      desk.dismiss(id);
      return undefined;
    },

    // Here only: each sink has a test of its own.
    "alerts.sample": async () => {
      const outcome = await parts.showHere(sampleDelivery(ports.clock.now()));
      return { shown: outcome?.ok === true };
    },

    "alerts.log": (page) => parts.alertLog.page(page),
    "alerts.snooze": async ({ sourceId, meterId, until: length }) => {
      const until = await desk.snooze({ sourceId, meterId }, length);
      // Nobody knows when it resets, so there is nothing to wait for.
      if (until === null) throw new CallFailure("invalid-input");
      return { until };
    },
    "alerts.unsnooze": async ({ sourceId, meterId }) => {
      await desk.unsnooze({ sourceId, meterId });
    },
    ...createSinkHandlers({ ports, settings, apply: () => apply(null), checkVault: parts.checkVault }),
    ...createBudgetHandlers({ ports, settings, apply: () => apply(null) }),

    "history.status": () => ports.history.status(),
    "history.view": (query) => shownHistory(ports.history, query, ports.clock.now()),
    "history.export": async (query) => {
      const file = await historyFile(ports.history, query, ports.clock.now());
      if (parts.shell.saveFile === undefined) return { file };
      await parts.shell.saveFile(file);
      return { file: null };
    },

    "shell.openSettings": (place) => {
      parts.shell.openSettings(place);
      return undefined;
    },
  };
}

/** What was given of a change: a field that came along as undefined was not. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  return Object.assign(given, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
}

function withMeter(
  meters: SourceConfig["meters"],
  { id, settings }: { readonly id: string; readonly settings: MeterSettings | null },
): SourceConfig["meters"] {
  const others = Object.entries(meters).filter(([meterId]) => meterId !== id);
  return Object.fromEntries(settings === null ? others : [...others, [id, settings]]);
}
