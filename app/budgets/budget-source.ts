import { forecastMeter } from "../forecast/forecast.ts";
import type { Sample } from "../forecast/samples.ts";
import { LARGEST_EXACT, toMicros } from "../quota/amount.ts";
import type { Meter } from "../quota/meter.ts";
import type { Notice } from "../quota/reading.ts";
import type { SourceState, SourceStatus } from "../quota/snapshot.ts";
import type { Preferences, SourceConfig } from "../settings/schema.ts";
import { difference } from "../sources/difference.ts";
import { BUDGET_KIND, type Budget, budgetSourceId } from "./budget.ts";
import { type CalendarPeriod, calendarPeriod } from "./calendar-period.ts";
import { type PeriodSpend, periodSpend } from "./period-spend.ts";
import type { SpendBook } from "./spend-book.ts";

/** The only meter of a budget. */
export const BUDGET_METER_ID = "budget";

/** A source as a budget sees it. */
export interface BudgetMember {
  readonly config: Pick<SourceConfig, "id" | "label" | "group">;
  /** Null before its first state. */
  readonly state: Pick<SourceState, "status" | "label"> | null;
}

export interface BudgetFacts {
  readonly budget: Budget;
  readonly book: SpendBook;
  /** All of the user's sources, in their order. */
  readonly members: readonly BudgetMember[];
  readonly preferences: Pick<Preferences, "thresholds">;
  /** What was left of it lately, for its forecast. */
  readonly samples: readonly Sample[];
  readonly now: number;
  /** IANA name of the zone whose days, weeks and months count. */
  readonly timeZone: string;
}

/** Those of the sources that a budget is over. */
export function membersOf<M extends { readonly config: Pick<SourceConfig, "id" | "group"> }>(
  { scope }: Pick<Budget, "scope">,
  members: readonly M[],
): readonly M[] {
  switch (scope.type) {
    case "source":
      return members.filter(({ config }) => config.id === scope.sourceId);
    case "group":
      return members.filter(({ config }) => config.group === scope.group);
    case "all":
      return members;
  }
}

/** What is left of a budget, as a meter. */
export function budgetMeter(budget: Budget, spend: PeriodSpend, period: CalendarPeriod, timeZone: string): Meter {
  const { unit } = budget;
  const limit = unit.kind === "money" ? Math.max(1, toMicros(budget.limit) ?? LARGEST_EXACT) : budget.limit;
  const [only] = spend.counted;
  return {
    id: BUDGET_METER_ID,
    label: { key: `meter.budget-${budget.period}` },
    unit,
    limit,
    used: spend.used,
    remaining: difference(limit, spend.used),
    window: { kind: "calendar", period: budget.period, timeZone, resetsAt: period.end, resetBasis: "derived" },
    scope: only !== undefined && spend.counted.length === 1 ? only.scope : "account",
    confidence: spend.confidence,
  };
}

/** A budget as one more source: what all faces show, and what is warned of. */
export function budgetState(facts: BudgetFacts): SourceState {
  const { budget, now, timeZone, samples } = facts;
  const members = membersOf(budget, facts.members);
  const ids = members.map(({ config }) => config.id);
  const period = calendarPeriod(budget.period, now, timeZone);
  const spend = periodSpend(budget, facts.book, ids, period);
  const meter = budgetMeter(budget, spend, period, timeZone);
  const forecast = forecastMeter(meter, samples, now);
  const counting = new Set(spend.counted.map(({ sourceId }) => sourceId));
  const paused = new Set(
    members.filter(({ state }) => state?.status.state === "paused").map(({ config }) => config.id),
  );
  const current = spend.counted.filter(({ sourceId }) => !paused.has(sourceId));
  return {
    id: budgetSourceId(budget.id),
    kind: BUDGET_KIND,
    kindName: "Budget",
    label: budget.label,
    baseUrl: "",
    demo: false,
    muted: budget.muted,
    status: statusOf(
      members.filter(({ config }) => counting.has(config.id)),
      members,
    ),
    reading: { meters: [meter], account: overWhat(budget, members), notices: noticesOf(facts, members, spend) },
    forecasts: forecast === null ? {} : { [BUDGET_METER_ID]: forecast },
    fetchedAt: current.length === 0 ? null : Math.min(...current.map(({ seenAt }) => seenAt)),
    polling: false,
    nextDueAt: null,
    dueReason: null,
    trace: [],
    linePercent: Math.max(...(budget.thresholds ?? facts.preferences.thresholds)),
  };
}

