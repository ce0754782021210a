import { type FailureCause, ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { complement, percentLeftMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import { type MiniMaxModel, type MiniMaxWindow, remainsAnswer } from "./schema.ts";

const PATH = "/v1/token_plan/remains";
const EARLIER_PATH = "/v1/api/openplatform/coding_plan/remains";
const WEEK = 7 * DAY_MS;

/** Reads the plan's windows, by its earlier route where the present one is not there. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { model_remains } = await readRemains(context);
  const general = model_remains.filter(({ name }) => name === "general");
  const coding = general.length > 0 ? general : model_remains.filter(({ name }) => /^minimax-m/i.test(name));
  const video = model_remains.filter(({ name }) => name === "video");
  const models = new Set(coding.map(({ name }) => name));
  const meters = toldApart([
    // Earlier plans name their models; several of them are limits of their own.
    ...coding.flatMap((model) => ofModel(model, 5 * HOUR_MS, context, models.size > 1 ? model.name : undefined)),
    ...video.flatMap((model) => ofModel(model, DAY_MS, context, "Video")),
  ]);
  return {
    meters,
    account: null,
    notices: meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
  };
}

async function readRemains(context: ReadContext) {
  try {
    return await context.getJson(PATH, remainsAnswer, { judge });
  } catch (error) {
    if (!(error instanceof ReadError) || error.failure.cause !== "not-found") throw error;
    return await context.getJson(EARLIER_PATH, remainsAnswer, { judge });
  }
}

const CAUSES: ReadonlyMap<number, FailureCause> = new Map([
  [1000, "server-error"],
  [1001, "timed-out"],
  [1002, "rate-limited"],
  [1004, "key-refused"],
  [1008, "quota-used-up"],
  [1013, "server-error"],
  [1033, "server-error"],
  [2049, "key-refused"],
]);

/** HTTP says 200 whatever happened; `base_resp` says what did. Any other status says it itself. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (status < 200 || status >= 300 || typeof body !== "object" || body === null || !("base_resp" in body)) return null;
  const { base_resp } = body;
  if (typeof base_resp !== "object" || base_resp === null || !("status_code" in base_resp)) return null;
  const code = Number(base_resp.status_code);
  if (code === 0) return null;
  return {
    cause: CAUSES.get(code) ?? "unexpected-shape",
    detail: "the answer carries an error code instead of figures",
  };
}

/** `lengthMs` is the usual one of the short window. It keeps its id by that: one that ends with the day is cut short. */
function ofModel(model: MiniMaxModel, lengthMs: number, context: ReadContext, name?: string): Meter[] {
  const { interval, week } = model;
  const short =
    name === "Video" && saysNothing(interval, context) ? [] : windowMeter(interval, lengthMs, context, name);
  return [...short, ...(week.status === 1 ? windowMeter(week, WEEK, context, name) : [])];
}

/** The length that the times of a window tell where it clearly is another than the usual one. */
function toldLength({ startsAt, endsAt }: MiniMaxWindow, usual: number): number {
  const told = startsAt === null || endsAt === null ? 0 : endsAt - startsAt;
  return told > 0 && Math.abs(told - usual) > 60_000 ? told : usual;
}

/** Plans without video still list it, untouched and not in use. */
function saysNothing(window: MiniMaxWindow, context: ReadContext): boolean {
  return window.status !== null && window.status !== 1 && percentLeft(window, context)?.left === 100;
}

function windowMeter(window: MiniMaxWindow, lengthMs: number, context: ReadContext, name?: string): Meter[] {
  const percent = percentLeft(window, context);
  if (percent === null) return [];
  const resetsAt = window.endsAt ?? (window.remainsMs === null ? null : context.now + window.remainsMs);
  const told = toldLength(window, lengthMs);
  return [
    percentLeftMeter({
      id: namedWindow(lengthMs, name).id,
      label: namedWindow(told, name).label,
      left: percent.left,
      window: rolling(told, resetsAt),
      scope: "account",
      confidence: percent.confidence,
    }),
  ];
}

/**
 * The percentage means the same in both regions. The counts do not, so that they are read only where the host says which region
 * it is; null where neither tells anything.
 */
function percentLeft(
  { percentLeft: told, total, count }: MiniMaxWindow,
  { baseUrl }: ReadContext,
): { readonly left: number; readonly confidence: Meter["confidence"] } | null {
  if (told !== "unknown") return { left: told, confidence: "reported" };
  // Present plans send a total of 0, which is no limit of 0.
  if (total === "unknown" || total === 0 || count === "unknown") return null;
  const { hostname } = new URL(baseUrl);
  const share = Math.round((count / total) * 100_000_000) / 1_000_000;
  if (hostname.endsWith("minimax.io")) return { left: share, confidence: "estimated" };
  return hostname.endsWith("minimaxi.com") ? { left: complement(share), confidence: "estimated" } : null;
}
