import type { AlertDelivery } from "../../app/alerts/alert.ts";
import { type DeliveryJson, deliveryJson } from "../../app/alerts/sinks/json-format.ts";
import { sinkMessage } from "../../app/alerts/sinks/sink-message.ts";
import type { AppState } from "../../app/contract/contract.ts";
import { alertWords } from "../../app/wording/alert-words.ts";
import { deliveryWords } from "../../app/wording/delivery-words.ts";
import { type StatusJson, statusJson } from "./status-json.ts";
import type { Wording } from "./wording.ts";

type SourceJson = StatusJson["sources"][number];

/** One line of `plimsoll watch --json`, as docs/json.md describes it. */
export type WatchEvent =
  | { readonly schemaVersion: 1; readonly type: "source"; readonly at: string; readonly source: SourceJson }
  | { readonly schemaVersion: 1; readonly type: "removed"; readonly at: string; readonly id: string }
  | DeliveryJson;

/** A delivery as an event: what a webhook of the format "json" gets. */
export function alertEvent(delivery: AlertDelivery, at: number, { f, t }: Wording): WatchEvent {
  return deliveryJson(
    sinkMessage(delivery, {
      at,
      isTest: false,
      each: (alert) => alertWords(alert, at, f, t),
      all: (several) => deliveryWords(several, at, f, t),
    }),
  );
}

/** Follows the state as events: one per source that has other figures or another state, and one per source that is gone. */
export function createEventFollower(): (state: AppState, now: number) => WatchEvent[] {
  let before = new Map<string, string>();
  return (state, now) => {
    const at = new Date(now).toISOString();
    const events: WatchEvent[] = [];
    const next = new Map<string, string>();
    // A source that was never answered has nothing to tell, and is none that failed.
    const loading = new Set(state.sources.filter(({ status }) => status.state === "loading").map(({ id }) => id));
    for (const source of statusJson(state, now).sources) {
      const known = before.get(source.id);
      if (loading.has(source.id)) {
        if (known !== undefined) next.set(source.id, known);
        continue;
      }
      // When it was read alone is no news: each poll changes it.
      const told = JSON.stringify({ ...source, fetchedAt: null });
      next.set(source.id, told);
      if (told !== known) events.push({ schemaVersion: 1, type: "source", at, source });
    }
    for (const id of before.keys()) {
      if (!next.has(id) && !loading.has(id)) events.push({ schemaVersion: 1, type: "removed", at, id });
    }
    before = next;
    return events;
  };
}
