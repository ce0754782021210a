import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Label, Meter, Scope, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { moneyText } from "../../money-text.ts";
import { wholeSlug } from "../../slug.ts";
import type { ReadContext, RequestOptions } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { budgetWindow } from "./budget-window.ts";
import { keyBudgets, modelBudgets } from "./key-budgets.ts";
import { readKeyHeaders } from "./key-headers.ts";
import { judgeRefusal } from "./refusal.ts";
import {
  type Budget,
  type KeyInfo,
  keyAnswer,
  type Membership,
  olderUserAnswer,
  teamAnswer,
  userAnswer,
} from "./schema.ts";

const JUDGED: RequestOptions = { judge: judgeRefusal };

/**
 * Reads the key's budgets, and that of its team or its user, whichever binds it: in a team, LiteLLM does not apply the user's
 * own budget. A key that may not ask about itself is read from headers. Throws ReadError.
 */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await unlessNotAllowed(() => context.getJson("/key/info", keyAnswer, JUDGED));
  if (answer === null) return readKeyHeaders(context);
  const { info } = answer;
  const own = withTable(info, info.litellm_budget_table);
  const above = await budgetsAbove(context, info);
  return {
    meters: [
      budgetMeter({ id: "key-budget", label: { key: "meter.key-budget" }, scope: "key" }, own),
      ...keyBudgets(info),
      ...modelBudgets(info),
      ...above.meters,
    ],
    account: info.key_alias ?? info.key_name,
    notices: notices(info, own, above, context.now),
    subjects: subjects(answer.key, info),
  };
}

/** Null where the key is good, but only for inference. */
async function unlessNotAllowed<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ReadError && error.failure.cause === "key-lacks-permission") return null;
    throw error;
  }
}

interface BudgetsAbove {
  readonly meters: readonly Meter[];
  /** There is something above the key, and this key may not see it. */
  readonly hidden: boolean;
  readonly teamBlocked: boolean;
}

async function budgetsAbove(context: ReadContext, { team_id, user_id }: KeyInfo): Promise<BudgetsAbove> {
  if (team_id !== null) return teamBudgets(context, team_id, user_id);
  if (user_id === null) return { meters: [], hidden: false, teamBlocked: false };
  const user = await readUser(context, user_id);
  const identity = { id: "user-budget", label: { key: "meter.user-budget" }, scope: "user" } as const;
  return {
    meters: typeof user === "object" ? limitedMeter(identity, user) : [],
    hidden: user === "hidden",
    teamBlocked: false,
  };
}

/**
 * What is above the key: "hidden" where this key may not see it, "none" where there is no such user or team, as of a key that was made
 * by the proxy's own administrator.
 */
type Above<T> = T | "hidden" | "none";

async function askAbove<T>(ask: () => Promise<T>): Promise<Above<T>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    switch (error.failure.cause) {
      case "not-found":
        return "none";
      case "key-refused":
      case "key-lacks-permission":
      // A team's answer lists all its keys and members, which may be thousands: what is too large to read is hidden, too.
      case "answer-too-large":
        return "hidden";
      default:
        throw error;
    }
  }
}

/** Versions without the newer route answer it with 404, or with a refusal, because to them it is a route for administrators. */
async function readUser(context: ReadContext, userId: string): Promise<Above<Budget>> {
  const request: RequestOptions = { ...JUDGED, query: { user_id: userId } };
  const user = await unlessHidden(() => context.getJson("/v2/user/info", userAnswer, request));
  if (user !== null) return user;
  const older = await askAbove(() => context.getJson("/user/info", olderUserAnswer, request));
  return typeof older === "object" ? (older.user_info ?? "none") : older;
}

async function teamBudgets(context: ReadContext, teamId: string, userId: string | null): Promise<BudgetsAbove> {
  const request: RequestOptions = { ...JUDGED, query: { team_id: teamId } };
  const team = await askAbove(() => context.getJson("/team/info", teamAnswer, request));
  if (typeof team === "string") return { meters: [], hidden: team === "hidden", teamBlocked: false };
  const member = team.team_memberships?.find((one) => one !== null && userId !== null && one.user_id === userId);
  return {
    meters: [
      ...limitedMeter({ id: "team-budget", label: { key: "meter.team-budget" }, scope: "team" }, team.team_info),
      ...(member ? memberBudget(member, teamId) : []),
    ],
    hidden: false,
    teamBlocked: team.team_info.blocked === true,
  };
}

/** The team is part of the id: in each of several teams a user has another budget. */
function memberBudget({ spend, litellm_budget_table: table }: Membership, teamId: string): Meter[] {
  if (!table) return [];
  return limitedMeter(
    { id: `member-budget-${wholeSlug(teamId)}`, label: { key: "meter.member-budget" }, scope: "user" },
    { ...table, spend },
  );
}

type Identity = Readonly<{ id: string; label: Label; scope: Scope }>;

/** A budget above the key that sets no limit binds nothing, and is left out. */
function limitedMeter(identity: Identity, budget: Budget): Meter[] {
  return typeof budget.max_budget === "number" ? [budgetMeter(identity, budget)] : [];
}

function budgetMeter(identity: Identity, budget: Budget): Meter {
  const { max_budget: limit, spend: used } = budget;
  return {
    ...identity,
    unit: { kind: "money", currency: "USD" },
    ...figures(limit, used, budgetWindow(budget.budget_duration, budget.budget_reset_at)),
  };
}

function figures(
  limit: Amount,
  used: Amount,
  window: Window,
): Pick<Meter, "limit" | "used" | "remaining" | "window" | "confidence"> {
  const remaining = subtract(limit, used);
  return { limit, used, remaining, window, confidence: typeof remaining === "number" ? "derived" : "reported" };
}

/** The key's own figures, and those of the budget that it refers to where it has none. */
function withTable(own: Budget, table: Budget | null | undefined): Budget {
  if (!table) return own;
  const told = typeof own.max_budget === "number";
  return {
    spend: own.spend,
    max_budget: told || typeof table.max_budget !== "number" ? own.max_budget : table.max_budget,
    soft_budget: own.soft_budget === "unknown" ? table.soft_budget : own.soft_budget,
    budget_duration: own.budget_duration ?? table.budget_duration,
    budget_reset_at: own.budget_reset_at ?? table.budget_reset_at,
  };
}

function notices(info: KeyInfo, own: Budget, above: BudgetsAbove, now: number): Notice[] {
  const list: Notice[] = [];
  if (info.blocked === true || above.teamBlocked) list.push({ key: "notice.key-blocked", params: {} });
  if (info.expires !== null) {
    list.push({ key: info.expires > now ? "notice.key-expires" : "notice.key-expired", params: { at: info.expires } });
  }
  if (own.soft_budget !== "unknown") {
    const passed = own.spend !== "unknown" && own.spend >= own.soft_budget;
    const amount = moneyText(own.soft_budget, "USD");
    list.push({ key: passed ? "notice.soft-budget-passed" : "notice.soft-budget", params: { amount } });
  }
  if (above.hidden) list.push({ key: "notice.higher-budgets-hidden", params: {} });
  return list;
}

/** The hash of the key, and the ids of whom it belongs to. */
function subjects(hash: string | null, { user_id, team_id }: KeyInfo): NonNullable<Reading["subjects"]> {
  return {
    ...(hash !== null && { key: hash }),
    ...(user_id !== null && { user: user_id }),
    ...(team_id !== null && { team: team_id }),
  };
}
