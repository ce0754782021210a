import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { DAY_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentLeftMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import type { GeminiOptions } from "./descriptor.ts";
import { type GeminiBucket, loadAnswer, quotaAnswer } from "./schema.ts";

/** Says what asks, which the service wants to know; it changes nothing. */
const LOAD = {
  metadata: { ideType: "IDE_UNSPECIFIED", platform: "PLATFORM_UNSPECIFIED", pluginType: "GEMINI" },
};

const NOT_ELIGIBLE: Verdict = {
  cause: "key-lacks-permission",
  detail:
    "Google does not let this kind of account use Gemini CLI any more; Code Assist Standard or Enterprise is needed",
};

/** Reads the account's project and plan, then the day's buckets of that project. Throws ReadError. */
export async function read(context: ReadContext, options: GeminiOptions): Promise<Reading> {
  const account = await context.postJson("/v1internal:loadCodeAssist", LOAD, loadAnswer, { judge });
  if (!account.currentTier && (account.ineligibleTiers ?? []).length > 0) {
    throw new ReadError(NOT_ELIGIBLE.cause, NOT_ELIGIBLE);
  }
  const project = options.projectId || account.cloudaicompanionProject;
  if (project === null) {
    throw new ReadError("invalid-options", {
      detail: "projectId: the account tells no project, so one has to be named",
    });
  }
  const { buckets } = await context.postJson("/v1internal:retrieveUserQuota", { project }, quotaAnswer, { judge });
  const meters = toldApart((buckets ?? []).flatMap(meterOf));
  const plan = account.paidTier?.name ?? account.currentTier?.name ?? null;
  const notices: Notice[] = [
    ...(plan === null ? [] : [{ key: "notice.plan", params: { plan } }]),
    ...(meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }]),
  ];
  return { meters, account: null, notices };
}

/** Refusals of the account as a whole, which Google words as 400 or 403 with a reason. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (status !== 400 && status !== 403) return null;
  return /UNSUPPORTED_CLIENT|INELIGIBLE/i.test(JSON.stringify(body ?? null)) ? NOT_ELIGIBLE : null;
}

/**
 * A meter for each bucket of a model, although models that draw on one are told with the same figures: whether they do shows only
 * while none of them is used, and the figures of each have to keep their id.
 */
function meterOf({
  modelId,
  tokenType,
  remainingAmount: amount,
  remainingFraction: percent,
  resetTime,
}: GeminiBucket): Meter[] {
  if (amount === "unknown" && percent === "unknown") return [];
  const unit = unitOf(tokenType);
  const kind = tokenType === null || tokenType === "REQUESTS" ? null : tokenType.toLowerCase().replaceAll("_", " ");
  const names = [modelId, kind].filter((name) => name !== null);
  const base = {
    ...namedWindow(DAY_MS, names.length === 0 ? undefined : names.join(", ")),
    window: rolling(DAY_MS, resetTime),
    scope: "user",
  } as const;
  if (amount === "unknown") return [percentLeftMeter({ ...base, left: percent })];
  // The limit is not sent, but follows; with nothing left, it does not.
  const limit = percent === "unknown" || percent === 0 ? "unknown" : Math.round(amount / (percent / 100));
  return [
    {
      ...base,
      unit,
      limit,
      used: limit === "unknown" ? "unknown" : Math.max(0, limit - amount),
      remaining: amount,
      confidence: limit === "unknown" ? "reported" : "derived",
    },
  ];
}

function unitOf(tokenType: string | null): Unit {
  if (tokenType === "REQUESTS") return { kind: "requests" };
  return { kind: tokenType?.includes("TOKENS") ? "tokens" : "units" };
}
