import { type Alert, type AlertDelivery, isUsedUp } from "../alerts/alert.ts";
import { cutToBytes, utf8Length } from "../alerts/sinks/cut-text.ts";
import { alertMeterWords, alertWords, headlineWords, NAME_BYTES, sourceWords } from "./alert-words.ts";
import type { Formats } from "./formats.ts";
import type { Translate } from "./translate.ts";

/** As many sources are named in a title; the others are counted. */
const NAMED_SOURCES = 2;

/**
 * Title and body of what is told at once. Of several, each gets a line, but of one meter only the worst; of lines that do not fit
 * into `maxBytes` of UTF-8 (200 and more) the number is told.
 */
export function deliveryWords(
  { alerts }: Pick<AlertDelivery, "alerts">,
  now: number,
  f: Formats,
  t: Translate,
  maxBytes = Number.POSITIVE_INFINITY,
): { readonly title: string; readonly body: string } {
  const [first, ...others] = worstOfEach(alerts);
  if (first === undefined) return { title: "", body: "" };
  if (others.length === 0) return alertWords(first, now, f, t);
  const told = [first, ...others];
  const ofOneSource = told.every(({ sourceId }) => sourceId === first.sourceId);
  const lines = told.map((alert) => lineWords(alert, ofOneSource, now, f, t));
  return { title: titleWords(told, ofOneSource, t), body: fitting(lines, maxBytes, t) };
}

/** The worst comes first in a delivery. */
function worstOfEach(alerts: readonly Alert[]): Alert[] {
  const seen = new Map<string, Alert>();
  for (const alert of alerts) {
    const key = JSON.stringify([alert.sourceId, alert.meterId]);
    if (!seen.has(key)) seen.set(key, alert);
  }
  return [...seen.values()];
}

function natureOf(alert: Alert): "used-up" | "low" | "failing" | "back" {
  if (isUsedUp(alert) && alert.what.type !== "failing") return "used-up";
  switch (alert.what.type) {
    case "percent-left":
    case "amount-left":
    case "runway":
    case "before-reset":
      return "low";
    case "failing":
      return "failing";
    case "back":
      return "back";
  }
}

function titleWords(alerts: readonly Alert[], ofOneSource: boolean, t: Translate): string {
  const what = (["used-up", "low", "failing", "back"] as const)
    .map((nature) => ({ nature, count: alerts.filter((alert) => natureOf(alert) === nature).length }))
    .filter(({ count }) => count > 0)
    .map(({ nature, count }) => t(`several.${nature}`, { count }))
    .join(", ");
  const names = [...new Map(alerts.map((alert) => [alert.sourceId, sourceWords(alert, t)])).values()];
  if (ofOneSource) return t("several.title-of-source", { source: names[0] ?? "", what });
  const named = names.slice(0, NAMED_SOURCES).join(", ");
  const more = names.length - NAMED_SOURCES;
  const sources = more > 0 ? t("several.more-sources", { sources: named, count: more }) : named;
  return t("several.title-of-sources", { what, sources });
}

function lineWords(alert: Alert, ofOneSource: boolean, now: number, f: Formats, t: Translate): string {
  const headline = headlineWords(alert, now, f, t);
  const source = cutToBytes(sourceWords(alert, t), NAME_BYTES);
  const meter = alertMeterWords(alert, t);
  if (meter !== null && !ofOneSource) return t("several.line-of-source", { source, meter, headline });
  return t("several.line", { name: meter ?? source, headline });
}

function fitting(lines: readonly string[], maxBytes: number, t: Translate): string {
  const all = lines.join("\n");
  if (utf8Length(all) <= maxBytes) return all;
  const bodyOf = (shown: number): string =>
    [...lines.slice(0, shown), t("several.more", { count: lines.length - shown })].join("\n");
  for (let shown = lines.length - 1; shown > 0; shown -= 1) {
    const body = bodyOf(shown);
    if (utf8Length(body) <= maxBytes) return body;
  }
  return cutToBytes(lines[0] ?? "", maxBytes);
}
