import { type AlertJson, alertJson } from "./alert-json.ts";
import type { Severity, SinkMessage } from "./sink-message.ts";

/** Goes up when a field changes its meaning or goes away, not when one is added. */
export const DELIVERY_VERSION = 1;

/** More are counted in `count`, and left out. */
const MOST_ALERTS = 50;

/** A delivery as docs/behaviour/sinks.md describes it. */
export interface DeliveryJson {
  readonly schemaVersion: typeof DELIVERY_VERSION;
  readonly app: "plimsoll";
  readonly type: "alert";
  /** The same when it is sent again, so that a receiver can tell. */
  readonly id: string;
  readonly at: string;
  readonly test: boolean;
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  /** How many alerts there are, also where `alerts` holds fewer. */
  readonly count: number;
  readonly alerts: readonly AlertJson[];
}

/** The generic format: every fact. */
export function deliveryJson(message: SinkMessage): DeliveryJson {
  return {
    schemaVersion: DELIVERY_VERSION,
    app: "plimsoll",
    type: "alert",
    id: message.id,
    at: new Date(message.at).toISOString(),
    test: message.isTest,
    severity: message.severity,
    title: message.title,
    text: message.body,
    count: message.items.length,
    alerts: message.items.slice(0, MOST_ALERTS).map((item) => alertJson(item.alert, item)),
  };
}
