import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { difference } from "../../difference.ts";
import { namedWindow, rolling } from "../../named-window.ts";
import { percentLeftMeter, percentMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import type { CodexOptions } from "./descriptor.ts";
import { type CodexRateLimit, type CodexUsage, type CodexWindow, usageAnswer } from "./schema.ts";

/** Reads the plan's windows, credits and spend limit. Throws ReadError. */
export async function read(context: ReadContext, options: CodexOptions): Promise<Reading> {
  const account = accountOf(context, options);
  const usage = await context.getJson(usagePath(context.baseUrl), usageAnswer, {
    headers: { "user-agent": "codex-cli", ...(account !== null && { "chatgpt-account-id": account }) },
    judge,
  });
  const { now } = context;
  const more = (usage.additional_rate_limits ?? []).flatMap(({ limit_name, metered_feature, rate_limit }) =>
    windows(rate_limit, now, limit_name ?? metered_feature ?? "other"),
  );
  const meters = toldApart([
    ...windows(usage.rate_limit, now),
    ...windows(usage.code_review_rate_limit, now, "Code review"),
    ...more,
    ...credits(usage),
    ...spendLimit(usage, now),
  ]);
  return {
    meters,
    account: null,
    notices: notices(usage, meters),
    ...(account !== null && { subjects: { account } }),
  };
}

/** What the user says goes before what the file says; a text that no header can carry is none. */
function accountOf({ facts }: ReadContext, { accountId }: CodexOptions): string | null {
  if (accountId !== "") return accountId;
  const fact = facts["accountId"] ?? "";
  return /^[\w-]{1,100}$/.test(fact) ? fact : null;
}

/** As the CLI does it: ChatGPT's own backend has the one path, servers in its place the other. */
function usagePath(baseUrl: string): string {
  const { hostname, pathname } = new URL(baseUrl);
  if (/\/backend-api(\/|$)/.test(pathname)) return "/wham/usage";
  return hostname === "chatgpt.com" || hostname === "chat.openai.com" ? "/backend-api/wham/usage" : "/api/codex/usage";
}

/** Tokens end after some days, and both refusals mean that. */
function judge({ status }: JudgedAnswer): Verdict | null {
  return status === 401 || status === 403
    ? {
        cause: "key-refused",
        detail: "the token has ended or is not for this account; only the tool that it belongs to can renew it",
      }
    : null;
}

function windows(limit: CodexRateLimit | null | undefined, now: number, name?: string): Meter[] {
  return [limit?.primary_window, limit?.secondary_window].flatMap((window) =>
    window && window.used_percent !== "unknown" ? [windowMeter(window, now, name)] : [],
  );
}

/** By the window's length alone: plans that have a week only put it where others have their 5 hours. */
function windowMeter(window: CodexWindow, now: number, name: string | undefined): Meter {
  const seconds = window.limit_window_seconds;
  const lengthMs = seconds ? seconds * 1000 : null;
  return percentMeter({
    ...namedWindow(lengthMs, name),
    used: window.used_percent,
    window: rolling(lengthMs, resetOf(window, now)),
    scope: "account",
  });
}

function resetOf(
  { reset_at, reset_after_seconds }: Pick<CodexWindow, "reset_at" | "reset_after_seconds">,
  now: number,
) {
  if (reset_at !== null) return reset_at;
  return typeof reset_after_seconds === "number" ? now + reset_after_seconds * 1000 : null;
}

/** Credits are bought beside the plan: none is nothing that ran out, whether the account ever had some or not. */
function credits({ credits: told }: CodexUsage): Meter[] {
  if (!told) return [];
  const { unlimited, balance } = told;
  const base = {
    id: "credits",
    label: { key: "meter.credits" },
    unit: { kind: "credits" },
    used: "unknown",
    window: { kind: "balance" },
    scope: "account",
    confidence: "reported",
  } as const;
  if (unlimited === true) return [{ ...base, limit: "unlimited", remaining: "unlimited" }];
  if (balance === "unknown" || balance === 0) return [];
  return [{ ...base, limit: "unknown", remaining: balance }];
}

/** The cap of credits that an organization sets for this member. */
function spendLimit({ spend_control }: CodexUsage, now: number): Meter[] {
  const told = spend_control?.individual_limit;
  if (!told) return [];
  const base = {
    id: "spend-limit",
    label: { key: "meter.spend-limit" },
    window: { kind: "period", resetsAt: resetOf(told, now), resetBasis: "reported" },
    scope: "user",
    confidence: "reported",
  } as const;
  const { limit, used, used_percent: usedPercent, remaining_percent: left } = told;
  const remaining = told.remaining === "unknown" ? difference(limit, used) : told.remaining;
  const restUnknown = remaining === "unknown";
  if (restUnknown && usedPercent !== "unknown") return [percentMeter({ ...base, used: usedPercent })];
  if (restUnknown && left !== "unknown") return [percentLeftMeter({ ...base, left })];
  if (restUnknown && limit === "unknown" && used === "unknown") return [];
  return [{ ...base, unit: { kind: "credits" }, limit, used, remaining }];
}

function notices({ plan_type }: CodexUsage, meters: readonly Meter[]): Notice[] {
  return [
    ...(plan_type === null ? [] : [{ key: "notice.plan", params: { plan: plan_type } }]),
    ...(meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }]),
  ];
}
