import { subtract } from "../../../quota/amount.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { refusal, subscriptionAnswer } from "./schema.ts";

/** States of a subscription in which its characters can be used. */
const ACTIVE: ReadonlySet<string> = new Set(["active", "trialing", "free"]);

/** Reads the characters of the billing period. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await context.getJson("/v1/user/subscription", subscriptionAnswer, { judge });
  const { character_count: used, character_limit: limit, next_character_count_reset_unix: resetsAt } = answer;
  const notices: Notice[] = [];
  if (answer.tier !== null) notices.push({ key: "notice.plan", params: { plan: answer.tier } });
  if (answer.status !== null && !ACTIVE.has(answer.status)) {
    notices.push({ key: "notice.plan-inactive", params: { state: answer.status } });
  }
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
        remaining: subtract(limit, used),
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
