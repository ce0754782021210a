import { type Alert, type AlertDelivery, isUsedUp } from "../alert.ts";

/** How bad it is, for formats that have a colour, a priority or a sign for it. */
export type Severity = "used-up" | "warning" | "failing" | "good";

export interface Words {
  readonly title: string;
  readonly body: string;
}

/** One delivery as the formats take it: facts and words. Nothing in it is secret. */
export interface SinkMessage extends Words {
  /** The delivery's; the same when it is sent again. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** A sample that the user asked for. */
  readonly isTest: boolean;
  readonly severity: Severity;
  /** In the order of the delivery, the worst first. */
  readonly items: readonly SinkItem[];
}

export interface SinkItem extends Words {
  readonly alert: Alert;
  readonly severity: Severity;
}

/** How bad a single alert is. */
export function severityOf(alert: Alert): Severity {
  if (alert.what.type === "back") return "good";
  if (alert.what.type === "failing") return "failing";
  return isUsedUp(alert) ? "used-up" : "warning";
}

const BY_SEVERITY: readonly Severity[] = ["used-up", "warning", "failing", "good"];

/** Puts a delivery and its words together. `each` words one alert, `all` the delivery as a whole. */
export function sinkMessage(
  delivery: AlertDelivery,
  options: {
    readonly at: number;
    readonly isTest: boolean;
    readonly each: (alert: Alert) => Words;
    readonly all: (delivery: AlertDelivery) => Words;
  },
): SinkMessage {
  const items = delivery.alerts.map((alert) => ({ alert, severity: severityOf(alert), ...options.each(alert) }));
  const severity = BY_SEVERITY.find((candidate) => items.some((item) => item.severity === candidate)) ?? "warning";
  return {
    id: delivery.id,
    at: options.at,
    isTest: options.isTest,
    severity,
    items,
    ...options.all(delivery),
  };
}
