import type { SourceState } from "../../app/quota/snapshot.ts";
import { urgencyOf } from "../../app/quota/urgency.ts";
import { type Formats, formatAge } from "../../app/wording/formats.ts";
import type { UiTranslate } from "../words.tsx";

const MINUTE = 60_000;

/** "just now" or "4 min ago". The page's clock has no seconds, so it does not name any. */
export function ago(at: number, now: number, f: Formats, t: UiTranslate): string {
  return now - at < MINUTE ? t("time.just-now") : t("time.ago", { age: formatAge(now - at, f) });
}

/** What the whole list comes to. */
export interface Overview {
  /** Sources that are used up, low or in trouble. */
  readonly attention: number;
  readonly polling: boolean;
  /** When the oldest of the figures shown as current was read; null when there are none. */
  readonly oldest: number | null;
  /** At least one source tells how much of something is left. */
  readonly measured: boolean;
}

export function overviewOf(sources: readonly SourceState[], now: number): Overview {
  let attention = 0;
  let oldest: number | null = null;
  let measured = false;
  for (const source of sources) {
    const urgency = urgencyOf(source, now);
    if (urgency === "used-up" || urgency === "low" || urgency === "trouble") attention += 1;
    if (urgency === "ok" || urgency === "low" || urgency === "used-up") measured = true;
    if (source.status.state !== "fresh" || source.fetchedAt === null) continue;
    if (oldest === null || source.fetchedAt < oldest) oldest = source.fetchedAt;
  }
  return { attention, polling: sources.some(({ polling }) => polling), oldest, measured };
}
