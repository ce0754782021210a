import type { CallName, EventName } from "./contract.ts";

/**
 * The contract's names without its schemas, for the preload script: it must not carry a parser into the page.
 * The compiler rejects a name that the contract lacks or one that is missing here; a test compares at run time, too.
 */
export const callNames = [
  "state.get",
  "sources.kinds",
  "sources.test",
  "sources.sample",
  "sources.probe",
  "sources.save",
  "sources.discover",
  "sources.adjust",
  "sources.reorder",
  "sources.remove",
  "sources.restore",
  "sources.refresh",
  "preferences.set",
  "alerts.dismiss",
  "alerts.sample",
  "alerts.log",
  "alerts.snooze",
  "alerts.unsnooze",
  "alerts.testSink",
  "sinks.save",
  "sinks.adjust",
  "sinks.remove",
  "budgets.save",
  "budgets.remove",
  "history.status",
  "history.view",
  "history.export",
  "shell.openSettings",
] as const satisfies readonly CallName[];

export const eventNames = [
  "state.changed",
  "alerts.raised",
  "alerts.logged",
  "shell.showSource",
] as const satisfies readonly EventName[];

type Missing = Exclude<CallName, (typeof callNames)[number]> | Exclude<EventName, (typeof eventNames)[number]>;
/** Does not compile when a name is missing: the error names it. */
const complete: [Missing] extends [never] ? true : Missing = true;
void complete;

/** The IPC channel of a call. */
export function callChannel(name: (typeof callNames)[number]): string {
  return `plimsoll:call:${name}`;
}

/** The IPC channel of an event. */
export function eventChannel(name: (typeof eventNames)[number]): string {
  return `plimsoll:event:${name}`;
}

/** Whether a value is the name of a call: only own names, nothing inherited. */
export function isCallName(value: unknown): value is CallName {
  return callNames.some((name) => name === value);
}

/** Whether a value is the name of an event. */
export function isEventName(value: unknown): value is EventName {
  return eventNames.some((name) => name === value);
}
