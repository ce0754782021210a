import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlertDelivery } from "../../app/alerts/alert.ts";
import type { AppState, CallInput, CallName, SentDraft, StatePatch } from "../../app/contract/contract.ts";
import { applyPatch } from "../../app/contract/patch.ts";
import type { Connection, UiBridge, UiError, UiResult } from "../bridge/ui-bridge.ts";

/** A short message at the foot of the page. `undo` is the id of a removed source that can be brought back. */
export interface Toast {
  readonly id: number;
  readonly content:
    | { readonly type: "error"; readonly error: UiError }
    | { readonly type: "removed"; readonly sourceId: string; readonly label: string; readonly undoUntil: number }
    | { readonly type: "saved"; readonly label: string }
    | { readonly type: "restored"; readonly label: string };
}

/** What the live region says next, as data: it is worded where the words are. */
export type Announcement =
  | { readonly type: "refreshed"; readonly total: number; readonly outOfDate: number }
  | { readonly type: "alert"; readonly delivery: AlertDelivery }
  | { readonly type: "moved"; readonly label: string; readonly position: number; readonly total: number };

export interface AppStoreState {
  readonly connection: Connection;
  /** Null until the host has answered for the first time. */
  readonly app: AppState | null;
  /** Why the first answer could not be used; null as long as it may still come. */
  readonly fatal: UiError | null;
  readonly toast: Toast | null;
  readonly announcement: { readonly id: number; readonly value: Announcement } | null;
  /** The user asked for new figures here, and is to be told when they are in. */
  readonly refreshAsked: boolean;
  /** The source that the host asked to be shown, and how often it asked. */
  readonly shown: { readonly sourceId: string; readonly count: number } | null;
  /** What the form for a new source begins with; null where nothing is known yet. */
  readonly given: SentDraft | null;
}

export interface AppStore extends StoreApi<AppStoreState> {
  readonly bridge: UiBridge;
  /** Makes a call; what goes wrong is shown as a toast as well as returned. */
  run<P extends CallName>(name: P, input: CallInput<P>): Promise<UiResult<P>>;
  refresh(sourceId: string | null): Promise<void>;
  showToast(content: Toast["content"]): void;
  dismissToast(): void;
  announce(value: Announcement): void;
  /** Brings a source into view. */
  showSource(sourceId: string): void;
  /** Hands what is known of a new source to the form that opens next. */
  giveToForm(draft: SentDraft): void;
  forgetGiven(): void;
}

const REFRESH_STARTS_WITHIN_MS = 2_000;

const initial: AppStoreState = {
  connection: "connecting",
  app: null,
  fatal: null,
  toast: null,
  announcement: null,
  refreshAsked: false,
  shown: null,
  given: null,
};

/** The page's one store: the host's state as last told, kept up by patches, and what the page itself is about. */
export function createAppStore(bridge: UiBridge): AppStore {
  const store = createStore<AppStoreState>(() => ({ ...initial, connection: bridge.connection() }));
  let serial = 0;
  let loading = false;
  // Patches that overtake the answer they build on.
  let early: StatePatch[] = [];

  function nextSerial(): number {
    serial += 1;
    return serial;
  }

  function announce(value: Announcement): void {
    store.setState({ announcement: { id: nextSerial(), value } });
  }

  function showToast(content: Toast["content"]): void {
    store.setState({ toast: { id: nextSerial(), content } });
  }

  function showSource(sourceId: string): void {
    store.setState(({ shown }) => ({ shown: { sourceId, count: (shown?.count ?? 0) + 1 } }));
  }

  async function load(): Promise<void> {
    if (loading) return;
    loading = true;
    const result = await bridge.call("state.get", undefined);
    loading = false;
    if (!result.ok) {
      early = [];
      if (result.error.code !== "disconnected" && store.getState().app === null)
        store.setState({ fatal: result.error });
      return;
    }
    replaceApp(result.value);
    const overtaken = early;
    early = [];
    for (const patch of overtaken) receivePatch(patch);
  }

  function receivePatch(patch: StatePatch): void {
    const { app } = store.getState();
    if (loading) early.push(patch);
    else if (app !== null && (patch.base === app.revision || patch.revision > app.revision)) {
      const next = applyPatch(app, patch);
      if (next === null) void load();
      else replaceApp(next);
    }
  }

  function replaceApp(next: AppState): void {
    const { app: previous, refreshAsked } = store.getState();
    const wasPolling = previous?.sources.some((source) => source.polling) ?? false;
    const polling = next.sources.some((source) => source.polling);
    const refreshed = refreshAsked && wasPolling && !polling;
    store.setState({ app: next, fatal: null, ...(refreshed && { refreshAsked: false }) });
    if (refreshed) {
      const outOfDate = next.sources.filter(({ status }) => status.state === "stale" || status.state === "failed");
      announce({ type: "refreshed", total: next.sources.length, outOfDate: outOfDate.length });
    }
  }

  async function run<P extends CallName>(name: P, input: CallInput<P>): Promise<UiResult<P>> {
    const result = await bridge.call(name, input);
    if (!result.ok) showToast({ type: "error", error: result.error });
    return result;
  }

  async function refresh(sourceId: string | null): Promise<void> {
    store.setState({ refreshAsked: true });
    const result = await run("sources.refresh", { id: sourceId });
    if (!result.ok) store.setState({ refreshAsked: false });
    else setTimeout(forgetIfIdle, REFRESH_STARTS_WITHIN_MS);
  }

  /** A refresh may start nothing (all are paused, or were told to wait): then there is no end of it to announce. */
  function forgetIfIdle(): void {
    if (store.getState().app?.sources.some((source) => source.polling) !== true)
      store.setState({ refreshAsked: false });
  }

  bridge.on("state.changed", receivePatch);
  bridge.on("alerts.raised", (delivery) => announce({ type: "alert", delivery }));
  bridge.on("shell.showSource", ({ sourceId }) => showSource(sourceId));
  bridge.onConnection((connection) => {
    store.setState({ connection, ...(connection !== "open" && { refreshAsked: false }) });
    if (connection === "open") void load();
  });
  // On the web this waits for the socket; a second one is then held back by `loading`.
  void load();

  return Object.assign(store, {
    bridge,
    run,
    refresh,
    showToast,
    dismissToast: () => store.setState({ toast: null }),
    announce,
    showSource,
    giveToForm: (given: SentDraft) => store.setState({ given }),
    forgetGiven: () => store.setState({ given: null }),
  });
}
