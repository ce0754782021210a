import type * as z from "zod";
import { firstIssue } from "../sources/first-issue.ts";
import { type CallName, contract } from "./contract.ts";
import type { InvokeSpec } from "./define.ts";
import { type AnyCallResult, CallFailure, type Handlers } from "./host.ts";

type Answer = (input: unknown) => Promise<AnyCallResult>;

/**
 * Answers calls that came over a wire: parses the input by the contract, runs the handler, and turns what it throws into a
 * named error. `onCrash` hears of exceptions that are bugs; their text never leaves the host.
 */
export function createDispatch(
  handlers: Handlers,
  onCrash: (name: string, error: unknown) => void,
): (name: string, input: unknown) => Promise<AnyCallResult> {
  const bind =
    <I extends z.ZodType, O extends z.ZodType>(
      name: CallName,
      spec: InvokeSpec<I, O>,
      handler: (input: z.output<I>) => Promise<z.output<O>> | z.output<O>,
    ): Answer =>
    async (input) => {
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) return { ok: false, error: { code: "invalid-input", detail: firstIssue(parsed.error) } };
      try {
        return { ok: true, value: await handler(parsed.data) };
      } catch (error) {
        if (error instanceof CallFailure) return { ok: false, error: error.error };
        onCrash(name, error);
        return { ok: false, error: { code: "internal", detail: null } };
      }
    };

  // Spelled out so that the compiler ties each spec to its handler; the type demands every call.
  const answers: Record<CallName, Answer> = {
    "state.get": bind("state.get", contract.state.get, handlers["state.get"]),
    "sources.kinds": bind("sources.kinds", contract.sources.kinds, handlers["sources.kinds"]),
    "sources.test": bind("sources.test", contract.sources.test, handlers["sources.test"]),
    "sources.sample": bind("sources.sample", contract.sources.sample, handlers["sources.sample"]),
    "sources.probe": bind("sources.probe", contract.sources.probe, handlers["sources.probe"]),
    "sources.save": bind("sources.save", contract.sources.save, handlers["sources.save"]),
    "sources.discover": bind("sources.discover", contract.sources.discover, handlers["sources.discover"]),
    "sources.adjust": bind("sources.adjust", contract.sources.adjust, handlers["sources.adjust"]),
    "sources.reorder": bind("sources.reorder", contract.sources.reorder, handlers["sources.reorder"]),
    "sources.remove": bind("sources.remove", contract.sources.remove, handlers["sources.remove"]),
    "sources.restore": bind("sources.restore", contract.sources.restore, handlers["sources.restore"]),
    "sources.refresh": bind("sources.refresh", contract.sources.refresh, handlers["sources.refresh"]),
    "preferences.set": bind("preferences.set", contract.preferences.set, handlers["preferences.set"]),
    "alerts.dismiss": bind("alerts.dismiss", contract.alerts.dismiss, handlers["alerts.dismiss"]),
    "alerts.sample": bind("alerts.sample", contract.alerts.sample, handlers["alerts.sample"]),
    "alerts.log": bind("alerts.log", contract.alerts.log, handlers["alerts.log"]),
    "alerts.snooze": bind("alerts.snooze", contract.alerts.snooze, handlers["alerts.snooze"]),
    "alerts.unsnooze": bind("alerts.unsnooze", contract.alerts.unsnooze, handlers["alerts.unsnooze"]),
    "alerts.testSink": bind("alerts.testSink", contract.alerts.testSink, handlers["alerts.testSink"]),
    "sinks.save": bind("sinks.save", contract.sinks.save, handlers["sinks.save"]),
    "sinks.adjust": bind("sinks.adjust", contract.sinks.adjust, handlers["sinks.adjust"]),
    "sinks.remove": bind("sinks.remove", contract.sinks.remove, handlers["sinks.remove"]),
    "budgets.save": bind("budgets.save", contract.budgets.save, handlers["budgets.save"]),
    "budgets.remove": bind("budgets.remove", contract.budgets.remove, handlers["budgets.remove"]),
    "history.status": bind("history.status", contract.history.status, handlers["history.status"]),
    "history.view": bind("history.view", contract.history.view, handlers["history.view"]),
    "history.export": bind("history.export", contract.history.export, handlers["history.export"]),
    "shell.openSettings": bind("shell.openSettings", contract.shell.openSettings, handlers["shell.openSettings"]),
  };
  const byName = new Map<string, Answer>(Object.entries(answers));

  return async (name, input) => {
    const answer = byName.get(name);
    if (answer === undefined) return { ok: false, error: { code: "invalid-input", detail: "no such call" } };
    return answer(input);
  };
}
