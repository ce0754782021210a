import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Confidence, Meter, Unit } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import type { NeutralOptions } from "./descriptor.ts";
import { type Block, neutralAnswer } from "./schema.ts";

/** Reads the tokens and the cost that the gateway tells for this key. Throws ReadError, also when it tells neither. */
export async function read(context: ReadContext, options: NeutralOptions): Promise<Reading> {
  const { key, tokens, cost } = await context.getJson(options.quotaPath, neutralAnswer);
  const told: Told[] = [];
  if (tokens && saysAnything(tokens)) {
    told.push(meter("tokens", { kind: "tokens" }, tokens, tokens.resets_at));
  }
  if (cost && saysAnything(cost)) {
    told.push(meter("cost", { kind: "money", currency: cost.currency }, cost, cost.resets_at));
  }
  const meters = told.flatMap((one) => ("meter" in one ? [one.meter] : []));
  const torn = told.flatMap((one) => ("torn" in one ? [one.torn] : []));
  if (meters.length === 0) {
    const [id] = torn;
    throw new ReadError("unexpected-shape", {
      detail:
        id === undefined
          ? "the answer tells neither tokens nor cost"
          : `${id}.remaining: negative, though the limit is not reached`,
    });
  }
  return { meters, account: key, notices: torn.map((name) => ({ key: "notice.contradictory", params: { name } })) };
}

/** What a block comes to: a meter, or its name where its figures contradict each other. */
type Told = { readonly meter: Meter } | { readonly torn: string };

/** A block without a single figure is no promise of unlimited use. */
function saysAnything({ limit, used, remaining }: Block): boolean {
  return limit !== "unknown" || used !== "unknown" || remaining !== "unknown";
}

function meter(id: "tokens" | "cost", unit: Unit, block: Block, resetsAt: number | null): Told {
  const told = figures(block);
  if (told === null) return { torn: id };
  const window = { kind: "period", resetsAt, resetBasis: "reported" } as const;
  return { meter: { id, label: { key: `meter.${id}` }, unit, ...told, window, scope: "key" } };
}

interface Figures {
  readonly limit: Amount;
  readonly used: Amount;
  readonly remaining: Amount;
  readonly confidence: Confidence;
}

/** Figures that are this share of the limit apart were rounded. */
const ROUNDING = 0.01;

/**
 * Fills in what was left out: a limit of null or none at all is no limit, and each figure follows from the other two. Null where
 * less than nothing is said to be left of a limit that is not reached.
 */
function figures({ limit, used, remaining }: Block): Figures | null {
  if (limit === "unlimited") return { limit, used, remaining: "unlimited", confidence: "reported" };
  if (limit === "unknown") {
    if (remaining === "unknown") return { limit: "unlimited", used, remaining: "unlimited", confidence: "reported" };
    // Something is said to be left, so there is a limit, even though it is not told.
    const sum = used === "unknown" ? "unknown" : used + remaining;
    return { limit: sum, used, remaining, confidence: "derived" };
  }
  if (remaining === "unknown") {
    return { limit, used, remaining: subtract(limit, used), confidence: used === "unknown" ? "reported" : "derived" };
  }
  if (used === "unknown") {
    return { limit, used: Math.max(0, limit - remaining), remaining, confidence: "reported" };
  }
  if (remaining < 0 && used <= limit) {
    const rest = limit - used;
    if (rest - remaining > limit * ROUNDING) return null;
    return { limit, used, remaining: rest, confidence: "derived" };
  }
  return { limit, used, remaining, confidence: "reported" };
}
