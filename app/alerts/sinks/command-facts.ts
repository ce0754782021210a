import { cleanText } from "../../sources/clean-text.ts";
import { alertJson } from "./alert-json.ts";
import { utf8Length } from "./cut-text.ts";
import { deliveryJson } from "./json-format.ts";
import type { SinkMessage } from "./sink-message.ts";

/** Windows takes no variable of more than 32,767 characters, and Linux none of more than 128 KiB. */
const MAX_JSON_BYTES = 30_000;
const MAX_VALUE_LENGTH = 2_000;

/**
 * The facts of a delivery as environment variables for a program. The single ones are those of the worst alert; what does not apply
 * or is not known is an empty text, so that a script can ask for each of them. No value holds a control character.
 */
export function commandFacts(message: SinkMessage): Readonly<Record<string, string>> {
  const [worst] = message.items;
  const facts = worst === undefined ? null : alertJson(worst.alert, worst);
  const json = JSON.stringify(deliveryJson(message));
  const values: Readonly<Record<string, string | number | boolean | null | undefined>> = {
    PLIMSOLL_DELIVERY_ID: message.id,
    PLIMSOLL_TEST: message.isTest ? 1 : 0,
    PLIMSOLL_COUNT: message.items.length,
    PLIMSOLL_SEVERITY: message.severity,
    PLIMSOLL_TITLE: message.title,
    PLIMSOLL_BODY: message.body,
    PLIMSOLL_KIND: facts?.kind,
    PLIMSOLL_SOURCE: facts?.source.label,
    PLIMSOLL_SOURCE_ID: facts?.source.id,
    PLIMSOLL_METER: facts?.meter?.label,
    PLIMSOLL_METER_ID: facts?.meter?.id,
    PLIMSOLL_PERCENT: facts?.percentRemaining,
    PLIMSOLL_THRESHOLD: facts?.threshold,
    PLIMSOLL_REMAINING: facts?.remaining,
    PLIMSOLL_BELOW: facts?.below,
    PLIMSOLL_UNIT: facts?.currency ?? facts?.unit,
    PLIMSOLL_RESETS_AT: facts?.resetsAt,
    PLIMSOLL_RUNS_OUT_AT: facts?.runsOutAt,
    PLIMSOLL_DAYS: facts?.days,
    PLIMSOLL_CAUSE: facts?.cause,
    PLIMSOLL_SINCE: facts?.since,
    PLIMSOLL_AT: new Date(message.at).toISOString(),
  };
  return {
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, cleanText(String(value ?? ""), MAX_VALUE_LENGTH)]),
    ),
    // The whole delivery, as a webhook of the format "json" gets it.
    PLIMSOLL_JSON: utf8Length(json) <= MAX_JSON_BYTES ? json : "",
  };
}
