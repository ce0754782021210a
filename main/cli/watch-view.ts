import type { AlertDelivery } from "../../app/alerts/alert.ts";
import type { AppState } from "../../app/contract/contract.ts";
import { type BlockTerminal, createLiveBlock } from "./live-block.ts";
import { statusTable } from "./status-table.ts";
import { alertEvent, createEventFollower, type WatchEvent } from "./watch-json.ts";
import { alertLines, createLineFollower } from "./watch-lines.ts";
import type { Wording } from "./wording.ts";

/** How `plimsoll watch` shows what it sees. Times are epoch milliseconds. */
export interface WatchView {
  /** Whether what is shown changes with time alone (countdowns). */
  readonly ticks: boolean;
  state(state: AppState, now: number): void;
  alert(delivery: AlertDelivery, now: number): void;
  /** Something about Plimsoll itself. */
  note(text: string): void;
}

const BELL = "\x07";
const WIDEST = 120;
const NARROWEST = 40;

/** A table that is drawn anew in place; alerts stay above it, with a bell. */
export function createTableView(terminal: BlockTerminal, wording: Wording, bell: boolean): WatchView {
  const block = createLiveBlock(terminal);
  let last = "";
  return {
    ticks: true,
    state(state, now) {
      // One column less: some terminals wrap a line that fills the last.
      const width = Math.min(WIDEST, Math.max(NARROWEST, (terminal.columns ?? 81) - 1));
      const lines = [...statusTable(state, now, wording, width).split("\n"), "Ctrl+C stops it."];
      const next = `${width} ${terminal.rows ?? 0} ${lines.join("\n")}`;
      if (next === last) return;
      last = next;
      block.show(lines);
    },
    alert(delivery, now) {
      const isWarning = delivery.alerts.some(({ what }) => what.type !== "back");
      block.print(alertLines(delivery, now, wording).map((line) => `${wording.f.clock(now, now)}  ${line}`));
      if (bell && isWarning) terminal.write(BELL);
    },
    note: (text) => block.print([text]),
  };
}

/** Lines that are added at the end, for files and pipes: each with its time in UTC. */
export function createLineView(write: (text: string) => unknown, wording: Wording): WatchView {
  const follow = createLineFollower(wording);
  const print = (lines: readonly string[], now: number): void => {
    const at = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
    for (const line of lines) write(`${at}  ${line}\n`);
  };
  return {
    ticks: false,
    state: (state, now) => print(follow(state, now), now),
    alert: (delivery, now) => print(alertLines(delivery, now, wording), now),
    note: (text) => process.stderr.write(`plimsoll: ${text}\n`),
  };
}

/** One JSON object per line. */
export function createJsonView(write: (text: string) => unknown, wording: Wording): WatchView {
  const follow = createEventFollower();
  const print = (event: WatchEvent): void => {
    write(`${JSON.stringify(event)}\n`);
  };
  return {
    ticks: false,
    state: (state, now) => follow(state, now).forEach(print),
    alert: (delivery, now) => print(alertEvent(delivery, now, wording)),
    note: (text) => process.stderr.write(`plimsoll: ${text}\n`),
  };
}
