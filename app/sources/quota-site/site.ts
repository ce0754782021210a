import * as z from "zod";
import { LARGEST_EXACT, MICROS_PER_UNIT, toMicros } from "../../quota/amount.ts";
import { ReadError } from "../../quota/failure.ts";
import type { Unit } from "../../quota/meter.ts";
import type { Notice } from "../../quota/reading.ts";
import { decimal } from "../numbers.ts";
import type { ReadContext } from "../source.ts";
import { unlessHidden } from "../unless-hidden.ts";

/** What the billing routes say instead of a limit where there is none: put in after all conversion. */
const NO_LIMIT = 100_000_000;

const factor = decimal.refine((value) => value > 0, "not above 0");

/** `GET /api/status`, as far as it decides what a figure means. */
const statusAnswer = z.object({
  data: z.object({
    /** How many quota units are one dollar. Sites change it. */
    quota_per_unit: factor,
    /** Older than `quota_display_type`; false: the billing routes tell quota units. */
    display_in_currency: z.boolean().nullish(),
    /** "USD", "CNY", "TOKENS", "CUSTOM"; absent on older sites. */
    quota_display_type: z.string().nullish(),
    usd_exchange_rate: factor.nullish().catch(null),
    custom_currency_exchange_rate: factor.nullish().catch(null),
  }),
});
type Status = z.infer<typeof statusAnswer>["data"];

/** How a site counts. Amounts of money are in micros, others as they are counted. */
export interface Site {
  readonly unit: Unit;
  /** Quota units, as the token and user routes tell them. Throws ReadError "unexpected-shape" beyond the exact range. */
  ofQuota(quota: number): number;
  /** A figure of the billing routes, which tell what the site displays. Throws likewise. */
  ofShown(shown: number): number;
  /** Whether a limit of the billing routes stands for none. */
  isNoLimit(shown: number): boolean;
  readonly notices: readonly Notice[];
}

/**
 * Asks what the site's figures mean. The route is public, and is asked without the key. A site that keeps it to itself is read in
 * units that it does not name; so is one with a page for browsers before it, since the figures come by other routes. A limiter ends the
 * poll: it lets the next one pass, and figures must not change their unit from poll to poll. Throws ReadError, also where the route tells no rate that the figures need.
 */
export async function readSite(context: ReadContext): Promise<Site> {
  const told = await unlessHidden(async () => {
    const { data } = await context.getJson("/api/status", statusAnswer, { secrets: [] });
    return siteOf(data);
  }, PAGES);
  return told ?? unnamedUnits;
}

const PAGES = ["challenge-page"] as const;

const unnamedUnits: Site = {
  unit: { kind: "units" },
  ofQuota: (quota) => counted(quota),
  ofShown: (shown) => counted(shown),
  isNoLimit: (shown) => shown === NO_LIMIT,
  notices: [{ key: "notice.unit-unknown", params: {} }],
};

/** Quota units become dollars by the site's own rate, and then what the site displays. */
function siteOf(status: Status): Site {
  const dollars = (quota: number) => quota / status.quota_per_unit;
  switch (status.quota_display_type?.trim().toUpperCase() ?? "") {
    case "": {
      const showsQuota = status.display_in_currency === false;
      return {
        unit: { kind: "money", currency: "USD" },
        ofQuota: (quota) => money(dollars(quota)),
        ofShown: (shown) => money(showsQuota ? dollars(shown) : shown),
        isNoLimit: noLimit(showsQuota),
        notices: [],
      };
    }
    case "USD":
      return {
        unit: { kind: "money", currency: "USD" },
        ofQuota: (quota) => money(dollars(quota)),
        ofShown: money,
        isNoLimit: noLimit(false),
        notices: [],
      };
    case "CNY": {
      const rate = status.usd_exchange_rate;
      return {
        unit: { kind: "money", currency: "CNY" },
        ofQuota: (quota) => money(dollars(quota) * needed(rate, "data.usd_exchange_rate")),
        ofShown: money,
        isNoLimit: noLimit(false),
        notices: [],
      };
    }
    case "TOKENS":
      return {
        unit: { kind: "tokens" },
        ofQuota: whole,
        ofShown: whole,
        isNoLimit: noLimit(true),
        notices: [],
      };
    case "CUSTOM": {
      // A symbol is no currency. The billing routes know nothing of it and tell dollars, so both are brought to what is displayed.
      const rate = () => needed(status.custom_currency_exchange_rate, "data.custom_currency_exchange_rate");
      return {
        unit: { kind: "credits" },
        ofQuota: (quota) => counted(dollars(quota) * rate()),
        ofShown: (shown) => counted(shown * rate()),
        isNoLimit: noLimit(false),
        notices: [],
      };
    }
    default:
      return { ...unnamedUnits, ofQuota: (quota) => counted(dollars(quota)), isNoLimit: noLimit(false) };
  }
}

/** Nobody has a hundred million dollars, but that many quota units are some hundred dollars: there only the exact figure counts. */
function noLimit(showsQuota: boolean): (shown: number) => boolean {
  return (shown) => (showsQuota ? shown === NO_LIMIT : shown >= NO_LIMIT);
}

function money(amount: number): number {
  return toMicros(amount) ?? tooLarge();
}

function counted(amount: number): number {
  const micros = toMicros(amount);
  return micros === null ? whole(amount) : micros / MICROS_PER_UNIT;
}

function whole(amount: number): number {
  const rounded = Math.round(amount) + 0;
  return Math.abs(rounded) <= LARGEST_EXACT ? rounded : tooLarge();
}

function needed(rate: number | null | undefined, name: string): number {
  if (typeof rate === "number") return rate;
  throw new ReadError("unexpected-shape", { detail: `${name}: missing, and needed for what the site displays` });
}

function tooLarge(): never {
  throw new ReadError("unexpected-shape", { detail: "a quota too large to be true" });
}
