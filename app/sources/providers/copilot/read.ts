import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Label, Meter, Unit, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { usedOf } from "../../difference.ts";
import { percentLeftMeter } from "../../percent-meter.ts";
import { firstOfEachId, slug } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { type CopilotSnapshot, type CopilotUser, userAnswer } from "./schema.ts";

/** As an editor's plug-in asks; the service leaves figures out for others. */
const HEADERS = {
  "editor-version": "vscode/1.99.0",
  "editor-plugin-version": "copilot-chat/0.26.7",
  "user-agent": "GitHubCopilotChat/0.26.7",
  "x-github-api-version": "2025-04-01",
};

/** Reads the month's quotas of the seat. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const user = await context.getJson("/copilot_internal/user", userAnswer, { headers: HEADERS, judge });
  const window = monthWindow(user, context.now);
  const counted = firstOfEachId([...snapshots(user, window), ...freeQuotas(user, window)]);
  const meters = [...counted, ...creditsUsed(user, counted, window)];
  const login = user.login ?? context.facts["user"] ?? null;
  return {
    meters,
    account: login,
    notices: notices(user, meters),
    ...(login !== null && { subjects: { user: login } }),
  };
}

function judge({ status, headers }: JudgedAnswer): Verdict | null {
  // GitHub's limits on requests come as 403, too: the hourly one with nothing left, the secondary one with a time to wait.
  const toWait = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
  if ((status === 403 || status === 429) && toWait) return { cause: "rate-limited" };
  switch (status) {
    case 403:
      return {
        cause: "key-lacks-permission",
        detail: "no Copilot for this token, or the organization asks for single sign-on",
      };
    case 404:
      return {
        cause: "key-lacks-permission",
        detail: "the account has no Copilot licence, or the address is not GitHub's API",
      };
    default:
      return null;
  }
}

/** The first of the month, 00:00 UTC, where no date is told: some answers lack it. */
function monthWindow(user: CopilotUser, now: number): Window {
  const told = user.quota_reset_date_utc ?? user.quota_reset_date ?? user.limited_user_reset_date;
  return {
    kind: "calendar",
    period: "month",
    timeZone: "UTC",
    resetsAt: told ?? nextUtcReset("month", now),
    resetBasis: told === null ? "derived" : "reported",
  };
}

const PREMIUM = "premium_interactions";
const PREMIUM_ID = "premium-requests";

const NAMES: ReadonlyMap<string, { readonly id: string; readonly label: Label }> = new Map([
  [PREMIUM, { id: PREMIUM_ID, label: { key: "meter.premium-requests" } }],
  ["chat", { id: "chat", label: { key: "meter.chat" } }],
  ["completions", { id: "completions", label: { key: "meter.completions" } }],
]);

function nameOf(quota: string): { readonly id: string; readonly label: Label } {
  return NAMES.get(quota) ?? { id: slug(quota), label: { text: quota.replaceAll("_", " ") } };
}

function snapshots({ quota_snapshots, token_based_billing, credits_used }: CopilotUser, window: Window): Meter[] {
  const unit: Unit = { kind: token_based_billing === true ? "credits" : "requests" };
  // The one that is paid for comes first, whatever the order of the answer.
  const entries = Object.entries(quota_snapshots ?? {}).toSorted(
    ([a], [b]) => Number(b === PREMIUM) - Number(a === PREMIUM),
  );
  return entries.flatMap(([quota, snapshot]) => {
    if (snapshot === null) return [];
    const base = { ...nameOf(quota), window, scope: "user" as const };
    const figures = figuresOf(snapshot, quota === PREMIUM && unit.kind === "credits" ? credits_used : "unknown");
    if (figures !== null) return [{ ...base, unit, ...figures, confidence: "reported" as const }];
    return hasPercentAlone(snapshot) ? [percentLeftMeter({ ...base, left: snapshot.percent_remaining })] : [];
  });
}