/**
 * As current as what it counts: one source that is read suffices, since the others are named in a notice. Where nothing was
 * counted yet, as those that it waits for.
 */
function statusOf(counting: readonly BudgetMember[], members: readonly BudgetMember[]): SourceStatus {
  const statuses = (counting.length === 0 ? members : counting).flatMap(({ state }) => state?.status ?? []);
  const states = new Set(statuses.map(({ state }) => state));
  if (states.has("fresh") || states.has("awaiting-reset")) return { state: "fresh" };
  if (states.has("loading")) return { state: "loading" };
  for (const status of statuses) {
    if (status.state !== "stale" && status.state !== "failed") continue;
    const { failure, since } = status;
    return { state: counting.length === 0 ? "failed" : "stale", failure, since };
  }
  return states.has("paused") && states.size === 1 ? { state: "paused" } : { state: "fresh" };
}

/** Sources that tell nothing at present, although nobody paused them. */
function notRead(members: readonly BudgetMember[]): readonly string[] {
  return members.flatMap(({ config, state }) => {
    const name = state?.status.state;
    return name === "stale" || name === "failed" || name === "needs-key" ? [config.id] : [];
  });
}

/** The gateway or the group that it is over; null where it is over all. */
function overWhat({ scope }: Budget, members: readonly BudgetMember[]): string | null {
  switch (scope.type) {
    case "source":
      return members[0]?.config.label ?? null;
    case "group":
      return scope.group;
    case "all":
      return null;
  }
}

function noticesOf({ budget }: BudgetFacts, members: readonly BudgetMember[], spend: PeriodSpend): Notice[] {
  const notices: Notice[] = [];
  const tell = (key: string, params: Notice["params"] = {}) => notices.push({ key, params });
  if (members.length === 0) tell(nobody(budget), budget.scope.type === "group" ? { group: budget.scope.group } : {});
  else if (spend.counted.length === 0 && spend.withoutRate.length === 0 && spend.silent.length === members.length)
    tell("notice.budget-nothing-told");
  else if (budget.scope.type !== "all" && spend.silent.length > 0)
    tell("notice.budget-not-told", { gateways: names(members, spend.silent) });
  if (spend.withoutRate.length > 0)
    tell("notice.budget-no-rate", { currencies: spend.withoutRate.join(", "), currency: ownCurrency(budget) });
  if (spend.since !== null) tell("notice.budget-since", { at: spend.since });
  const behind = notRead(members);
  if (behind.length > 0) tell("notice.budget-not-read", { gateways: names(members, behind) });
  return notices;
}

function nobody({ scope }: Budget): string {
  switch (scope.type) {
    case "source":
      return "notice.budget-no-gateway";
    case "group":
      return "notice.budget-empty-group";
    case "all":
      return "notice.budget-no-gateways";
  }
}

function ownCurrency({ unit }: Budget): string {
  return unit.kind === "money" ? unit.currency : "";
}

/** Names of sources for a sentence; of many, the first three. */
function names(members: readonly BudgetMember[], ids: readonly string[]): string {
  const named = new Set(ids);
  const labels = members.filter(({ config }) => named.has(config.id)).map(({ config }) => config.label);
  const shown = labels.length > 4 ? [...labels.slice(0, 3), `+${labels.length - 3}`] : labels;
  return shown.join(", ");
}
