import { subtract } from "../../../quota/amount.ts";
import type { Label, Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import { firstOfEachId } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { type ClaudeLimit, type ClaudeUsage, type NamedWeek, usageAnswer } from "./schema.ts";

const FIVE_HOURS = 5 * HOUR_MS;
const WEEK = 7 * DAY_MS;

/** Other agents are reported to be put off with 429s for hours (anthropics/claude-code issue 30930). */
const HEADERS = { "anthropic-beta": "oauth-2025-04-20", "user-agent": "claude-code/2.1.69" };

/** Reads the windows of the plan and its extra usage. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const usage = await context.getJson("/api/oauth/usage", usageAnswer, { headers: HEADERS, judge });
  const extra = extraUsage(usage);
  const plan = context.facts["plan"];
  return {
    meters: [...windows(usage), ...(extra === null ? [] : [extra])],
    account: null,
    notices: plan === undefined ? [] : [{ key: "notice.plan", params: { plan } }],
  };
}

/** Tokens of `claude setup-token` may ask for answers and for nothing else. */
function judge({ status }: JudgedAnswer): Verdict | null {
  switch (status) {
    case 401:
      return { cause: "key-refused", detail: "the token has ended; only Claude Code can renew it" };
    case 403:
      return { cause: "key-lacks-permission", detail: "the token lacks the scope user:profile" };
    default:
      return null;
  }
}

interface Found {
  readonly id: string;
  readonly label: Label;
  readonly lengthMs: number;
  readonly used: number;
  readonly resetsAt: number | null;
}

/** The list goes before the single fields, which repeat it in part; what only they tell is added. */
function windows(usage: ClaudeUsage): Meter[] {
  const listed = usage.limits.flatMap(fromList);
  const inList = (name: string) => {
    const { id } = namedWindow(WEEK, name);
    // The list may name the very model ("Opus 4.5") where the field names its family ("opus").
    return listed.some((found) => found.id === id || found.id.startsWith(`${id}-`));
  };
  const fields = [
    ...plain(FIVE_HOURS, usage.five_hour),
    ...plain(WEEK, usage.seven_day),
    ...usage.weeks.filter(({ name }) => !inList(name)).flatMap((week) => plain(WEEK, week, shownName(week))),
  ];
  return inOrder(firstOfEachId([...listed, ...fields])).map(({ id, label, lengthMs, used, resetsAt }) =>
    percentMeter({ id, label, used, window: rolling(lengthMs, resetsAt), scope: "account" }),
  );
}

/** Empty where the kind of the limit is not known, or it tells no figure. */
function fromList({ kind, group, percent, resets_at, scope }: ClaudeLimit): Found[] {
  if (percent === "unknown") return [];
  const lengthMs = lengthOf(kind ?? group ?? "");
  if (lengthMs === null) return [];
  const model = scope?.model?.display_name ?? scope?.model?.id ?? undefined;
  // One that is scoped to something without a name must not pass for the whole plan's.
  const name = model ?? (kind?.endsWith("_scoped") || scope ? "other" : undefined);
  return [{ ...namedWindow(lengthMs, name), lengthMs, used: percent, resetsAt: resets_at }];
}

function lengthOf(kind: string): number | null {
  if (kind.startsWith("session") || kind.startsWith("five_hour")) return FIVE_HOURS;
  if (kind.startsWith("weekly") || kind.startsWith("seven_day")) return WEEK;
  return null;
}

function plain(
  lengthMs: number,
  window: Pick<NamedWeek, "utilization" | "resets_at"> | null | undefined,
  name?: string,
): Found[] {
  if (!window || window.utilization === "unknown") return [];
  return [{ ...namedWindow(lengthMs, name), lengthMs, used: window.utilization, resetsAt: window.resets_at }];
}

/** "oauth_apps" as people write it. */
function shownName({ name }: NamedWeek): string {
  const words = name
    .replaceAll("_", " ")
    .trim()
    .replace(/\boauth\b/g, "OAuth");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The whole plan's windows first, the shorter one before the longer, then those of single models. */
function inOrder(found: readonly Found[]): readonly Found[] {
  const rank = ({ id }: Found) => (id === "five-hours" ? 0 : id === "week" ? 1 : 2);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** Null where it is switched off or not told. */
function extraUsage({ extra_usage: extra }: ClaudeUsage): Meter | null {
  if (extra?.is_enabled !== true) return null;
  const { monthly_limit: limit, used_credits: used, currency } = extra;
  if (limit === "unknown" && used === "unknown") return null;
  return {
    id: "extra-usage",
    label: { key: "meter.extra-usage" },
    unit: { kind: "money", currency: currency ?? "USD" },
    limit,
    used,
    remaining: subtract(limit, used),
    window: { kind: "period", resetsAt: null, resetBasis: "reported" },
    scope: "account",
    // Without a currency it is most likely, but not certainly, US dollars.
    confidence: currency ? "reported" : "estimated",
  };
}