/** Null for a placeholder, and where no figure is told. Credits that the account used stand for those of the paid quota. */
function figuresOf(
  snapshot: CopilotSnapshot,
  creditsUsed: number | "unknown",
): Pick<Meter, "limit" | "used" | "remaining"> | null {
  const toldUsed = snapshot.credits_used === "unknown" ? creditsUsed : snapshot.credits_used;
  if (snapshot.unlimited === true) return { limit: "unlimited", used: toldUsed, remaining: "unlimited" };
  const limit = snapshot.entitlement;
  const remaining = snapshot.quota_remaining === "unknown" ? snapshot.remaining : snapshot.quota_remaining;
  if (limit === 0 || (limit === "unknown" && remaining === "unknown")) return null;
  // With the entitlement used up, requests are served all the same, and how far is not told.
  if (limit !== "unknown" && goesOn(snapshot)) return { limit, used: limit + beyondOf(snapshot), remaining: "unknown" };
  const used = usedOf(limit, remaining);
  return { limit, used: used === "unknown" ? toldUsed : used, remaining };
}

/** Whether nothing of the entitlement is left and what goes beyond it is allowed. */
function goesOn({ unlimited, entitlement, overage_permitted, ...rest }: CopilotSnapshot): boolean {
  const remaining = rest.quota_remaining === "unknown" ? rest.remaining : rest.quota_remaining;
  const counts = unlimited !== true && typeof entitlement === "number" && entitlement > 0;
  return counts && overage_permitted === true && remaining !== "unknown" && remaining <= 0;
}

/** Beside an entitlement of 0, all or nothing is as much a placeholder as the 0 is. */
function hasPercentAlone({ entitlement, percent_remaining: left }: CopilotSnapshot): boolean {
  return left !== "unknown" && (entitlement !== 0 || (left > 0 && left < 100));
}

/** The credits of accounts that are billed by them, where no quota says what was used. */
function creditsUsed(user: CopilotUser, told: readonly Meter[], window: Window): Meter[] {
  const { token_based_billing, credits_used: used } = user;
  if (token_based_billing !== true || used === "unknown" || told.some(({ id }) => id === PREMIUM_ID)) return [];
  return [
    {
      id: "credits",
      label: { key: "meter.credits" },
      unit: { kind: "credits" },
      limit: "unknown",
      used,
      remaining: "unknown",
      window,
      scope: "user",
      confidence: "reported",
    },
  ];
}

function freeQuotas({ monthly_quotas, limited_user_quotas }: CopilotUser, window: Window): Meter[] {
  return (["chat", "completions"] as const).flatMap((quota) => {
    const limit = monthly_quotas?.[quota] ?? "unknown";
    const remaining = limited_user_quotas?.[quota] ?? "unknown";
    if (limit === "unknown" && remaining === "unknown") return [];
    return [
      {
        ...nameOf(quota),
        unit: { kind: "requests" as const },
        limit,
        used: usedOf(limit, remaining),
        remaining,
        window,
        scope: "user" as const,
        confidence: "reported" as const,
      },
    ];
  });
}

/** Plans of seats that belong to an organization. */
const SEAT = /business|enterprise|organi[sz]ation|team/i;

function notices(user: CopilotUser, meters: readonly Meter[]): Notice[] {
  const { copilot_plan: plan } = user;
  const told = Object.entries(user.quota_snapshots ?? {});
  const placeholder = told.some(
    ([, snapshot]) =>
      snapshot !== null && snapshot.unlimited !== true && snapshot.entitlement === 0 && !hasPercentAlone(snapshot),
  );
  const managed = SEAT.test(plan ?? "") && (placeholder || meters.length === 0);
  const beyond = told.flatMap(([, snapshot]) => (snapshot !== null && goesOn(snapshot) ? [beyondOf(snapshot)] : []));
  return [
    ...(plan === null ? [] : [{ key: "notice.plan", params: { plan } }]),
    ...beyond.map((amount) => ({ key: "notice.goes-on-beyond", params: { amount } })),
    ...(managed
      ? [{ key: "notice.managed-by-organization", params: {} }]
      : meters.length === 0
        ? [{ key: "notice.no-limits-told", params: {} }]
        : []),
  ];
}

/** How far use went beyond the entitlement, by the count of it where that is told. */
function beyondOf({ overage_count, quota_remaining, remaining }: CopilotSnapshot): number {
  if (overage_count !== "unknown") return overage_count;
  const rest = quota_remaining === "unknown" ? remaining : quota_remaining;
  return rest === "unknown" ? 0 : -rest;
}
