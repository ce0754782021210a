import { subtract } from "../../../quota/amount.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { refusal, subscriptionAnswer } from "./schema.ts";

/** States of a subscription in which its characters can be used. */
const ACTIVE: ReadonlySet<string> = new Set(["active", "trialing", "free"]);

/** Reads the characters of the billing period. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await context.getJson("/v1/user/subscription", subscriptionAnswer, { judge });
  const { character_count: used, character_limit: included, next_character_count_reset_unix: resetsAt } = answer;
  const extension = answer.can_extend_character_limit === true ? answer.max_credit_limit_extension : 0;
  // Once what is included is used up, the service goes on as far as the extension reaches.
  const beyond = included !== "unknown" && used >= included && extension !== 0;
  const limit = beyond && extension !== "unknown" ? included + extension : included;
  const notices: Notice[] = [];
  if (answer.tier !== null) notices.push({ key: "notice.plan", params: { plan: answer.tier } });
  if (answer.status !== null && !ACTIVE.has(answer.status)) {
    notices.push({ key: "notice.plan-inactive", params: { state: answer.status } });
  }
  if (beyond) notices.push({ key: "notice.goes-on-beyond", params: { amount: used - included } });
  return {
    account: null,
    notices,
    meters: [
      {
        id: "characters",
        label: { key: "meter.characters" },
        unit: { kind: "characters" },
        limit,
        used,
        remaining: beyond && extension === "unknown" ? "unknown" : subtract(limit, used),
        window: { kind: "period", resetsAt, resetBasis: "reported" },
        scope: "account",
        confidence: "reported",
      },
    ],
  };
}

/** A restricted key is refused like a wrong one; only the body tells them apart. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (status !== 401) return null;
  const parsed = refusal.safeParse(body);
  return parsed.success && parsed.data.detail.status === "missing_permissions"
    ? { cause: "key-lacks-permission", detail: "the key lacks the permission to read the user" }
    : null;
}
