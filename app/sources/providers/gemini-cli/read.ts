import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { DAY_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentLeftMeter } from "../../percent-meter.ts";
import { firstOfEachId } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
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
  const meters = firstOfEachId(grouped(buckets ?? []).map(meterOf));
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

/** Models that draw on one bucket are told one by one, with the same figures; they are one meter. */
function grouped(buckets: readonly GeminiBucket[]): (readonly GeminiBucket[])[] {
  const groups = new Map<string, GeminiBucket[]>();
  for (const bucket of buckets) {
    const { tokenType, remainingAmount, remainingFraction, resetTime } = bucket;
    if (remainingAmount === "unknown" && remainingFraction === "unknown") continue;
    const key = JSON.stringify([tokenType, remainingAmount, remainingFraction, resetTime]);
    groups.set(key, [...(groups.get(key) ?? []), bucket]);
  }
  return [...groups.values()];
}

/** Under the name that comes first in the alphabet, so that the order of the answer does not make another meter of it. */
function meterOf(group: readonly GeminiBucket[]): Meter {
  const models = group
    .map(({ modelId }) => modelId ?? "")
    .filter((model) => model !== "")
    .toSorted();
  const [first = ""] = models;
  const [bucket] = group;
  const name = first === "" ? undefined : first;
  const { id, label } = namedWindow(DAY_MS, name);
  const base = {
    id,
    label: "key" in label && name !== undefined ? { key: label.key, params: { name: models.join(", ") } } : label,
    window: rolling(DAY_MS, bucket?.resetTime ?? null),
    scope: "user",
  } as const;
  const amount = bucket?.remainingAmount ?? "unknown";
  const percent = bucket?.remainingFraction ?? "unknown";
  if (amount === "unknown") return percentLeftMeter({ ...base, left: percent });
  // The limit is not sent, but follows; with nothing left, it does not.
  const limit = percent === "unknown" || percent === 0 ? "unknown" : Math.round(amount / (percent / 100));
  return {
    ...base,
    unit: unitOf(bucket?.tokenType ?? null),
    limit,
    used: limit === "unknown" ? "unknown" : Math.max(0, limit - amount),
    remaining: amount,
    confidence: limit === "unknown" ? "reported" : "derived",
  };
}

function unitOf(tokenType: string | null): Unit {
  if (tokenType === "REQUESTS") return { kind: "requests" };
  return { kind: tokenType?.includes("TOKENS") ? "tokens" : "units" };
}
