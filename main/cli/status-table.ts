import stringWidth from "string-width";
import { isBudget } from "../../app/budgets/budget.ts";
import type { AppState } from "../../app/contract/contract.ts";
import { type Meter, percentRemaining } from "../../app/quota/meter.ts";
import { type SameThing, sameThings } from "../../app/quota/same-thing.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { sortByUrgency } from "../../app/quota/urgency.ts";
import { meterWords } from "../../app/wording/meter-words.ts";
import { noticeWords } from "../../app/wording/notice-words.ts";
import { prepaidWords, sameThingWords } from "../../app/wording/same-thing-words.ts";
import { statusWords } from "../../app/wording/status-words.ts";
import { GAP, pad, padStart, shorten, spread, wrap } from "./columns.ts";
import type { Wording } from "./wording.ts";

const BAR_CELLS = 10;

/**
 * The state as text of at most `width` columns: a block per source, most urgent first, a line per meter.
 * State is told by words and marks; no colour is needed to read it.
 */
export function statusTable(state: AppState, now: number, wording: Wording, width: number): string {
  if (state.sources.length === 0) {
    return [
      "No sources yet.",
      "Add one:  plimsoll source add --kind neutral --url https://… --key-env NAME",
      "Look at the demo:  plimsoll status --demo",
      "",
    ].join("\n");
  }
  const lines: string[] = [];
  if (state.demo === "shown") lines.push(...wrap("Demo figures: none of these gateways is yours.", width), "");
  const same = sameThings(state.sources);
  for (const source of sortByUrgency(state.sources, now)) {
    lines.push(...sourceBlock(source, same.get(source.id), now, wording, width), "");
  }
  const prepaid = prepaidWords(state.sources, wording.f, wording.t);
  if (prepaid !== null) lines.push(...wrap(prepaid, width), "");
  return `${lines.join("\n")}`;
}

function sourceBlock(
  source: SourceState,
  same: SameThing | undefined,
  now: number,
  wording: Wording,
  width: number,
): string[] {
  const { t, f } = wording;
  const words = statusWords(source, now, f, t);
  const lines = [spread(source.label, `${source.kind} · ${words.state}`, width)];
  if (same !== undefined) lines.push(...wrap(`  ${sameThingWords(same, t)}`, width));
  if (words.title !== null)
    lines.push(...wrap(`! ${words.title}${words.detail === null ? "" : ` (${words.detail})`}`, width));
  if (words.next !== null) lines.push(...wrap(`  ${words.next}`, width));
  const meters = source.reading?.meters ?? [];
  const labelWidth = Math.min(
    20,
    Math.max(0, ...meters.map((meter) => stringWidth(meterWords(meter, now, f, t).label))),
  );
  for (const meter of meters) lines.push(...meterLines(meter, source.linePercent, labelWidth, now, wording, width));
  // What a budget does not count belongs to its figure.
  for (const notice of isBudget(source) ? (source.reading?.notices ?? []) : [])
    lines.push(...wrap(`  ${noticeWords(notice, f, t)}`, width));
  return lines;
}

function meterLines(
  meter: Meter,
  line: number,
  labelWidth: number,
  now: number,
  wording: Wording,
  width: number,
): string[] {
  const words = meterWords(meter, now, wording.f, wording.t);
  const percent = percentRemaining(meter);
  const low = typeof percent === "number" && percent <= line ? "▼" : " ";
  const head = [
    `${low} ${pad(shorten(words.label, labelWidth), labelWidth)}`,
    bar(typeof percent === "number" ? percent : null, line),
    padStart(words.percent ?? "", 5),
    words.amount,
  ].join(GAP);
  const reset = resetText(meter, now, wording);
  if (reset === "") return [shorten(head, width)];
  if (stringWidth(head) + GAP.length + stringWidth(reset) <= width) return [spread(head, reset, width)];
  return [shorten(head, width), shorten(`${" ".repeat(2 + labelWidth + GAP.length)}${reset}`, width)];
}

function resetText(meter: Meter, now: number, { f, t }: Wording): string {
  const words = meterWords(meter, now, f, t);
  if (words.reset === null) return words.refill ?? "";
  return words.pastReset
    ? t("reset.past", { time: words.reset.clock })
    : `${t("reset.in", { countdown: words.reset.countdown })}, ${words.reset.clock}`;
}

/** What remains, with the line on it: "██████┊···" (the mark stands after the cell that the line falls in). */
function bar(percent: number | null, line: number): string {
  if (percent === null) return " ".repeat(BAR_CELLS + 1);
  const clamped = Math.min(100, Math.max(0, percent));
  // Anything left shows as at least one cell, anything missing as at least one gap.
  const rounded = Math.round((clamped / 100) * BAR_CELLS);
  const filled = clamped === 0 ? 0 : clamped === 100 ? BAR_CELLS : Math.min(BAR_CELLS - 1, Math.max(1, rounded));
  const at = Math.min(BAR_CELLS, Math.max(0, Math.round((line / 100) * BAR_CELLS)));
  const cells = [..."█".repeat(filled), ..."·".repeat(BAR_CELLS - filled)];
  return [...cells.slice(0, at), "┊", ...cells.slice(at)].join("");
}
