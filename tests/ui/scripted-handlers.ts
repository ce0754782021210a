import type { AppState, KindInfo } from "../../app/contract/contract.ts";
import { CallFailure, type Handlers } from "../../app/contract/host.ts";
import { parseBaseUrl } from "../../app/settings/base-url.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "../../app/settings/schema.ts";
import { scriptedAlerts } from "./scripted-alerts.ts";
import { scriptedHistory } from "./scripted-history.ts";
import { sampleReading } from "./scripted-meters.ts";
import { scriptedProbe } from "./scripted-probe.ts";

interface Script {
  readonly state: () => AppState;
  readonly change: (next: (state: AppState) => AppState) => void;
}

const kinds: KindInfo[] = [
  {
    id: "neutral",
    name: "Neutral gateway",
    group: "gateway",
    defaultBaseUrl: null,
    otherBaseUrls: [],
    reads: "the quota of a key",
    keyNote: "an inference key",
    minIntervalSeconds: 60,
    optionFields: [
      {
        name: "quotaPath",
        labelKey: "option.quota-path.label",
        hintKey: "option.quota-path.hint",
        placeholder: "/v1/quota",
      },
    ],
  },
  {
    id: "openrouter",
    name: "OpenRouter",
    group: "gateway",
    defaultBaseUrl: "https://openrouter.ai",
    otherBaseUrls: [],
    reads: "the quota of a key",
    keyNote: "an inference key",
    minIntervalSeconds: 60,
    optionFields: [],
  },
];

/** Plain answers to every call, over the scripted state. What a test needs otherwise it replaces. */
export function scriptedHandlers({ state, change }: Script): Handlers {
  const editConfig = (id: string, edit: (config: SourceConfig) => SourceConfig) => {
    if (!state().configs.some((config) => config.id === id)) throw new CallFailure("unknown-source");
    change((app) => ({ ...app, configs: app.configs.map((config) => (config.id === id ? edit(config) : config)) }));
    return undefined;
  };
  const setPolling = (id: string | null, polling: boolean) =>
    change((app) => ({
      ...app,
      sources: app.sources.map((source) => (id === null || source.id === id ? { ...source, polling } : source)),
    }));

  return {
    "state.get": () => state(),
    "sources.kinds": () => kinds,
    "sources.test": (draft) => {
      const address = parseBaseUrl(draft.baseUrl, { allowPlainHttp: draft.allowPlainHttp });
      if (!address.ok) {
        throw address.problem === "plain-http"
          ? new CallFailure("plain-http-needs-consent", address.problem)
          : new CallFailure("invalid-address", address.problem);
      }
      const trace = [
        { method: "GET" as const, url: `${address.url}/v1/quota`, status: 200, ms: 84, bytes: 412, problem: null },
      ];
      return { outcome: { type: "reading", reading: sampleReading(Date.now()) }, trace };
    },
    "sources.probe": ({ address, allowPlainHttp }) => scriptedProbe(address, allowPlainHttp),
    "sources.sample": () => ({ outcome: { type: "answer", body: {} }, trace: [] }),
    "sources.save": (draft) => {
      const before = state().configs.find((config) => config.id === draft.id);
      const id = draft.id ?? `new-${state().revision}`;
      const config: SourceConfig = {
        secrets: {},
        ...SOURCE_DEFAULTS,
        ...before,
        id,
        kind: draft.kind,
        label: draft.label,
        baseUrl: draft.baseUrl,
        allowPlainHttp: draft.allowPlainHttp,
        credential:
          draft.key.type === "env"
            ? { type: "env", name: draft.key.name }
            : { type: "vault", origin: new URL(draft.baseUrl).origin },
        options: draft.options,
      };
      change((app) => ({
        ...app,
        demo: "none",
        configs: before ? app.configs.map((other) => (other.id === id ? config : other)) : [...app.configs, config],
      }));
      return { id };
    },
    "sources.discover": () => ({ findings: [], places: [] }),
    "sources.adjust": ({ id, meter, ...rest }) => {
      if (meter !== undefined) {
        editConfig(id, ({ meters, ...config }) => {
          const { [meter.id]: _before, ...others } = meters;
          return { ...config, meters: meter.settings === null ? others : { ...others, [meter.id]: meter.settings } };
        });
      }
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      return editConfig(id, (config) => ({ ...config, ...given }));
    },
    "sources.reorder": ({ ids }) => {
      change((app) => ({ ...app, configs: ids.flatMap((id) => app.configs.find((config) => config.id === id) ?? []) }));
      return undefined;
    },
    "sources.remove": ({ id }) => {
      const config = state().configs.find((other) => other.id === id);
      if (config === undefined) throw new CallFailure("unknown-source");
      const undoUntil = Date.now() + 60_000;
      change((app) => ({
        ...app,
        configs: app.configs.filter((other) => other.id !== id),
        sources: app.sources.filter((other) => other.id !== id),
        removed: [...app.removed, { id, label: config.label, undoUntil }],
      }));
      return { undoUntil };
    },
    "sources.restore": ({ id }) => {
      const entry = state().removed.find((other) => other.id === id);
      if (entry === undefined) throw new CallFailure("undo-expired");
      const config: SourceConfig = {
        id,
        kind: "neutral",
        label: entry.label,
        baseUrl: "https://llm.example.org",
        allowPlainHttp: false,
        credential: { type: "vault", origin: "https://llm.example.org" },
        secrets: {},
        options: {},
        ...SOURCE_DEFAULTS,
      };
      change((app) => ({
        ...app,
        removed: app.removed.filter((other) => other.id !== id),
        configs: [...app.configs, config],
      }));
      return undefined;
    },
    "sources.refresh": ({ id }) => {
      setPolling(id, true);
      setTimeout(() => setPolling(id, false), 300);
      return undefined;
    },
    "preferences.set": (given) => {
      const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      change((app) => ({ ...app, preferences: { ...app.preferences, ...defined } }));
      if (given.demoHidden === true) change((app) => ({ ...app, demo: "hidden", sources: [] }));
      return undefined;
    },
    "alerts.dismiss": ({ id }) => {
      change((app) => ({ ...app, alerts: app.alerts.filter((alert) => alert.id !== id) }));
      return undefined;
    },
    "alerts.sample": () => ({ shown: false }),
    ...scriptedAlerts({ state, change }),
    ...scriptedHistory,
    "shell.openSettings": () => undefined,
  };
}
