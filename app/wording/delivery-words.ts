import type { Alert, AlertDelivery } from "../alerts/alert.ts";
import { alertWords } from "./alert-words.ts";
import type { Formats } from "./formats.ts";
import { labelWords } from "./meter-words.ts";
import type { Translate } from "./translate.ts";

/** As many sources are named in a title; the others are counted. */
const NAMED_SOURCES = 2;

/** Title and body of what is told at once. Several alerts get a line each. */
export function deliveryWords(
  { alerts }: Pick<AlertDelivery, "alerts">,
  now: number,
  f: Formats,
  t: Translate,
): { readonly title: string; readonly body: string } {
  const [first, ...others] = alerts;
  if (first === undefined) return { title: "", body: "" };
  if (others.length === 0) return alertWords(first, now, f, t);
  return {
    title: titleWords(alerts, t),
    body: alerts.map((alert) => lineWords(alert, now, f, t)).join("\n"),
  };
}

function titleWords(alerts: readonly Alert[], t: Translate): string {
  const count = alerts.length;
  const [first = "", ...others] = new Set(alerts.map(({ sourceLabel }) => sourceLabel));
  const source = alerts.some(({ demo }) => demo) ? `${t("alert.demo")}: ${first}` : first;
  if (others.length === 0) return t("delivery.title-one-source", { source, count });
  const named = [source, ...others].slice(0, NAMED_SOURCES).join(", ");
  const more = 1 + others.length - NAMED_SOURCES;
  const sources = more > 0 ? t("delivery.more-sources", { sources: named, count: more }) : named;
  return t("delivery.title", { count, sources });
}

function lineWords(alert: Alert, now: number, f: Formats, t: Translate): string {
  const { title } = alertWords(alert, now, f, t);
  return alert.meterLabel === null ? title : t("delivery.line", { title, meter: labelWords(alert.meterLabel, t) });
}
