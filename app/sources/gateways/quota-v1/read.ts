import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { complement, percentMeter } from "../../percent-meter.ts";
import { wholeSlug } from "../../slug.ts";
import type { ReadContext } from "../../source.ts";
import type { QuotaV1Options } from "./descriptor.ts";
import { type PercentEntry, quotaAnswer, type ValueEntry } from "./schema.ts";
import { readValueText } from "./value-text.ts";

/** Texts that are not figures are shown as they are; more than these would bury the meters. */
const MOST_TEXTS = 12;

/** Reads the entries that the gateway lists. Throws ReadError. */
export async function read(context: ReadContext, options: QuotaV1Options): Promise<Reading> {
  const { entries } = await context.getJson(options.path, quotaAnswer);
  const told = named(entries).map((entry) => (entry.kind === "percent" ? toldPercent(entry) : toldValue(entry)));
  return {
    account: null,
    notices: told.flatMap(({ notice }) => (notice === null ? [] : [notice])).slice(0, MOST_TEXTS),
    meters: numbered(told.flatMap(({ meter }) => (meter === null ? [] : [meter]))),
  };
}

type Named<T> = T & {
  readonly id: string;
  /** What it is called for people; null where it has neither name nor label. */
  readonly words: string | null;
};

/**
 * An id is made of name and label whether or not they are needed to tell entries apart, so that it stays when others come and go.
 * People see the label only beside a name that several entries have.
 */
function named<T extends PercentEntry | ValueEntry>(entries: readonly T[]): Named<T>[] {
  return entries.map((entry) => {
    const label = entry.label?.replace(/[\s:：]+$/u, "") ?? "";
    const both = [entry.name ?? "", label === entry.name ? "" : label].filter((text) => text !== "");
    const shared = entries.filter(({ name }) => name === entry.name).length > 1;
    const words = entry.name === null || shared ? both.join(", ") : entry.name;
    return {
      ...entry,
      id: both.length === 0 ? "usage" : wholeSlug(both.join(" ")),
      words: words === "" ? null : words,
    };
  });
}

interface Told {
  readonly meter: Meter | null;
  readonly notice: Notice | null;
}

function toldPercent(entry: Named<PercentEntry>): Told {
  const meter = percentMeter({ ...identity(entry), used: complement(entry.percentRemaining), window: windowOf(entry) });
  return { meter, notice: entry.right === null ? null : asTold(entry, entry.right) };
}

/** A value becomes a figure only where its text and its kind both leave no doubt of what it is. */
function toldValue(entry: Named<ValueEntry>): Told {
  const value = readValueText(entry.value);
  const text: Told = { meter: null, notice: asTold(entry, entry.value) };
  if (value === null) return text;
  const shared = { ...identity(entry), unit: value.unit, limit: "unknown", confidence: "reported" } as const;
  switch (entry.resultType) {
    case "balance":
      return {
        meter: { ...shared, used: "unknown", remaining: value.amount, window: { kind: "balance" } },
        notice: null,
      };
    case "spend":
    case "usage":
      if (value.amount < 0) return text;
      return { meter: { ...shared, used: value.amount, remaining: "unknown", window: windowOf(entry) }, notice: null };
    default:
      // Of a budget or a quota a single value may be what is left or what there is.
      return text;
  }
}

function identity({ id, words }: Named<PercentEntry | ValueEntry>): Pick<Meter, "id" | "label" | "scope"> {
  return { id, label: words === null ? { key: "meter.usage" } : { text: words }, scope: "key" };
}

function windowOf({ resetTimeIso }: PercentEntry | ValueEntry): Meter["window"] {
  return { kind: "period", resetsAt: resetTimeIso, resetBasis: "reported" };
}

function asTold({ words, resultType }: Named<PercentEntry | ValueEntry>, value: string): Notice | null {
  return value.trim() === ""
    ? null
    : { key: "notice.as-told", params: { name: words ?? resultType ?? "quota", value } };
}

/** Names and labels need not differ, ids must: the second of both becomes "…-2". */
function numbered(meters: readonly Meter[]): Meter[] {
  const taken = new Set<string>();
  return meters.map((meter) => {
    let id = meter.id;
    for (let number = 2; taken.has(id); number++) id = `${meter.id}-${number}`;
    taken.add(id);
    return { ...meter, id };
  });
}
