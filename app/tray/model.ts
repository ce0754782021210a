import type { AppState } from "../contract/contract.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { sortByUrgency, tightestMeter, urgencyOf } from "../quota/urgency.ts";
import type { Formats } from "../wording/formats.ts";
import { meterWords } from "../wording/meter-words.ts";
import { statusWords } from "../wording/status-words.ts";
import type { Translate } from "../wording/translate.ts";

/**
 * What the icon says. Each has a shape of its own in raster.ts.
 * `unknown`: there are sources, but none has told a share yet, so that "nothing read" is never drawn as "nothing left".
 */
export type TrayState = "ok" | "low" | "used-up" | "trouble" | "demo" | "empty" | "paused" | "unknown";

export interface TrayLine {
  readonly sourceId: string;
  readonly text: string;
}

/** All that a tray shows, without pixels. Two equal models need no redraw. */
export interface TrayModel {
  readonly state: TrayState;
  /** Whole percent left of the tightest known meter, 0–100; null when no share is known. */
  readonly fill: number | null;
  /** Short enough for every platform; lines separated by a newline. */
  readonly tooltip: string;
  /** One line per source, most urgent first, at most MENU_LINES. */
  readonly lines: readonly TrayLine[];
  /** A line that goes below the others ("Demo figures", "2 more sources", "No sources yet"). */
  readonly notes: readonly string[];
}

const MENU_LINES = 8;
const TOOLTIP_LINES = 3;
/** Windows shows at most 127 characters (NOTIFYICONDATA.szTip). */
const TOOLTIP_LENGTH = 127;
const LINE_LENGTH = 70;

/**
 * What the tray shows for a state at a time (epoch milliseconds). Muting a source silences its alerts, not its line here.
 * Where nothing can run out (only unlimited meters), the ring is full.
 */
export function trayModel(state: AppState, now: number, f: Formats, t: Translate): TrayModel {
  const demo = state.demo === "shown";
  const sorted = sortByUrgency(state.sources, now);
  const lines = sorted
    .slice(0, MENU_LINES)
    .map((source) => ({ sourceId: source.id, text: clip(sourceLine(source, now, f, t), LINE_LENGTH) }));
  const notes: string[] = [];
  const more = sorted.length - lines.length;
  if (more > 0) notes.push(t("tray.more", { count: more }));
  if (demo) notes.push(t("tray.demo"));
  if (sorted.length === 0) notes.push(t("tray.no-sources"));
  const [first] = sorted;
  const kind = first === undefined ? "empty" : demo ? "demo" : stateOf(first, now);
  return {
    state: kind,
    fill: fillOf(sorted, kind, now),
    tooltip: tooltip(lines, sorted.length, demo, t),
    lines,
    notes,
  };
}

function stateOf(mostUrgent: SourceState, now: number): TrayState {
  const urgency = urgencyOf(mostUrgent, now);
  return urgency === "unlimited" ? "ok" : urgency;
}

function fillOf(sources: readonly SourceState[], state: TrayState, now: number): number | null {
  if (state === "used-up") return 0;
  if (state === "paused" || state === "empty" || state === "unknown") return null;
  let least: number | null = null;
  for (const source of sources) {
    if (source.status.state === "paused") continue;
    const percent = tightestMeter(source, now)?.percent;
    if (percent !== undefined && (least === null || percent < least)) least = percent;
  }
  if (least === null) return state === "ok" ? 100 : null;
  // Anything above nothing shows as something.
  return least > 0 && least < 1 ? 1 : Math.trunc(Math.min(100, Math.max(0, least)));
}

function sourceLine(source: SourceState, now: number, f: Formats, t: Translate): string {
  const name = source.label.replace(/\s+/g, " ").trim();
  return t("tray.line", { source: clip(name, 32), amount: whatIsLeft(source, now, f, t) });
}

function whatIsLeft(source: SourceState, now: number, f: Formats, t: Translate): string {
  const status = statusWords(source, now, f, t);
  const measured = tightestMeter(source, now);
  const meter = measured?.meter ?? source.reading?.meters[0];
  switch (source.status.state) {
    case "paused":
    case "loading":
    case "failed":
    case "needs-key":
    case "awaiting-reset":
      return status.title ?? status.state;
    case "fresh":
      return meter === undefined ? t("amount.unknown") : amount(meter);
    case "stale":
      return meter === undefined ? status.state : `${amount(meter)} · ${status.state}`;
  }

  function amount(of: NonNullable<typeof meter>): string {
    const words = meterWords(of, now, f, t);
    return words.percent === null || of.unit.kind === "percent" ? words.amount : `${words.percent} · ${words.amount}`;
  }
}

function tooltip(lines: readonly TrayLine[], sources: number, demo: boolean, t: Translate): string {
  const heading = demo ? `${t("tray.name")} · ${t("tray.demo")}` : t("tray.name");
  const rest = lines.slice(0, TOOLTIP_LINES).map((line) => line.text);
  if (sources === 0) rest.push(t("tray.no-sources"));
  let text = heading;
  for (const line of rest) {
    const longer = `${text}\n${line}`;
    if (longer.length > TOOLTIP_LENGTH) return text === heading ? clip(longer, TOOLTIP_LENGTH) : text;
    text = longer;
  }
  return text;
}

/** Cuts between characters, not inside one that takes two code units. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  let out = "";
  for (const character of text) {
    if (out.length + character.length >= length) break;
    out += character;
  }
  return `${out.trimEnd()}…`;
}
