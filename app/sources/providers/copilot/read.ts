import type { Amount } from "../../../quota/amount.ts";
import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Label, Meter, Unit, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
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
  const meters = firstOfEachId([...snapshots(user, window), ...freeQuotas(user, window)]);
  const login = user.login ?? context.facts["user"] ?? null;
  return {
    meters,
    account: login,
    notices: notices(user, meters),
    ...(login !== null && { subjects: { user: login } }),
  };
}

function judge({ status, headers }: JudgedAnswer): Verdict | null {
  const outOfRequests = headers["x-ratelimit-remaining"] === "0";
  if ((status === 403 || status === 429) && outOfRequests) return { cause: "rate-limited" };
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

const NAMES: ReadonlyMap<string, { readonly id: string; readonly label: Label }> = new Map([
  ["premium_interactions", { id: "premium-requests", label: { key: "meter.premium-requests" } }],
  ["chat", { id: "chat", label: { key: "meter.chat" } }],
  ["completions", { id: "completions", label: { key: "meter.completions" } }],
]);

function nameOf(quota: string): { readonly id: string; readonly label: Label } {
  return NAMES.get(quota) ?? { id: slug(quota), label: { text: quota.replaceAll("_", " ") } };
}

function snapshots({ quota_snapshots, token_based_billing }: CopilotUser, window: Window): Meter[] {
  const unit: Unit = { kind: token_based_billing === true ? "credits" : "requests" };
  // The one that is paid for comes first, whatever the order of the answer.
  const entries = Object.entries(quota_snapshots ?? {}).toSorted(
    ([a], [b]) => Number(b === "premium_interactions") - Number(a === "premium_interactions"),
  );
  return entries.flatMap(([quota, snapshot]) => {
    const figures = snapshot === null ? null : figuresOf(snapshot);
    if (figures === null) return [];
    return [{ ...nameOf(quota), unit, ...figures, window, scope: "user" as const, confidence: "reported" as const }];
  });
}

/** Null for a placeholder. `unlimited` is asked first, because an entitlement of 0 stands beside it. */
function figuresOf(snapshot: CopilotSnapshot): Pick<Meter, "limit" | "used" | "remaining"> | null {
  if (snapshot.unlimited === true) return { limit: "unlimited", used: "unknown", remaining: "unlimited" };
  const limit = snapshot.entitlement;
  const remaining = snapshot.quota_remaining === "unknown" ? snapshot.remaining : snapshot.quota_remaining;
  if (limit === 0 || (limit === "unknown" && remaining === "unknown")) return null;
  return { limit, used: usedOf(limit, remaining), remaining };
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

function usedOf(limit: Amount, remaining: Amount): Amount {
  if (typeof limit !== "number" || typeof remaining !== "number") return "unknown";
  return Math.max(0, Math.round((limit - remaining) * 1_000_000) / 1_000_000);
}

function notices(user: CopilotUser, meters: readonly Meter[]): Notice[] {
  const told = Object.values(user.quota_snapshots ?? {});
  const placeholder = told.some(
    (snapshot) => snapshot !== null && snapshot.unlimited !== true && snapshot.entitlement === 0,
  );
  const seat = /business|enterprise/.test(user.copilot_plan ?? "");
  return [
    ...(user.copilot_plan === null ? [] : [{ key: "notice.plan", params: { plan: user.copilot_plan } }]),
    ...(placeholder || (meters.length === 0 && seat)
      ? [{ key: "notice.managed-by-organization", params: {} }]
      : meters.length === 0
        ? [{ key: "notice.no-limits-told", params: {} }]
        : []),
  ];
}
