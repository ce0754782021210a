import { subtract } from "../../../quota/amount.ts";
import type { Label, Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import { firstOfEachId, slug } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import { type ClaudeLimit, type ClaudeUsage, type NamedWeek, usageAnswer } from "./schema.ts";

const FIVE_HOURS = 5 * HOUR_MS;
const WEEK = 7 * DAY_MS;
const MONTH = 30 * DAY_MS;

/** Other agents are reported to be put off with 429s for hours (anthropics/claude-code issue 30930). */
const HEADERS = { "anthropic-beta": "oauth-2025-04-20", "user-agent": "claude-code/2.1.69" };

/** Reads the windows of the plan and its extra usage. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const usage = await context.getJson("/api/oauth/usage", usageAnswer, { headers: HEADERS, judge });
  const extra = extraUsage(usage);
  const plan = context.facts["plan"];
  const meters = [...windows(usage), ...(extra === null ? [] : [extra])];
  return {
    meters,
    account: null,
    notices: [
      ...(plan === undefined ? [] : [{ key: "notice.plan", params: { plan } }]),
      ...(meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }]),
    ],
  };
}

/** Tokens of `claude setup-token` may ask for answers and for nothing else. */
function judge({ status }: JudgedAnswer): Verdict | null {
  switch (status) {
    case 401:
      return { cause: "key-refused", detail: "the token has ended; only the tool that it belongs to can renew it" };
    case 403:
      return { cause: "key-lacks-permission", detail: "the token lacks the scope user:profile" };
    default:
      return null;
  }
}

interface Found {
  readonly id: string;
  readonly label: Label;
  readonly lengthMs: number | null;
  readonly used: number;
  readonly resetsAt: number | null;
}

/** The list goes before the single fields, which repeat it in part; what only they tell is added. */
function windows(usage: ClaudeUsage): Meter[] {
  const listed = toldApart(usage.limits.flatMap(fromList));
  const inList = ({ name }: NamedWeek) => {
    // The list may name the very model ("Claude Opus 4.5") where the field names its family ("opus").
    const words = slug(name).split("-");
    return listed.some(({ lengthMs, id }) => lengthMs === WEEK && words.every((word) => id.split("-").includes(word)));
  };
  const fields = [
    ...plain(FIVE_HOURS, usage.five_hour),
    ...plain(WEEK, usage.seven_day),
    ...usage.weeks.filter((week) => !inList(week)).flatMap((week) => plain(WEEK, week, shownName(week.name))),
  ];
  return inOrder(firstOfEachId([...listed, ...fields])).map(({ id, label, lengthMs, used, resetsAt }) => {
    // A month follows the plan's own dates, so that its length is not known.
    const window =
      lengthMs === MONTH
        ? ({ kind: "period", resetsAt, resetBasis: "reported" } as const)
        : rolling(lengthMs, resetsAt);
    return percentMeter({ id, label, used, window, scope: "account" });
  });
}

/** Empty where no figure is told. A kind that is not known is shown all the same: it may be the one that runs out first. */
function fromList({ kind, group, percent, resets_at, scope }: ClaudeLimit): Found[] {
  if (percent === "unknown") return [];
  const lengthMs = lengthOf(kind ?? "") ?? lengthOf(group ?? "");
  const names = [scope?.model?.display_name, scope?.model?.id, scope?.surface?.display_name, scope?.surface?.id];
  const name = names.find((candidate) => typeof candidate === "string") ?? nameOfKind(kind, lengthMs);
  return [{ ...namedWindow(lengthMs, name ?? undefined), lengthMs, used: percent, resetsAt: resets_at }];
}

const LENGTHS: readonly (readonly [beginning: string, lengthMs: number])[] = [
  ["session", FIVE_HOURS],
  ["five_hour", FIVE_HOURS],
  ["daily", DAY_MS],
  ["weekly", WEEK],
  ["seven_day", WEEK],
  ["monthly", MONTH],
];

function lengthOf(kind: string): number | null {
  return LENGTHS.find(([beginning]) => kind.startsWith(beginning))?.[1] ?? null;
}

/**
 * What a kind says besides its window, so that it does not pass for the whole plan's: "weekly_all" nothing, "weekly_design"
 * "Design", "weekly_scoped" without a scope that it is for something else.
 */
function nameOfKind(kind: string | null, lengthMs: number | null): string | null {
  if (kind === null) return lengthMs === null ? "other" : null;
  const [beginning = ""] = LENGTHS.find(([start]) => kind.startsWith(start)) ?? [];
  const rest = kind.slice(beginning.length).replace(/^_+/, "");
  if (rest === "scoped") return "other";
  return rest === "" || rest === "all" ? null : shownName(rest);
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
function shownName(name: string): string {
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
