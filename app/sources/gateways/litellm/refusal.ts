import type { JudgedAnswer, Verdict } from "../../source.ts";

/** LiteLLM words a missing permission in several ways, with 401 as well as 403. */
const NOT_ALLOWED =
  /not allowed to (access|call) (this )?route|only allowed to call routes|only (the )?proxy admins? can|only be used to call/i;

/** "Budget has been exceeded! …", "ExceededBudget: …", "ExceededTokenBudget: …": 400, 401 or 429 by version. */
const OVER_BUDGET = /budget has been exceeded|exceeded\w*budget/i;

const NO_DATABASE = /no connected db|no_db_connection|db not connected/i;

/** What a LiteLLM refusal means where its status alone does not say. */
export function judgeRefusal({ status, body }: JudgedAnswer): Verdict | null {
  if (status < 400) return null;
  const words = refusalWords(body);
  if ((status === 401 || status === 403) && NOT_ALLOWED.test(words)) return { cause: "key-lacks-permission" };
  if ([400, 401, 403, 429].includes(status) && OVER_BUDGET.test(words)) return { cause: "quota-used-up" };
  if (NO_DATABASE.test(words))
    return { cause: "not-found", detail: "the gateway has no database, so it knows no budgets" };
  return null;
}

/** True for the wording of a key that is good for inference only. */
export function saysNotAllowed(body: unknown): boolean {
  return NOT_ALLOWED.test(refusalWords(body));
}

/** The type of an error in LiteLLM's shape: `{error: {message, type, param, code}}`, where the code repeats the status. */
export function errorType(body: unknown): string | null {
  const error = member(body, "error");
  const code = member(error, "code");
  const known = typeof member(error, "message") === "string" && (typeof code === "string" || typeof code === "number");
  const type = member(error, "type");
  return known && typeof type === "string" ? type : null;
}

/** Message and type of `{error: {…}}` or `{detail: "…"}`; only looked at, never shown. */
export function refusalWords(body: unknown): string {
  const error = member(body, "error");
  return [
    error,
    member(error, "message"),
    member(error, "type"),
    member(body, "detail"),
    member(member(body, "detail"), "error"),
  ]
    .filter((text) => typeof text === "string")
    .join("\n");
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
