import type { AppState } from "../../app/contract/contract.ts";
import { CallFailure, type Handlers } from "../../app/contract/host.ts";
import type { SinkConfig } from "../../app/settings/sink-settings.ts";

interface Script {
  readonly state: () => AppState;
  readonly change: (next: (state: AppState) => AppState) => void;
}

type AlertHandlers = Pick<
  Handlers,
  | "alerts.log"
  | "alerts.snooze"
  | "alerts.unsnooze"
  | "alerts.testSink"
  | "sinks.save"
  | "sinks.adjust"
  | "sinks.remove"
  | "budgets.save"
  | "budgets.remove"
>;

const HOUR = 3_600_000;

/** Answers to the calls about alerts, sinks and budgets: they change the scripted state as a host would. */
export function scriptedAlerts({ state, change }: Script): AlertHandlers {
  return {
    "alerts.log": () => ({ entries: [], complete: true }),
    "alerts.snooze": ({ sourceId, meterId, until }) => {
      const at = Date.now() + (until === "hour" ? HOUR : until === "reset" ? 3 * HOUR : 14 * HOUR);
      change((app) => ({ ...app, snoozes: [...app.snoozes, { sourceId, meterId, until: at }] }));
      return { until: at };
    },
    "alerts.unsnooze": ({ sourceId, meterId }) => {
      change((app) => ({
        ...app,
        snoozes: app.snoozes.filter((snooze) => snooze.sourceId !== sourceId || snooze.meterId !== meterId),
      }));
      return undefined;
    },
    "alerts.testSink": () => ({ ok: true, detail: null }),
    "sinks.save": ({ id, label, enabled, format, address, token }) => {
      const before = state().sinks.find((sink) => sink.id === id);
      const origin =
        address.type === "secret" ? new URL(address.url).origin : before?.type === "webhook" ? before.origin : "";
      const saved: SinkConfig = {
        type: "webhook",
        id: id ?? `sink-${state().revision}`,
        label,
        enabled,
        format,
        origin,
        address: address.type === "env" ? { type: "env", name: address.name } : { type: "vault" },
        hasToken: token.type === "secret",
      };
      change((app) => ({ ...app, sinks: [...app.sinks.filter((sink) => sink.id !== saved.id), saved] }));
      return { id: saved.id };
    },
    "sinks.adjust": ({ id, label, enabled }) => {
      if (!state().sinks.some((sink) => sink.id === id)) throw new CallFailure("unknown-sink");
      change((app) => ({
        ...app,
        sinks: app.sinks.map((sink) =>
          sink.id === id
            ? { ...sink, ...(label !== undefined && { label }), ...(enabled !== undefined && { enabled }) }
            : sink,
        ),
      }));
      return undefined;
    },
    "sinks.remove": ({ id }) => {
      change((app) => ({ ...app, sinks: app.sinks.filter((sink) => sink.id !== id) }));
      return undefined;
    },
    "budgets.save": ({ id, ...draft }) => {
      const saved = { ...draft, id: id ?? `budget-${state().revision}` };
      change((app) => ({ ...app, budgets: [...app.budgets.filter((budget) => budget.id !== saved.id), saved] }));
      return { id: saved.id };
    },
    "budgets.remove": ({ id }) => {
      change((app) => ({ ...app, budgets: app.budgets.filter((budget) => budget.id !== id) }));
      return undefined;
    },
  };
}
