import * as z from "zod";
import { count, ifTold, limitOf, money, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

/** A limit below 0 stands for something that the documentation does not name: certainly for no sum of money. */
const limit = limitOf(signedMoney).transform((value) => (typeof value === "number" && value < 0 ? "unknown" : value));

/** What every kind of LiteLLM budget is made of. US dollars, in micros after parsing. */
const budgetFields = {
  /** Since the last reset where there is a duration, else over the whole life. */
  spend: ifTold(money),
  /** null: none of its own. */
  max_budget: limit,
  /** Only warns: no reading fails for it. */
  soft_budget: ifTold(money).catch("unknown"),
  /** "30d", "1mo"; null: it never resets. */
  budget_duration: optionalText,
  /** May lie in the past for a while: the job that resets runs from time to time. */
  budget_reset_at: isoTime,
};

const budget = z.object(budgetFields);
export type Budget = z.infer<typeof budget>;

/** A budget kept apart, which keys and members refer to; its figures stand in for those that are not on the object itself. */
const budgetTable = budget.nullish().catch(null);

/** Members whose values vary by version; each entry is read on its own. */
const openRecord = z.record(z.string(), z.unknown()).nullish().catch(null);

const keyInfo = z.object({
  ...budgetFields,
  litellm_budget_table: budgetTable,
  key_alias: optionalText,
  /** Masked by LiteLLM ("sk-...Q1zA"). */
  key_name: optionalText,
  user_id: optionalText,
  team_id: optionalText,
  expires: isoTime,
  blocked: z.boolean().nullish().catch(null),
  model_max_budget: openRecord,
  model_max_budget_usage: openRecord,
  model_spend: openRecord,
  budget_limits: z.array(z.unknown()).nullish().catch(null),
  budget_limits_usage: z.unknown().optional(),
});
export type KeyInfo = z.infer<typeof keyInfo>;

/** `GET /key/info`. `key` is the hash of the key. */
export const keyAnswer = z.object({ key: optionalText, info: keyInfo });

/** One of several budgets of a key, in `budget_limits`. */
export const windowEntry = z.object({ budget_duration: z.string(), max_budget: money, reset_at: isoTime });

/** What was spent of one of them: a member of `budget_limits_usage` by duration, or an item of a list that names it. */
export const windowUsage = z.object({
  budget_duration: optionalText,
  current_spend: ifTold(money),
  spend: ifTold(money),
});

/** A member of `model_max_budget`: a bare limit, or one with its period. The names of the members vary by version. */
export const modelBudget = z.union([
  money.transform((limit) => ({ limit, period: null })),
  z
    .object({ budget_limit: money, time_period: optionalText })
    .transform(({ budget_limit, time_period }) => ({ limit: budget_limit, period: time_period })),
  z
    .object({ max_budget: money, budget_duration: optionalText })
    .transform(({ max_budget, budget_duration }) => ({ limit: max_budget, period: budget_duration })),
]);

/** A member of `model_max_budget_usage`. */
export const modelUsage = z.object({ current_spend: money });

/** `GET /v2/user/info?user_id=`. */
export const userAnswer = budget;

/** `GET /user/info?user_id=`, of older versions. */
export const olderUserAnswer = z.object({ user_info: budget.nullish() });

const membership = z.object({
  user_id: optionalText,
  spend: ifTold(money),
  litellm_budget_table: budgetTable,
});
export type Membership = z.infer<typeof membership>;

/** `GET /team/info?team_id=`. */
export const teamAnswer = z.object({
  team_info: z.object({ ...budgetFields, team_alias: optionalText, blocked: z.boolean().nullish().catch(null) }),
  team_memberships: z.array(membership.nullable().catch(null)).nullish().catch(null),
});

/** Python writes small floats as "1.2e-05", and what is not there as "None". */
function headerFigure<T>(schema: z.ZodType<number>, otherwise: T) {
  return z.union([
    z
      .string()
      .regex(/^\d{1,15}(\.\d{1,30})?(e[+-]?\d{1,3})?$/i)
      .transform((text): unknown => Number(text))
      .pipe(schema),
    z
      .unknown()
      .optional()
      .transform(() => otherwise),
  ]);
}

const headerMoney = headerFigure(money, "unknown" as const);
const headerCount = headerFigure(count, "unknown" as const);

/** Headers of `GET /v1/models`. US dollars, in micros after parsing. Nothing in them fails: what is unclear is not told. */
export const keyHeaders = z.object({
  "x-litellm-key-spend": headerMoney,
  "x-litellm-key-max-budget": headerMoney,
  "x-litellm-key-rpm-limit": headerCount,
  "x-litellm-key-tpm-limit": headerCount,
});
