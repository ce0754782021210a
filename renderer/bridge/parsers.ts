import type * as z from "zod";
import {
  type CallName,
  type CallOutput,
  callErrorSchema,
  contract,
  type EventName,
  type EventValue,
} from "../../app/contract/contract.ts";
import type { UiResult } from "./ui-bridge.ts";

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

function parserOf<T>(schema: z.ZodType<T>): (value: unknown) => Parsed<T> {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false };
  };
}

/** A parser for the answer of every call; the type makes a forgotten one an error. */
const answers: { readonly [P in CallName]: (value: unknown) => Parsed<CallOutput<P>> } = {
  "state.get": parserOf(contract.state.get.output),
  "sources.kinds": parserOf(contract.sources.kinds.output),
  "sources.test": parserOf(contract.sources.test.output),
  "sources.sample": parserOf(contract.sources.sample.output),
  "sources.probe": parserOf(contract.sources.probe.output),
  "sources.save": parserOf(contract.sources.save.output),
  "sources.discover": parserOf(contract.sources.discover.output),
  "sources.adjust": parserOf(contract.sources.adjust.output),
  "sources.reorder": parserOf(contract.sources.reorder.output),
  "sources.remove": parserOf(contract.sources.remove.output),
  "sources.restore": parserOf(contract.sources.restore.output),
  "sources.refresh": parserOf(contract.sources.refresh.output),
  "preferences.set": parserOf(contract.preferences.set.output),
  "alerts.dismiss": parserOf(contract.alerts.dismiss.output),
  "alerts.sample": parserOf(contract.alerts.sample.output),
  "alerts.log": parserOf(contract.alerts.log.output),
  "alerts.snooze": parserOf(contract.alerts.snooze.output),
  "alerts.unsnooze": parserOf(contract.alerts.unsnooze.output),
  "alerts.testSink": parserOf(contract.alerts.testSink.output),
  "sinks.save": parserOf(contract.sinks.save.output),
  "sinks.adjust": parserOf(contract.sinks.adjust.output),
  "sinks.remove": parserOf(contract.sinks.remove.output),
  "budgets.save": parserOf(contract.budgets.save.output),
  "budgets.remove": parserOf(contract.budgets.remove.output),
  "history.status": parserOf(contract.history.status.output),
  "history.view": parserOf(contract.history.view.output),
  "history.export": parserOf(contract.history.export.output),
  "shell.openSettings": parserOf(contract.shell.openSettings.output),
};

const events: { readonly [P in EventName]: (value: unknown) => Parsed<EventValue<P>> } = {
  "state.changed": parserOf(contract.state.changed.value),
  "alerts.raised": parserOf(contract.alerts.raised.value),
  "alerts.logged": parserOf(contract.alerts.logged.value),
  "shell.showSource": parserOf(contract.shell.showSource.value),
};

export const malformedAnswer = { ok: false, error: { code: "malformed-answer", detail: null } } as const;
export const disconnected = { ok: false, error: { code: "disconnected", detail: null } } as const;

/** What came back for a call, judged by the contract; anything else is a malformed answer. */
export function parseAnswer<P extends CallName>(name: P, answer: unknown): UiResult<P> {
  if (typeof answer !== "object" || answer === null || !("ok" in answer)) return malformedAnswer;
  if (answer.ok === true) {
    const parsed = answers[name]("value" in answer ? answer.value : undefined);
    return parsed.ok ? parsed : malformedAnswer;
  }
  const error = callErrorSchema.safeParse("error" in answer ? answer.error : undefined);
  return error.success ? { ok: false, error: error.data } : malformedAnswer;
}

/** The value of an event, judged by the contract. */
export function parseEvent<P extends EventName>(name: P, value: unknown): Parsed<EventValue<P>> {
  return events[name](value);
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
