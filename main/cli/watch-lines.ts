import type { AlertDelivery } from "../../app/alerts/alert.ts";
import type { AppState } from "../../app/contract/contract.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { alertWords } from "../../app/wording/alert-words.ts";
import { meterWords } from "../../app/wording/meter-words.ts";
import { statusWords } from "../../app/wording/status-words.ts";
import type { Wording } from "./wording.ts";

/** Each alert of a delivery as one line, worst first. */
export function alertLines({ alerts }: AlertDelivery, now: number, { f, t }: Wording): string[] {
  return alerts.map((alert) => {
    const { title, body } = alertWords(alert, now, f, t);
    const sign = alert.what.type === "back" ? "+" : "!";
    return [`${sign} ${title}`, ...(body === "" ? [] : [body])].join(" · ");
  });
}

/** What a source says in one line, without anything that changes by the minute. */
export function sourceLine(source: SourceState, now: number, { f, t }: Wording): string {
  const words = statusWords(source, now, f, t);
  const meters = (source.reading?.meters ?? []).map((meter) => {
    const { label, amount, percent, reset } = meterWords(meter, now, f, t);
    const share = percent === null ? "" : ` (${percent})`;
    return `${label} ${amount}${share}${reset === null ? "" : `, resets ${reset.clock}`}`;
  });
  const state = words.title === null ? words.state : `${words.state}: ${words.title}`;
  const demo = source.demo ? `${t("alert.demo")}: ` : "";
  return [`${demo}${source.label}: ${state}`, ...meters].join(" · ");
}

/** Follows the state as lines: one per source that says something else than before. Sources without any answer yet say nothing. */
export function createLineFollower(wording: Wording): (state: AppState, now: number) => string[] {
  let before = new Map<string, string>();
  return (state, now) => {
    const lines: string[] = [];
    const next = new Map<string, string>();
    for (const source of state.sources) {
      const known = before.get(source.id);
      const line = source.status.state === "loading" ? known : sourceLine(source, now, wording);
      if (line === undefined) continue;
      next.set(source.id, line);
      if (line !== known) lines.push(line);
    }
    before = next;
    return lines;
  };
}
