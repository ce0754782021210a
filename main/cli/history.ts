import * as z from "zod";
import { RANGES } from "../../app/history/range.ts";
import { type HistoryRange, type HistoryView, historyRangeSchema } from "../../app/history/series.ts";
import { type HistoryRead, readHistory } from "../host/history/read-history.ts";
import { problemDetail } from "../host/history/sqlite-problem.ts";
import { resolveProfile } from "../host/profile.ts";
import { EXIT } from "./exit-codes.ts";
import { historyOffWords } from "./history-words.ts";
import { profileOption } from "./session.ts";

const optionsSchema = z.object({
  source: z.array(z.string()).optional(),
  range: historyRangeSchema.default("day"),
  json: z.boolean().default(false),
  csv: z.boolean().default(false),
  profile: profileOption,
});

/**
 * `plimsoll history`: prints what was kept of each meter as a table, JSON or CSV. Reads alone, while a host may be writing; polls
 * nothing. Returns the exit status.
 */
export async function history(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  const { range } = options;
  const now = Date.now();
  const read = await readHistory(resolveProfile(options.profile));
  const found = viewOf(read, options.source ?? null, range, now);
  if (!found.ok && found.reason !== "absent") {
    process.stderr.write(`plimsoll: no history can be read: ${historyOffWords(found)}\n`);
    return EXIT.failed;
  }
  // Nothing kept yet is nothing to draw, and no failure.
  const view = found.ok ? found.view : emptyView(range, now);
  if (options.json || options.csv) {
    const { exportHistory } = await import("../../app/history/export.ts");
    const format = options.json ? "json" : "csv";
    process.stdout.write(exportHistory(view, { range, format }, now).text);
    return EXIT.fine;
  }
  if (!found.ok) {
    process.stdout.write(`No history: ${historyOffWords(found)}.\n`);
    return EXIT.fine;
  }
  const [{ historyTable }, { createWording }] = await Promise.all([
    import("./history-table.ts"),
    import("./wording.ts"),
  ]);
  process.stdout.write(historyTable(view, range, createWording(), terminalWidth()));
  return EXIT.fine;
}

type Found = { readonly ok: true; readonly view: HistoryView } | Extract<HistoryRead, { ok: false }>;

function viewOf(read: HistoryRead, sourceIds: readonly string[] | null, range: HistoryRange, now: number): Found {
  if (!read.ok) return read;
  const { lengthMs, resolution } = RANGES[range];
  const from = now - lengthMs;
  try {
    const series = read.reader.query({ sourceIds, from, to: now, resolution });
    return { ok: true, view: { from, to: now, resolution, series } };
  } catch (error) {
    return { ok: false, reason: "damaged", detail: problemDetail(error) };
  } finally {
    read.reader.close();
  }
}

function emptyView(range: HistoryRange, now: number): HistoryView {
  const { lengthMs, resolution } = RANGES[range];
  return { from: now - lengthMs, to: now, resolution, series: [] };
}

function terminalWidth(): number {
  const told = process.stdout.columns;
  return Number.isInteger(told) && told >= 40 ? Math.min(told, 120) : 80;
}
